/** The fold of message tracking: what became of each message. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TrackingFold, type TrackingRow } from '../../../wizards/engine/logs/tracking.ts';
import { EVENTS, OUTCOMES } from '../../../wizards/engine/logs/tracking-events.ts';
import { instantOf, splitList } from '../../../wizards/engine/logs/tracking-values.ts';
import { HANDED_OVER, REFUSED } from '../../fixtures/tracking/compose.ts';

function folded(rows: TrackingRow[], most?: number) {
  const fold = new TrackingFold(most);
  for (const [index, row] of rows.entries()) fold.push(row, index + 1);
  return fold;
}
const row = (event: string, at: string, more: TrackingRow = {}): TrackingRow => ({
  'date-time': `2026-11-26T09:00:${at}.000Z`,
  'event-id': event,
  'message-id': '<a@contoso.com>',
  'recipient-address': 'user2@contoso.com',
  source: 'SMTP',
  ...more,
});
const outcome = (...rows: TrackingRow[]) => folded(rows).messages()[0]?.outcome;

describe('what became of a message', () => {
  test.each([
    ['handed-over', [row('RECEIVE', '01'), row('SEND', '02')]],
    ['delivered', [row('RECEIVE', '01'), row('SEND', '02'), row('RECEIVE', '03'), row('DELIVER', '04')]],
    ['accepted', [row('SEND', '01'), row('RECEIVE', '02')]],
    ['waiting', [row('RECEIVE', '01'), row('DEFER', '02')]],
    ['handed-over', [row('RECEIVE', '01'), row('DEFER', '02'), row('SEND', '03')]],
    ['refused', [row('RECEIVE', '01'), row('FAIL', '02')]],
    ['lost', [row('RECEIVE', '01'), row('BADMAIL', '02')]],
    ['delivered', [row('DELIVER', '01'), row('SEND', '02'), row('NOTIFYMAPI', '03')]],
    ['handed-over', [row('SEND', '02'), row('HADISCARD', '03')]],
  ] as const)('%s', (expected, rows) => {
    expect(outcome(...rows)).toBe(expected);
  });

  test('rows in any order give the same', () => {
    const rows = [row('RECEIVE', '01'), row('DEFER', '02'), row('SEND', '03')];
    expect(outcome(...rows.toReversed())).toBe('handed-over');
    expect(
      folded(rows.toReversed())
        .messages()[0]
        ?.way.map(({ event }) => event),
    ).toEqual(['RECEIVE', 'DEFER', 'SEND']);
  });

  test('the recipient who fares worst decides', () => {
    expect(folded(REFUSED).messages()[0]).toMatchObject({
      outcome: 'refused',
      event: 'FAIL',
      lastLine: 3,
      last: { 'recipient-address': 'user4@fabrikam.com' },
    });
  });

  test('a group goes on as its members', () => {
    const group = { 'recipient-address': 'all@contoso.com' };
    const members = { 'recipient-address': 'user2@contoso.com', 'related-recipient-address': 'all@contoso.com' };
    expect(outcome(row('RECEIVE', '01', group), row('EXPAND', '02', members), row('DELIVER', '03'))).toBe('delivered');
  });

  test('of several recipients each has its own status', () => {
    const both = {
      'recipient-address': 'user2@contoso.com;user3@contoso.com',
      'recipient-status': '550 5.1.1 Unknown;550 5.7.1 Denied',
    };
    const [message] = folded([row('FAIL', '01', both)]).messages();
    expect(message?.last).toMatchObject({
      'recipient-address': 'user2@contoso.com',
      'recipient-status': '550 5.1.1 Unknown',
    });
  });
});

test('the stations of a message', () => {
  expect(folded(HANDED_OVER).messages()[0]?.way).toEqual([
    {
      at: '2026-11-26T09:00:01.000Z',
      server: 'MBX01',
      source: 'SMTP',
      event: 'RECEIVE',
      connector: 'MBX01\\Default MBX01',
      recipient: 'user2@fabrikam.com',
      line: 1,
    },
    {
      at: '2026-11-26T09:00:03.000Z',
      server: 'MBX01',
      source: 'SMTP',
      event: 'SENDEXTERNAL',
      connector: 'To the Internet',
      reply: '250 2.1.5 Recipient OK',
      recipient: 'user2@fabrikam.com',
      line: 2,
    },
  ]);
});

describe('bounds', () => {
  test('of too many messages those that are delivered go first, and the counts add up', () => {
    const rows = Array.from({ length: 100 }, (_, i) =>
      row(i % 10 === 0 ? 'FAIL' : 'DELIVER', '01', { 'message-id': `<${i}@contoso.com>` }),
    );
    const fold = folded(rows, 20);
    expect(fold.messages()).toHaveLength(20);
    expect(fold.messages().filter(({ outcome }) => outcome === 'refused')).toHaveLength(10);
    expect(fold.counts()).toMatchObject({ rows: 100, left_out: 0, messages: 100 });
    expect(fold.counts().by_outcome).toMatchObject({ refused: 10, delivered: 90 });
  });

  test('of too many stations the rest is counted', () => {
    const [message] = folded(Array.from({ length: 500 }, () => row('DEFER', '01'))).messages();
    expect([message?.way.length, message?.more, message?.rows]).toEqual([200, 300, 500]);
  });

  test('any rows: no exception, and the counts add up', () => {
    const cell = fc.option(fc.string({ maxLength: 12 }), { nil: undefined });
    const any = fc.record({
      'date-time': cell,
      'event-id': fc.oneof(fc.constantFrom(...EVENTS), cell),
      'message-id': fc.constantFrom('<a>', '<b>', '<c>', '', undefined),
      'recipient-address': fc.constantFrom('a;b', 'a', '{a, b}', '', undefined),
      'recipient-status': fc.oneof(fc.constantFrom('550 5.1.1 x;250 ok', '[{LED=4;5};{IP='), cell),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (rows) => {
        const fold = folded(rows, 2);
        const counts = fold.counts();
        expect(counts.rows).toBe(rows.length);
        expect(OUTCOMES.reduce((sum, one) => sum + counts.by_outcome[one], 0)).toBe(counts.messages);
        expect(fold.messages().length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('values', () => {
  test('lists', () => {
    expect(splitList('a@contoso.com;b@contoso.com')).toEqual(['a@contoso.com', 'b@contoso.com']);
    expect(splitList('{a@contoso.com, b@contoso.com}')).toEqual(['a@contoso.com', 'b@contoso.com']);
    expect(splitList('[{LED=550 x};{MSG=};{IP=}];250 ok')).toEqual(['[{LED=550 x};{MSG=};{IP=}]', '250 ok']);
    expect([splitList(''), splitList('{}')]).toEqual([[], []]);
  });

  test.each([
    ['2026-11-26T09:00:01.000Z', '2026-11-26T09:00:01.000Z'],
    ['11/26/2026 9:15:00 PM', '2026-11-26T21:15:00'],
    ['11/26/2026 12:15:00 AM', '2026-11-26T00:15:00'],
    ['26/11/2026 09:15', '2026-11-26T09:15:00'],
    ['26.11.2026 09:15:07', '2026-11-26T09:15:07'],
    ['yesterday', ''],
  ])('%s sorts as %s', (written, sorted) => {
    expect(instantOf(written)).toBe(sorted);
  });
});
