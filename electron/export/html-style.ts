/** The look of the HTML export: one column to read, quiet lines, black on white on paper. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1a19; --soft: #5c5a58; --line: #d8d6d4; --page: #ffffff; --code: #f5f4f3;
  --mark: #fff1b8; --warn: #8a3b00; --accent: #0f5ea8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceae8; --soft: #a9a6a3; --line: #474442; --page: #1f1e1d; --code: #2a2928; --mark: #54470f;
    --warn: #ffb27a; --accent: #7ab8f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 "Segoe UI", system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .6rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.08rem; margin: 1.6rem 0 .4rem; }
h4, h5, h6 { font-size: 1rem; margin: 1.1rem 0 .3rem; }
h5, h6 { color: var(--soft); }
h1, h2, h3, h4, h5, h6, p, dd, li { overflow-wrap: anywhere; }
p { margin: .4rem 0; }
dl { margin: .4rem 0; }
dl > div { display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr; gap: 0 1rem; padding: .1rem 0; }
dt { color: var(--soft); }
dd { margin: 0; }
ul { margin: .4rem 0; padding-left: 1.4rem; }
ul.tasks { list-style: none; padding-left: 0; }
ul.tasks > li::before { content: "\\2610\\00a0\\00a0"; }
code, pre { font-family: "Cascadia Mono", Consolas, ui-monospace, monospace; font-size: .875em; }
code { overflow-wrap: anywhere; unicode-bidi: isolate; }
dd > code { background: var(--code); padding: .05em .3em; border-radius: 3px; }
pre { margin: .4rem 0; padding: .6rem .8rem; background: var(--code); border: 1px solid var(--line);
  border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.command { border-left: 4px solid var(--accent); }
pre.output { padding-left: 0; }
pre span, pre mark { display: block; padding-left: 4.5rem; text-indent: -3.7rem; color: inherit;
  unicode-bidi: isolate; }
pre mark { background: var(--mark); font-weight: 600; }
pre span > span { display: inline-block; width: 3.7rem; padding: 0 .9rem 0 0; text-indent: 0; text-align: right;
  color: var(--soft); user-select: none; font-weight: 400; }
pre mark > span { display: inline-block; width: 3.7rem; padding: 0 .9rem 0 0; text-indent: 0; text-align: right;
  color: var(--soft); user-select: none; font-weight: 400; }
.caption { color: var(--soft); font-size: .875rem; margin-bottom: 0; }
.warning, .mark { border: 1px solid var(--warn); border-left-width: 4px; border-radius: 4px; padding: .4rem .8rem; }
.warning { font-weight: 600; }
.mark, .warning { color: var(--warn); }
.note { border-left: 4px solid var(--line); padding: .1rem .8rem; margin: .5rem 0; }
.note pre { background: none; border: 0; padding: 0; font: inherit; margin: 0; }
.quiet { color: var(--soft); }
.quiet h3, .quiet h4, .quiet h5, .quiet h6 { font-weight: 500; }
bdi { unicode-bidi: isolate; }
@page { margin: 18mm 15mm; }
@media print {
  :root { color-scheme: light; --ink: #000000; --soft: #444444; --line: #bbbbbb; --page: #ffffff; --code: #f7f7f7;
    --mark: #fff1b8; --warn: #8a3b00; --accent: #0f5ea8; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h1, h2, h3, h4, h5, h6 { break-after: avoid; }
  dl > div, li, pre.command { break-inside: avoid; }
  pre mark { border-left: 3px solid #000000; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
