/** What holds for every log, however its bytes are cut and whatever is wrong with them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeLogs } from '../../fixtures/logs/compose-logs.ts';
import { bytesOf, readLogs, sum } from '../../fixtures/logs/read-log.ts';

const w3c = (day: string): string => {
  const row = (time: string, ip: string, user: string, rest: string): string =>
    `${day} ${time} ${ip} ${user} SMTPSVC1 ${rest}`;
  const [came, went] = ['198.51.100.9', '203.0.113.4'];
  return [
    `#Date: ${day} 08:00:00`,
    '#Fields: date time c-ip cs-username s-sitename cs-method cs-uri-query sc-status time-taken',
    row('08:00:01', came, '-', 'xxxx +mail 500 0'),
    row('08:00:01', went, 'OutboundConnectionResponse', '- 220+mx+ESMTP 0 0'),
    row('08:00:02', came, 'mail', 'HELO +mail 250 0'),
    row('08:00:02', went, 'OutboundConnectionCommand', 'EHLO mail1 0 0'),
    row('08:00:03', went, 'OutboundConnectionResponse', '- 250-mx 0 0'),
    row('08:00:03', came, 'mail', 'MAIL +FROM:<a> 250 0'),
    row('08:00:04', went, 'OutboundConnectionCommand', 'XEXCH50 1124+2 0 0'),
    row('08:00:04', went, 'OutboundConnectionResponse', '- 504+Need+to+authenticate+first 0 0'),
    row('08:00:05', came, 'mail', 'RCPT +TO:<b> 550 0'),
    '#Fields: time c-ip cs-username cs-method cs-uri-query sc-status',
    `08:00:06 ${came} mail QUIT mail 240`,
    `08:00:06 ${went} OutboundConnectionCommand QUIT - 0`,
    '',
  ].join('\r\n');
};
const NCSA = [
  '198.51.100.9 - mail [11/Oct/2006:13:16:40 -0600] "HELO -?+mail SMTP" 250 46',
  '203.0.113.4 - OutboundConnectionResponse [11/Oct/2006:13:16:41 -0600] "- -?554+No+"thanks" SMTP" 0 60',
  '198.51.100.9 - mail [11/Oct/2006:13:16:42 -0600] "QUIT -?mail SMTP" 240 68',
].join('\n');
const IMS = [
  '5/13/00 2:36:27 PM : A connection was accepted from mail.fabrikam.com.',
  '5/13/00 2:36:27 PM : >>> 220 server2.contoso.com',
  '5/13/00 2:36:28 PM : <<< EHLO server1.fabrikam.com',
  '5/13/00 2:36:28 PM : >>> 250-server2.contoso.com',
  '250-XEXCH50',
  '250 HELP',
  '5/13/00 2:36:29 PM : <<< XEXCH50 1124 2',
  '5/13/00 2:36:29 PM : >>> 505 Authentication required',
  '5/13/00 2:36:30 PM : <<< QUIT',
  '5/13/00 2:36:30 PM : >>> 221 closing',
].join('\r\n');
const PROTOCOL: string[] = [];
composeLogs({ seed: 7, bytes: 12_000, fileBytes: 5_000, abreast: 6, write: ({ text }) => PROTOCOL.push(text) });

const LOGS: [name: string, files: string[]][] = [
  ['W3C', [w3c('2004-02-22'), w3c('2004-02-23')]],
  ['NCSA', [NCSA]],
  ['IMS', [IMS]],
  ['protocol', PROTOCOL],
];
const MARK = '\ufeff';
const whole = (files: string[]) => readLogs(files.map((text) => [bytesOf(text)]));

describe.each(LOGS)('the %s log', (_, files) => {
  test('gives the same wherever its bytes are cut in two', () => {
    const expected = whole(files);
    expect(expected.sessions.length).toBeGreaterThan(0);
    const bytes = files.map(bytesOf);
    const longest = Math.min(1200, Math.max(...bytes.map(({ length }) => length)));
    for (let cut = 0; cut <= longest; cut += 1)
      expect(readLogs(bytes.map((one) => [one.subarray(0, cut), one.subarray(cut)]))).toEqual(expected);
  });

  test('gives the same in pieces of any sizes, and with a mark of UTF-8', () => {
    const expected = whole(files.map((text) => MARK + text));
    const plain = whole(files);
    expect(expected.sessions.map(({ offset, ...rest }) => rest)).toEqual(
      plain.sessions.map(({ offset, ...rest }) => rest),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 30 }), (sizes) => {
        const pieces = files.map((text) => {
          const bytes = bytesOf(MARK + text);
          const cut: Uint8Array[] = [];
          for (let at = 0, i = 0; at < bytes.length; i += 1) {
            // A zero size is an empty piece, once in a round at the most.
            const size = (sizes[i % sizes.length] as number) || (i % sizes.length === 0 ? 1 : 0);
            cut.push(bytes.subarray(at, at + size));
            at += size;
          }
          return cut;
        });
        expect(readLogs(pieces)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('throws at nothing and counts every line, whatever was changed in it', () => {
    const change = fc.record({
      at: fc.nat(),
      remove: fc.integer({ min: 0, max: 60 }),
      insert: fc.oneof(
        fc.constantFrom(
          '\n',
          '\r',
          '\0',
          '"',
          ' ',
          ',',
          '+',
          '-',
          '#',
          '#Fields: cs-method',
          '220 ',
          '421-',
          'QUIT',
          '334',
          '\n#Date: x\n',
          '>>> ',
          '☃',
        ),
        fc.string({ maxLength: 12 }),
      ),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const mutated = files.map((text) => {
          let result = text;
          for (const { at, remove, insert } of changes) {
            const place = at % (result.length + 1);
            result = result.slice(0, place) + insert + result.slice(place + remove);
          }
          return result;
        });
        const { counts, sessions } = whole(mutated);
        for (const [i, one] of counts.entries()) {
          expect(sum(one)).toBe(one.lines);
          const text = mutated[i] as string;
          expect(one.lines).toBe(text === '' ? 0 : text.replace(/\n$/, '').split('\n').length);
        }
        for (const { stage, start, end } of sessions) {
          expect(stage).toMatch(/^[a-z0-9]+$/);
          expect(start <= end).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
