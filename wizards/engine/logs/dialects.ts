/** One line for each log that sessions are read from. */
import { ImsLog } from './ims-log.ts';
import type { LineSink } from './log-dialect.ts';
import type { LogFormat } from './log-format.ts';
import type { LogWords } from './log-words.ts';
import { NcsaLog } from './ncsa-log.ts';
import type { OpenSessions } from './open-sessions.ts';
import { ProtocolLog } from './protocol-log.ts';
import { W3cLog } from './w3c-log.ts';

type Dialect = (open: OpenSessions, words: LogWords, format: LogFormat) => LineSink;
const protocol: Dialect = (open, words, format) => new ProtocolLog(open, words, format);

const DIALECTS: Partial<Record<LogFormat, Dialect>> = {
  receive: protocol,
  send: protocol,
  protocol,
  w3c: (open, words) => new W3cLog(open, words),
  ncsa: (open, words) => new NcsaLog(open, words),
  ims: (open, words) => new ImsLog(open, words),
};

export const dialectOf = (format: LogFormat, open: OpenSessions, words: LogWords): LineSink =>
  (DIALECTS[format] ?? protocol)(open, words, format);
