/** Which sessions a person wants to see. */

import type { RowFilter } from '../../wizards/engine/logs/log-groups.ts';
import { COLUMN, COLUMNS, WIDE, WIDES } from '../../wizards/engine/logs/session-rows.ts';
import { NONE, type SessionStage, STAGES, stageIndex } from '../../wizards/engine/logs/stages.ts';
import { ipInRanges, parseRange } from '../../wizards/engine/parameters/ip-ranges.ts';
import type { SessionFilter } from '../contract-intake.ts';
import { Fault } from '../fault.ts';

type Words = { remotes: readonly string[]; connectors: readonly string[]; replies: readonly string[] };

/** Null when nothing is left out. */
export function filterOf(filter: SessionFilter, words: Words): RowFilter | null {
  const { stages, remote, reply, connector, failed, since, until, text } = filter;
  const tests: RowFilter[] = [];
  if (stages !== undefined && stages.length > 0) {
    const wanted = new Set(stages.map(stageIndex));
    tests.push((whole, _, row) => wanted.has((whole[row * COLUMNS + COLUMN.state] as number) & 0xff));
  }
  const among = (column: number, fits: (text: string) => boolean, texts: readonly string[]): void => {
    const known = new Map<number, boolean>();
    tests.push((whole, _, row) => {
      const word = whole[row * COLUMNS + column] as number;
      let answer = known.get(word);
      if (answer === undefined) {
        answer = fits(texts[word] ?? '');
        known.set(word, answer);
      }
      return answer;
    });
  };
  if (remote) among(COLUMN.remote, remoteTest(remote), words.remotes);
  if (connector !== undefined) among(COLUMN.connector, (text) => text === connector, words.connectors);
  if (reply !== undefined) among(COLUMN.reply, (text) => text === reply, words.replies);
  if (failed) tests.push((whole, _, row) => ((whole[row * COLUMNS + COLUMN.state] as number) & 0xff) !== NONE);
  if (text) tests.push(anywhere(text, words));
  if (since !== undefined) tests.push((_, wide, row) => (wide[row * WIDES + WIDE.start] as number) >= since);
  if (until !== undefined) tests.push((_, wide, row) => (wide[row * WIDES + WIDE.start] as number) < until);
  return tests.length === 0 ? null : (whole, wide, row) => tests.every((test) => test(whole, wide, row));
}

/** Whether all words stand somewhere in reply, remote and connector. */
function anywhere(text: string, { remotes, connectors, replies }: Words): RowFilter {
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const known = new Map<string, boolean>();
  return (whole, _, row) => {
    const at = row * COLUMNS;
    const [remote, connector, reply] = [COLUMN.remote, COLUMN.connector, COLUMN.reply].map(
      (column) => whole[at + column] as number,
    );
    const key = `${remote} ${connector} ${reply}`;
    let answer = known.get(key);
    if (answer === undefined) {
      const all =
        `${remotes[remote as number] ?? ''} ${connectors[connector as number] ?? ''} ${replies[reply as number] ?? ''}`.toLowerCase();
      answer = wanted.every((word) => all.includes(word));
      known.set(key, answer);
    }
    return answer;
  };
}

function remoteTest(remote: string): (text: string) => boolean {
  const range = parseRange(remote);
  if (range) return (text) => text === remote || ipInRanges(text, [remote]) === true;
  const part = remote.toLowerCase();
  return (text) => text.toLowerCase().includes(part);
}

/** Stages of a list such as `xexch50,blob`. Throws a Fault that names the ones there are. */
export function parseStages(text: string): SessionStage[] {
  const names: readonly string[] = [...STAGES, 'none'];
  return text.split(',').map((part) => {
    const name = part.trim().toLowerCase();
    if (names.includes(name)) return name as SessionStage;
    throw new Fault('bad-stage', `"${part.trim()}" is no stage of a session.`, `They are: ${names.join(', ')}.`);
  });
}

/**
 * A time as milliseconds since 1970. Logs are in UTC, and so is a time without an offset. Throws a Fault for what is
 * none.
 */
export function parseMoment(text: string): number {
  const trimmed = text.trim();
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[-+]\d\d:?\d\d)?$/i.exec(trimmed);
  if (match) {
    const [, day, clock = '00:00', seconds = '00', offset = 'Z'] = match;
    const zone = /^[-+]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
    const time = Date.parse(`${day}T${clock}:${seconds}${zone}`);
    if (!Number.isNaN(time)) return time;
  }
  throw new Fault(
    'bad-time',
    `"${trimmed}" is no time.`,
    'Write it as 2025-01-06 or 2025-01-06T10:15 (UTC), or with an offset: 2025-01-06T10:15+01:00.',
  );
}
