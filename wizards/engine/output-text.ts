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
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(ESCAPES, '')
    .replace(/\u00a0/g, ' ');
  const echo = sent?.trim();
  return (plain.includes('\r') ? plain.split(/\r\n|\n|\r/) : plain.split('\n')).map((line) => {
    const end = line.trimEnd();
    if (echo && end.includes(echo)) return '';
    return end.includes('>') && WINDOWS_PROMPT.test(end) ? '' : end;
  });
}
