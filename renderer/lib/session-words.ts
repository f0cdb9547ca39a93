/** What is said about sessions, in the words that stand on the screen. */
import type { Ground, SessionFilter, SessionView } from '../../electron/contract-intake.ts';
import type { SessionStage, Stage } from '../../wizards/engine/logs/stages.ts';
import { count, plural, utc } from './format.ts';

/** The short words on badges and in the legend. The names of the stages stay, for they stand everywhere. */
export const STAGE_WORDS: Record<SessionStage, string> = {
  dns: 'dns',
  connect: 'connect',
  banner: 'banner',
  ehlo: 'ehlo',
  starttls: 'starttls',
  auth: 'auth',
  mail: 'mail',
  rcpt: 'rcpt',
  xexch50: 'xexch50',
  blob: 'blob',
  data: 'data',
  quit: 'quit',
  none: 'nothing failed',
};

export const STAGE_MEANING: Record<SessionStage, string> = {
  dns: 'The name was not found',
  connect: 'No connection came about',
  banner: 'No greeting, or the greeting refused',
  ehlo: 'EHLO was refused or not answered',
  starttls: 'The encryption failed',
  auth: 'The logon failed',
  mail: 'The sender was refused',
  rcpt: 'A recipient was refused',
  xexch50: 'XEXCH50 was refused',
  blob: 'The BLOB was allowed, and no answer came',
  data: 'The message was not accepted',
  quit: 'The end was not answered',
  none: 'Everything was answered and nothing refused',
};

const UNANSWERED: Record<Stage, string> = {
  dns: 'the name was not found',
  connect: 'no connection came about',
  banner: 'connected, and no greeting came',
  ehlo: 'EHLO was sent, no answer came',
  starttls: 'STARTTLS was sent, no answer came',
  auth: 'the logon was begun, no answer came',
  mail: 'the sender was named, no answer came',
  rcpt: 'a recipient was named, no answer came',
  xexch50: 'XEXCH50 was sent, no answer came',
  blob: 'the BLOB was sent, no answer came',
  data: 'the message was sent, no answer came',
  quit: 'QUIT was sent, no answer came',
};

const LONGEST_REPLY = 160;

/** One sentence: where it stopped and on what. */
export function sessionHeadline(session: Pick<SessionView, 'stage' | 'reply' | 'delivered' | 'ladder'>): string {
  const { stage, reply, delivered, ladder } = session;
  const accepted =
    delivered === 0 ? '' : `${plural(delivered, 'message')} ${delivered === 1 ? 'was' : 'were'} accepted`;
  if (stage === 'none')
    return accepted === '' ? 'Nothing failed, and no message was sent' : `Nothing failed: ${accepted}`;
  const missing = ladder.rungs.find(({ state }) => state === 'missing');
  const place = missing?.n == null ? `at ${STAGE_WORDS[stage]}` : `at step ${missing.n}`;
  const although = accepted === '' ? '' : `; ${accepted} all the same`;
  if (reply === null || reply === '') return `Stopped ${place}: ${UNANSWERED[stage]}${although}`;
  const said = reply.length > LONGEST_REPLY ? `${reply.slice(0, LONGEST_REPLY)}…` : reply;
  return `${/^[45]\d\d\b/.test(reply) ? 'Refused' : 'Failed'} ${place}: ${said}${although}`;
}

/** What a case is called that rests on a group of sessions. */
export function groupTitle(ground: Extract<Ground, { kind: 'sessions' }>): string {
  const { stage, reply, sessions, remote } = ground;
  const what = reply === '' ? STAGE_MEANING[stage] : `${reply.slice(0, 80)} (${stage})`;
  const whom = remote === null ? 'Several servers' : remote;
  // Of one session nobody counts sessions.
  const many = sessions > 1 ? `, ${plural(sessions, 'session')}` : '';
  return [whom, `${what}${many}`].filter((part) => part !== '').join(': ');
}

/** A part of the filter that can be taken away, with what is left without it. */
export interface Chip {
  id: string;
  label: string;
  without: SessionFilter;
}

/** The parts of a filter, each in words. Whether only failed sessions are shown has a switch of its own. */
export function chipsOf(filter: SessionFilter): Chip[] {
  const { stages = [], remote, reply, connector, since, until, text } = filter;
  const chips: Chip[] = stages.map((stage) => ({
    id: `stage ${stage}`,
    label: `Stage ${STAGE_WORDS[stage]}`,
    without: { ...filter, stages: stages.filter((other) => other !== stage) },
  }));
  const add = (id: string, label: string, names: (keyof SessionFilter)[]): void => {
    const without = { ...filter };
    for (const name of names) delete without[name];
    chips.push({ id, label, without });
  };
  if (remote) add('remote', `Remote ${remote}`, ['remote']);
  if (reply !== undefined) add('reply', reply === '' ? 'No reply' : `Reply ${reply}`, ['reply']);
  if (connector !== undefined)
    add('connector', connector === '' ? 'No connector' : `Connector ${connector}`, ['connector']);
  if (text) add('text', `Words ${text}`, ['text']);
  if (since !== undefined || until !== undefined) add('time', timeWords(since, until), ['since', 'until']);
  return chips;
}

function timeWords(since: number | undefined, until: number | undefined): string {
  if (until === undefined) return `From ${utc(since as number)}`;
  return since === undefined ? `Before ${utc(until)}` : `${utc(since)} to ${utc(until)}`;
}

/** `84,012 sessions in 25 files, 3,112 failed`. */
export function countWords(summary: {
  sessions: number;
  files: number;
  by_stage: Partial<Record<string, number>>;
}): string {
  const failed = summary.sessions - (summary.by_stage.none ?? 0);
  const verdict = failed === 0 ? 'none failed' : `${count(failed)} failed`;
  return `${plural(summary.sessions, 'session')} in ${plural(summary.files, 'file')}, ${verdict}`;
}

/** On whose clock the times of a summary are. */
export function clockOf(summary: { files: number; local_time_files: number }): string {
  const { files, local_time_files: local } = summary;
  if (local === 0) return 'UTC';
  return local === files ? 'local time of the server' : `UTC, of ${plural(local, 'file')} local time of the server`;
}
