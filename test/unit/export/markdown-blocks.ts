/** Reads Markdown as CommonMark does where it matters here: fences first, then code spans, then what is left. */

export type MarkdownBlocks = { headings: string[]; fences: string[]; prose: string[] };

/** Throws when a fence is never closed. */
export function blocksOf(markdown: string): MarkdownBlocks {
  const headings: string[] = [];
  const fences: string[] = [];
  const prose: string[] = [];
  let fence: { ticks: number; lines: string[] } | null = null;
  for (const line of markdown.split('\n')) {
    if (fence) {
      const close = /^ {0,3}(`{3,})\s*$/.exec(line);
      if (close && (close[1] ?? '').length >= fence.ticks) {
        fences.push(fence.lines.join('\n'));
        fence = null;
      } else fence.lines.push(line);
      continue;
    }
    const open = /^ {0,3}(?:> ?)*(`{3,}|~{3,})/.exec(line);
    if (open) fence = { ticks: (open[1] ?? '').length, lines: [] };
    else if (/^ {0,3}#{1,6}(?: |$)/.test(line)) headings.push(line.replace(/ .*/, ''));
    else prose.push(line);
    if (!open) prose.push(...(line.startsWith('#') ? [line] : []));
  }
  if (fence) throw new Error('A fence is never closed.');
  return { headings, fences, prose };
}

/** A line without its code spans and without what is escaped. */
export function bare(line: string): string {
  let rest = line;
  let out = '';
  while (rest !== '') {
    const escaped = /^\\[!-/:-@[-`{-~]/.exec(rest);
    if (escaped) {
      // A blank in its place: what stood before and behind it does not become one word.
      out += ' ';
      rest = rest.slice(2);
      continue;
    }
    const [run] = /^`+/.exec(rest) ?? [];
    if (run) {
      const end = closingRun(rest, run.length);
      if (end === -1) throw new Error(`A code span is never closed: ${line}`);
      rest = rest.slice(end);
      continue;
    }
    out += rest[0];
    rest = rest.slice(1);
  }
  return out;
}

function closingRun(text: string, length: number): number {
  for (const found of text.slice(length).matchAll(/`+/g)) {
    if (found[0].length === length) return length + found.index + length;
  }
  return -1;
}
