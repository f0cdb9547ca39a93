import { describe, expect, it } from 'vitest';
import type { Rung, SessionView } from '../../../electron/contract-intake.ts';
import { chipsOf, countWords, groupTitle, sessionHeadline } from '../../../renderer/lib/session-words.ts';

type Told = Pick<SessionView, 'stage' | 'reply' | 'delivered' | 'ladder'>;
/** A session whose ladder misses the part of this number. */
function told(stage: Told['stage'], reply: string | null, n: number | null, delivered = 0): Told {
  const rung: Rung = { n, from: 'receiver', says: 'A part', state: 'missing', lines: [] };
  return { stage, reply, delivered, ladder: { sender: 'a', receiver: 'b', rungs: stage === 'none' ? [] : [rung] } };
}

describe('the sentence above a session', () => {
  it.each([
    [told('blob', null, 13), 'Stopped at step 13: the BLOB was sent, no answer came'],
    [told('xexch50', '504 5.7.1 Not authorized', 11), 'Refused at step 11: 504 5.7.1 Not authorized'],
    [
      told('xexch50', '504 Need to authenticate first', 11, 1),
      'Refused at step 11: 504 Need to authenticate first; 1 message was accepted all the same',
    ],
    [told('connect', 'Winsock error code: 10060', 2), 'Failed at step 2: Winsock error code: 10060'],
    [
      told('auth', '535 5.7.3 Authentication unsuccessful', null),
      'Refused at auth: 535 5.7.3 Authentication unsuccessful',
    ],
    [told('ehlo', '', 5), 'Stopped at step 5: EHLO was sent, no answer came'],
    [told('none', null, null, 2), 'Nothing failed: 2 messages were accepted'],
    [told('none', null, null), 'Nothing failed, and no message was sent'],
  ])('%#: says where and on what it stopped', (session, words) => {
    expect(sessionHeadline(session)).toBe(words);
  });

  it('shortens a reply without end', () => {
    expect(sessionHeadline(told('data', `550 ${'x'.repeat(900)}`, null)).length).toBeLessThan(220);
  });
});

describe('the title of a case', () => {
  const ground = { kind: 'sessions', stage: 'xexch50', reply: '504 No', sessions: 3112, remote: '192.0.2.7' } as const;

  it('names the other side, the reply and how many sessions', () => {
    expect(groupTitle(ground)).toBe('192.0.2.7: 504 No (xexch50), 3,112 sessions');
    expect(groupTitle({ ...ground, remote: null })).toBe('Several servers: 504 No (xexch50), 3,112 sessions');
    expect(groupTitle({ ...ground, remote: '' })).toBe('504 No (xexch50), 3,112 sessions');
  });

  it('counts not one session, and says what is meant where no reply came', () => {
    const one = { ...ground, stage: 'blob', reply: '', sessions: 1 } as const;
    expect(groupTitle(one)).toBe('192.0.2.7: The BLOB was allowed, and no answer came');
  });
});

describe('the parts of a filter', () => {
  const since = Date.UTC(2025, 0, 6, 8);

  it('are in words, and each can be taken away alone', () => {
    const filter = { stages: ['blob', 'data'], remote: '192.0.2.0/24', reply: '', failed: true, since } as const;
    const chips = chipsOf({ ...filter, stages: [...filter.stages] });
    expect(chips.map(({ label }) => label)).toEqual([
      'Stage blob',
      'Stage data',
      'Remote 192.0.2.0/24',
      'No reply',
      'From 2025-01-06 08:00:00',
    ]);
    expect(chips[0]?.without).toEqual({ ...filter, stages: ['data'] });
    expect(chips[3]?.without).toEqual({ stages: ['blob', 'data'], remote: '192.0.2.0/24', failed: true, since });
    expect(chips[4]?.without).not.toHaveProperty('since');
  });

  it('are none where only the switch of the failed ones is on', () => {
    expect(chipsOf({ failed: true })).toEqual([]);
  });
});

it('counts sessions, files and failures', () => {
  expect(countWords({ sessions: 84_012, files: 25, by_stage: { none: 80_900, blob: 3112 } })).toBe(
    '84,012 sessions in 25 files, 3,112 failed',
  );
  expect(countWords({ sessions: 1, files: 1, by_stage: { none: 1 } })).toBe('1 session in 1 file, none failed');
});
