/** A checklist in which every text that can come from outside has been replaced. */
import type { Checklist } from '../../../wizards/engine/checklist.ts';
import { HOSTILE_VALUES } from '../../fixtures/hostile-values.ts';

/** Fields that hold one of a few words of the program; the journal's schema refuses anything else. */
const CLOSED = new Set([
  'schema',
  'state',
  'kind',
  'status',
  'shell',
  'result',
  'ended',
  'followed',
  'certainty',
  'risk',
  'machine',
  'via',
  'from',
  'effect',
]);
const CAPTURE_SOURCES = new Set(['run', 'pasted', 'typed', 'simulated']);

export function poison(checklist: Checklist, text: string): Checklist {
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      return CLOSED.has(key) || (key === 'source' && CAPTURE_SOURCES.has(value)) ? value : text;
    }
    if (Array.isArray(value)) return value.map((entry) => change(entry, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, change(entry, name)]));
  };
  return change(checklist, '') as Checklist;
}

const MARKUP = [
  '<script>alert(1)</script>',
  '</script><img src=x onerror=alert(1)>',
  '</title></style></head><iframe src=//contoso.com>',
  '</code></pre></dd></dl><b>out</b>',
  '--><!-- <![CDATA[ ]]> <?xml ?>',
  '" onmouseover="alert(1)" x="',
  "' onmouseover='alert(1)' x='",
  '&lt;script&gt; &amp; &#60;b&#62; &nbsp',
  '](javascript:alert(1))',
  '[click](javascript:alert(1))',
  '![x](http://192.0.2.1/x.png)',
  '[x]: javascript:alert(1) "t"',
  '<javascript:alert(1)>',
  'https://contoso.com/?a=<b>&c=d www.contoso.com',
  '```',
  '```\n</code>\n<b>out</b>\n```',
  '~~~\n# Verdict\n~~~',
  '`````` ` `` ```',
  '`',
  '\\',
  '\\`\\',
  '\\](x)',
  '| a | b |\n|---|---|\n| c | d |',
  '# Summary',
  '\n# Summary\n\n## Verdict\n',
  'SUMMARY\n=======\n\n  forged',
  'Setext\n---',
  '> quoted\n- [x] done\n1. one\n2) two\n+ plus\n* star\n--- \n***',
  '    indented code',
  '\tx\ty',
  '***bold*** __bold__ _em_ ~~gone~~ a_b_c',
  '$x$ $$y$$ :smile: @everyone #1',
  'a\u2028b\u2029c\u0085d\u000be\u000cf',
  'a\r\nb\rc',
  '\u0000\u0007\u001b[31mred\u001b[0m\u007f\u009b',
  '\u202Egnissecorp\u202C \u2066x\u2069 \u200F\u200E\u061C',
  '\uFEFF\u200B\u2060\u00AD',
  '\uD800 \uDC00 alone',
  '\u{E0001}\u{E0041}',
  '\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627',
  '\u4F60\u597D\u{1F600}\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  '=1+1 @SUM(A1) +cmd -cmd',
  ' ',
  '',
  'x'.repeat(3000),
  'word '.repeat(400),
];

/** Values made against shells. Very long ones are shortened: they stand in every field at once. */
const SHELL_TEXTS = HOSTILE_VALUES.map((value) => value.slice(0, 500));

export const HOSTILE_MARKUP: readonly string[] = MARKUP;
export const HOSTILE_TEXTS: readonly string[] = [...new Set([...MARKUP, ...SHELL_TEXTS])];

/** Characters that must never reach a reader as they are. */
export const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
