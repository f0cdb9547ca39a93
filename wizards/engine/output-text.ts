/** Text as it comes from a terminal or out of a mail, made into plain lines whose numbers stay the same. */

const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the escape sequences that are taken out
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[PX^_][^\u001b]*\u001b\\|[@-Z\\-_])/g;
const WINDOWS_PROMPT = /^(?:\[PS\] |PS |\(.*\) )?(?:[A-Za-z]:\\[^<>:"|?*]*|\[[^\]]+\]: PS [^<>|]*)>/;

/**
 * Colour codes gone, line ends unified, no-break spaces made plain. Lines that only repeat the command (`sent`)
 * or show a Windows prompt with something typed are blanked: they are not what the command printed.
 */
export function normaliseOutput(text: string, sent?: string): string[] {
  const echo = sent?.trim();
  return plainLines(text).map((line) => {
    if (echo && line.includes(echo)) return '';
    return line.includes('>') && WINDOWS_PROMPT.test(line) ? '' : line;
  });
}

/** The same lines with prompts and what was typed behind them. */
export function plainLines(text: string): string[] {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(ESCAPES, '')
    .replace(/\u00a0/g, ' ');
  return (plain.includes('\r') ? plain.split(/\r\n|\n|\r/) : plain.split('\n')).map((line) => line.trimEnd());
}
