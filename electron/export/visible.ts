/** Makes characters visible that a reader would not see, so that nothing shown differs from what was recorded. */

/** Controls but tab and line feed, invisible formats, and the marks that turn the direction of writing. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are shown by name
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Text of several lines: line ends unified, hidden characters as `␛` or `[U+202E]`. */
export function visible(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(HIDDEN, nameOf);
}

/** The same on one line, for a place that cannot hold more. */
export function oneLine(text: string): string {
  return visible(text.trim()).replace(/[\n\t]+/g, ' ');
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
