/** Finds sessions in pasted lines of SMTP logs. */
import { looksLikeLog } from '../logs/log-format.ts';
import { sessionFinding } from '../logs/session-finding.ts';
import { sessionsInText } from '../logs/sessions-in-text.ts';
import type { Finding } from './finding.ts';
import type { Unfolded } from './unfold.ts';

/** More sessions than this are for the reader of files: what is pasted is looked at whole. */
const MOST_SESSIONS = 5000;

/** One for each session in which something failed; where nothing did, the sessions themselves. At most `most`. */
export function findLogs({ text }: Unfolded, most: number): Finding[] {
  if (!looksLikeLog(text)) return [];
  const { sessions } = sessionsInText(text, MOST_SESSIONS);
  const failed = sessions.filter(({ stage }) => stage !== 'none');
  return (failed.length > 0 ? failed : sessions).slice(0, most).map((session) => {
    const log =
      session.direction === 'send'
        ? 'SMTP send log'
        : session.direction === 'receive'
          ? 'SMTP receive log'
          : 'SMTP log';
    return sessionFinding(session, log, session.line, session.lastLine);
  });
}
