/** Servers that mean no good: each probe ends in time, in a named stage, with its memory flat. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { probeResult } from '../../../wizards/engine/probe/probe-result.ts';
import { conversation, flood, startHostile } from '../../fixtures/probe/hostile-server.ts';
import { codesOf, probePort } from '../../fixtures/probe/probe.ts';

const GREETING = '220 mail.contoso.com ESMTP\r\n';
const HELLO = '250-mail.contoso.com\r\n250-STARTTLS\r\n250-XEXCH50\r\n250 PIPELINING\r\n';
const WELL = {
  ...{ CONNECT: GREETING, EHLO: HELLO.replace('250-STARTTLS\r\n', ''), MAIL: '250 OK\r\n', RCPT: '250 OK\r\n' },
  ...{ XEXCH50: '354 Send binary data\r\n', QUIT: '221 Bye\r\n', RSET: '250 OK\r\n' },
};
const LIMIT = { timeoutMs: 700 };
const dribble =
  (text: string) =>
  (socket: Socket): void => {
    let at = 0;
    const timer = setInterval(() => {
      if (at < text.length && !socket.destroyed) socket.write(text[at] as string);
      else clearInterval(timer);
      at += 1;
    }, 100);
  };

type Case = [what: string, talk: (socket: Socket) => void, stage: string, codes: string[]];
const CASES: Case[] = [
  ['silence from the beginning', () => {}, 'banner', ['banner-missing']],
  ['an end before the greeting', (socket) => socket.end(), 'banner', ['banner-missing']],
  [
    'a reset before the greeting',
    (socket) => void setTimeout(() => socket.resetAndDestroy(), 50),
    'banner',
    ['banner-missing'],
  ],
  ['an endless greeting of lines', flood(Buffer.from('220-still here\r\n'.repeat(1000))), 'banner', ['reply-too-long']],
  [
    'a line of as many bytes as it takes',
    flood(Buffer.alloc(65_536, 'a')),
    'banner',
    ['banner-not-smtp', 'reply-too-long'],
  ],
  ['NULs without end', flood(Buffer.alloc(65_536)), 'banner', ['banner-not-smtp', 'nul-bytes', 'reply-too-long']],
  ['noise', flood(randomBytes(4096)), 'banner', ['banner-not-smtp']],
  [
    'another protocol',
    (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'banner',
    ['banner-not-smtp', 'reply-malformed'],
  ],
  ['a greeting byte by byte, too slow', dribble(GREETING), 'banner', []],
  [
    'ten thousand capabilities',
    conversation({ CONNECT: GREETING, EHLO: `${'250-XANY\r\n'.repeat(10_000)}250 OK\r\n` }),
    'ehlo',
    ['reply-too-long'],
  ],
  ['silence to EHLO', conversation({ CONNECT: GREETING }), 'ehlo', ['no-reply']],
  [
    'an end at EHLO',
    conversation({ CONNECT: GREETING, EHLO: (socket) => socket.end() }),
    'ehlo',
    ['connection-closed'],
  ],
  [
    'noise in place of the handshake',
    conversation({
      CONNECT: GREETING,
      EHLO: HELLO,
      STARTTLS: (socket) => void socket.write(Buffer.concat([Buffer.from('220 Go\r\n'), randomBytes(2000)])),
    }),
    'starttls',
    ['tls-failed'],
  ],
  [
    'silence in place of the handshake',
    conversation({ CONNECT: GREETING, EHLO: HELLO, STARTTLS: '220 Go\r\n' }),
    'starttls',
    ['tls-failed'],
  ],
  [
    'an end in the handshake',
    conversation({ CONNECT: GREETING, EHLO: HELLO, STARTTLS: (socket) => socket.end('220 Go\r\n') }),
    'starttls',
    ['tls-failed'],
  ],
  ['silence to MAIL', conversation({ ...WELL, MAIL: undefined }), 'mail', ['starttls-missing', 'no-reply']],
  [
    'an end at RCPT',
    conversation({ ...WELL, RCPT: (socket) => socket.destroy() }),
    'rcpt',
    ['starttls-missing', 'connection-closed'],
  ],
  ['no 354', conversation({ ...WELL, XEXCH50: '250 OK\r\n' }), 'xexch50', ['starttls-missing']],
  [
    'codes that disagree',
    conversation({ ...WELL, MAIL: '550 2.1.0 Fine\r\n' }),
    'mail',
    ['starttls-missing', 'mail-refused', 'reply-codes-disagree'],
  ],
  [
    '421 in the middle',
    conversation({ ...WELL, RCPT: (socket) => socket.end('421 4.3.2 Shutting down\r\n') }),
    'rcpt',
    ['starttls-missing', '421-closing'],
  ],
];

describe('a hostile server', () => {
  test.each(CASES)('%s', async (_, talk, stage, codes) => {
    const server = await startHostile(talk);
    const began = performance.now();
    try {
      const result = await probePort(server.port, LIMIT);
      expect(probeResult.safeParse(result).success).toBe(true);
      expect(result.stage).toBe(stage);
      expect(codesOf(result)).toEqual(expect.arrayContaining(codes));
      expect(performance.now() - began).toBeLessThan(10_000);
    } finally {
      await server.close();
    }
  });

  test('can send as much as it likes: no more of it is kept than a reply may have', async () => {
    const server = await startHostile(flood(Buffer.alloc(1024 * 1024, 'a')));
    global.gc?.();
    const before = process.memoryUsage().rss;
    try {
      for (let i = 0; i < 10; i += 1) await probePort(server.port, LIMIT);
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    } finally {
      await server.close();
    }
  });

  test('whatever it answers at whatever stage, the probe ends with a result', async () => {
    const answer = fc.oneof(
      fc.constantFrom(
        '250 OK\r\n',
        '354 Go\r\n',
        '550 No\r\n',
        '421 Bye\r\n',
        '250-\r\n',
        '220 Go\r\n',
        HELLO,
        '\r\n',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    const verbs = ['CONNECT', 'EHLO', 'HELO', 'STARTTLS', 'X-EXPS', 'MAIL', 'RCPT', 'XEXCH50', 'RSET', 'QUIT'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 10, maxLength: 10 }),
        fc.nat({ max: 12 }),
        async (answers, closing) => {
          const table = Object.fromEntries(
            verbs.map((verb, i) => [verb, closing === i ? (socket: Socket) => socket.destroy() : answers[i]]),
          );
          const server = await startHostile(
            conversation({ ...table, CONNECT: closing === 0 ? table.CONNECT : GREETING }),
          );
          try {
            const result = await probePort(server.port, { timeoutMs: 60, bytes: 10 });
            expect(probeResult.safeParse(result).success).toBe(true);
          } finally {
            await server.close();
          }
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);

  test('is left at once when the person has had enough', async () => {
    for (const talk of [() => {}, conversation({ CONNECT: GREETING, EHLO: HELLO, STARTTLS: '220 Go\r\n' })]) {
      const server = await startHostile(talk);
      const stop = new AbortController();
      const probed = probePort(server.port, { timeoutMs: 60_000 }, { signal: stop.signal });
      setTimeout(() => stop.abort(new Error('enough')), 200);
      const began = performance.now();
      await expect(probed).rejects.toThrow('enough');
      expect(performance.now() - began).toBeLessThan(5000);
      await server.close();
    }
  });
});

describe('no server at all', () => {
  test('is told from one that refuses', async () => {
    const server = await startHostile(() => {});
    await server.close();
    const refused = await probePort(server.port);
    expect([refused.stage, codesOf(refused)]).toEqual(['connect', ['connect-refused']]);
    expect(refused.run_from.address).toBeNull();
    expect(refused.stages.filter(({ status }) => status === 'skipped').map(({ name }) => name)).toContain('banner');
  });
});
