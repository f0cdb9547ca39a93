import { expect, it } from 'vitest';
import { hopStops, trackedStops } from '../../../renderer/lib/way-stops.ts';
import type { Hop } from '../../../wizards/engine/intake/hops.ts';
import { type Way, wayOf } from '../../../wizards/engine/intake/hops.ts';

const WAY: Way = wayOf([
  { line: 1, value: 'from a.contoso.com by b.contoso.com with ESMTP; Mon, 6 Jan 2025 09:03:00 +0000' },
  { line: 2, value: 'from c.contoso.com by a.contoso.com with ESMTP; Mon, 6 Jan 2025 09:00:00 +0000' },
]);

it('a hop is a stop with its delay, and odd when something is odd about it', () => {
  const stops = hopStops(WAY.hops);
  expect(stops.map(({ place, look }) => [place, look])).toEqual([
    ['a.contoso.com', 'plain'],
    ['b.contoso.com', 'odd'],
  ]);
  expect(stops[1]).toMatchObject({ delay: '3 min', notes: ['slow'] });
});

it('a server that refused is the last stop, with its reply', () => {
  const refusing = { ...(WAY.hops[0] as Hop), refused: '550 5.1.1 User unknown' };
  expect(hopStops([refusing])[0]).toMatchObject({
    look: 'refused',
    notes: ['refused'],
    facts: '550 5.1.1 User unknown',
  });
});

it('a station of message tracking is a stop with event, time, reply and recipient', () => {
  const stops = trackedStops([
    { event: 'RECEIVE', source: 'SMTP', server: 'MBX01', at: '2025-01-06T09:00:00.000Z', line: 4 },
    {
      event: 'DEFER',
      server: 'MBX01',
      at: '2025-01-06T09:01:30.000Z',
      reply: '451 4.4.0',
      recipient: 'user2@fabrikam.com',
      line: 5,
    },
    { event: 'FAIL', line: 6 },
  ]);
  expect(stops[0]).toEqual({
    place: 'MBX01',
    delay: '',
    notes: ['RECEIVE, SMTP'],
    facts: '2025-01-06T09:00:00.000Z · line 4',
    look: 'plain',
  });
  expect(stops[1]).toMatchObject({ delay: '90 s', look: 'odd', notes: ['DEFER'] });
  expect(stops[1]?.facts).toBe('451 4.4.0 · to user2@fabrikam.com · 2025-01-06T09:01:30.000Z · line 5');
  expect(stops[2]).toMatchObject({ place: 'A server that is not named', delay: '', look: 'refused' });
});
