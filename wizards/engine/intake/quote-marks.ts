/** The quote signs that mail programs put before each line. */

/** The text without them. Lines stay lines, and blanks behind the sign's own stay: they may be an indentation. */
export function withoutQuoteMarks(text: string): string {
  return /^[ \t]{0,8}>/m.test(text) ? text.replace(/^[ \t]{0,8}(?:>[ \t]?){1,50}/gm, '') : text;
}
