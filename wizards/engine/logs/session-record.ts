import type { LogTimes } from './log-clock.ts';

/** One record of a session as text: what every dialect can say of a line when a session is opened. */
export type SessionRecord = {
  /** Line of its file, counted from 1. */
  line: number;
  /** Milliseconds since 1970, UTC. */
  time: number;
  /** Number within the session. */
  number: number;
  event: 'open' | 'close' | 'said' | 'note';
  /** What was sent, without its line end; of a note its data. */
  text: string;
  /** What the log says about it. */
  context: string;
  /** What it means, where the dialect knows better than the text shows. */
  tokens?: number[];
};
/** What the records of a session have in common. */
export type SessionEnds = {
  session: string;
  connector: string;
  local: string;
  remote: string;
  /** Which log it stands in, where that is known. */
  direction: 'receive' | 'send' | null;
  /** What the times are; local ones are taken as they stand. */
  clock: LogTimes;
};
