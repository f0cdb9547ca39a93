import { Fault } from '../fault.ts';

type TerminalFaultCode =
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
export const terminalFault = (code: TerminalFaultCode, message: string, hint: string): Fault =>
  new Fault(code, message, hint);
