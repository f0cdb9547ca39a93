/** Replies of several lines (RFC 5321, 4.2.1): `550-one` and `550 two` are one reply. */

/**
 * One line out of all lines of a reply. Number and enhanced code stand once, in front; a single line stays as it is.
 */
export function joinReply(lines: readonly string[]): string {
  const [first = '', ...rest] = lines.map((line) => line.trim());
  if (rest.length === 0) return first;
  const code = first.slice(0, 3);
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(first)?.[1];
  const start = enhanced === undefined ? code : `${code} ${enhanced}`;
  return [start, ...[first, ...rest].map((line) => withoutCodes(line, code, enhanced))]
    .filter((part) => part)
    .join(' ');
}

function withoutCodes(line: string, code: string, enhanced: string | undefined): string {
  let text = line.startsWith(code) ? line.slice(3).replace(/^[ -]/, '') : line;
  if (enhanced !== undefined && text.startsWith(enhanced)) text = text.slice(enhanced.length);
  return text.trim();
}
