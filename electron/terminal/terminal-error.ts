export type TerminalErrorCode =
  | 'no-tab'
  | 'no-shell'
  | 'no-pty'
  | 'bad-size'
  | 'bad-text'
  | 'not-at-prompt'
  | 'prompt-not-empty'
  | 'no-marks'
  | 'dead'
  | 'not-dead'
  | 'simulated'
  | 'start-failed';

/** A refusal of the terminal: what is wrong (message) and what to do about it (hint). */
export class TerminalError extends Error {
  readonly code: TerminalErrorCode;
  readonly hint: string;

  constructor(code: TerminalErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'TerminalError';
    this.code = code;
    this.hint = hint;
  }
}
