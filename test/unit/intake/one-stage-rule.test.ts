/** Transcripts and logs are read by different modules; what stage a session stopped at must not depend on which. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readConversation, type Turn } from '../../../wizards/engine/intake/conversation-stage.ts';
import { describeSession } from '../../../wizards/engine/logs/session-detail.ts';
import type { SessionRecord } from '../../../wizards/engine/logs/session-record.ts';

const turn = (from: 'client' | 'server', text: string): Turn => ({ from, text });

/** A command with the answers that it may get: well, refused, or (where it is the last) none. */
const exchange = (command: string, good: string[]): fc.Arbitrary<Turn[]> =>
  fc
    .constantFrom(
      ...good,
      '421 4.3.2 Service not active',
      '454 4.7.0 Temporary authentication failure',
      '504 5.7.4 Unrecognized authentication type',
      '550 5.7.1 Unable to relay',
    )
    .map((reply) => [turn('client', command), turn('server', reply)]);
const step = fc.oneof(
  exchange('EHLO mail.contoso.com', ['250-mx.fabrikam.com Hello\n250-SIZE 1000\n250 XEXCH50', '250 mx.fabrikam.com']),
  exchange('HELO mail.contoso.com', ['250 mx.fabrikam.com']),
  exchange('xxxx mail.contoso.com', ['500 5.3.3 Unrecognized command']),
  exchange('MAIL FROM:<user1@contoso.com>', ['250 2.1.0 Sender OK']),
  exchange('RCPT TO:<user2@fabrikam.com>', ['250 2.1.5 Recipient OK']),
  exchange('BDAT 100', ['250 2.6.0 100 octets received']),
  exchange('BDAT 100 LAST', ['250 2.6.0 Queued mail for delivery']),
  exchange('RSET', ['250 2.0.0 Resetting']),
  exchange('NOOP', ['250 2.0.0 OK']),
  exchange('XEXCH50 100 2', ['504 Need to authenticate first']),
);
const session = fc
  .tuple(
    fc.constantFrom('220 mx.fabrikam.com ESMTP', '421 4.3.2 Service not active'),
    fc.array(step, { maxLength: 8 }),
    fc.boolean(),
  )
  .map(([banner, steps, cut]) => {
    const turns = [turn('server', banner), ...steps.flat()];
    // The last answer may be missing.
    return cut && turns.length > 2 ? turns.slice(0, -1) : turns;
  });

test('the reader of transcripts and the reader of logs name the same stage, and count the same messages', () => {
  fc.assert(
    fc.property(session, (turns) => {
      const said = turns.flatMap(({ text }) => text.split('\n'));
      const records: SessionRecord[] = [
        { line: 1, time: 0, number: 0, event: 'open', text: '', context: '' },
        ...said.map(
          (text, i): SessionRecord => ({ line: i + 2, time: i, number: i + 1, event: 'said', text, context: '' }),
        ),
      ];
      const ends = { session: '1', connector: '', local: '', remote: '', direction: null, clock: 'utc' as const };
      const [log, transcript] = [describeSession(ends, records), readConversation(turns, { whole: true })];
      expect({ stage: log.stage, delivered: log.delivered }).toEqual({
        stage: transcript.stage,
        delivered: transcript.delivered,
      });
    }),
    { numRuns: 2000 },
  );
});
