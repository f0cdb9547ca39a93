// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are made visible
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text from outside as it may be written to a terminal: control characters, which could move the cursor, set the
 * window's title or hide text, and marks that reverse the reading direction are shown as their code instead.
 * Line feeds and tabs stay.
 */
export function plain(text: string): string {
  return text.replace(CONTROLS, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `<U+${code}>`;
  });
}

/** As plain, on one line. */
export const plainLine = (text: string): string => plain(text.replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('\t', ' '));
