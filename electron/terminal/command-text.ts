import { terminalFault } from './terminal-fault.ts';

const MAX_TEXT = 32 * 1024;
/** C0, DEL, C1 and the two line ends of Unicode: to a line editor keys, not text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const NOT_TEXT = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Throws a Fault `bad-text` unless the text can be sent as one line. */
export function checkCommandText(text: string): void {
  const at = NOT_TEXT.exec(text)?.index;
  if (at !== undefined) {
    throw terminalFault(
      'bad-text',
      `The command has a control character or line break at position ${at + 1}.`,
      'A command is sent as one line of text.',
    );
  }
  if (text.trim() === '') throw terminalFault('bad-text', 'The command is empty.', 'Give a command.');
  if (Buffer.byteLength(text) > MAX_TEXT) {
    throw terminalFault(
      'bad-text',
      `The command is longer than ${MAX_TEXT} bytes.`,
      'Shorten it, or put it into a script.',
    );
  }
}
