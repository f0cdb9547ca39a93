/** Whatever a client does: the server goes on, its memory stays flat, and others are served. */
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RunningLabServer } from '../../../electron/lab/server/lab-server.ts';
import { Closing } from '../../fixtures/lab/closing.ts';
import { labLibrary, startTestLab } from '../../fixtures/lab/lab.ts';
import { SmtpClient } from '../../fixtures/lab/smtp-client.ts';

vi.setConfig({ testTimeout: 60_000 });
const closing = new Closing();
afterEach(() => closing.all());
const start = async (profile: string, server?: string, more: object = {}): Promise<RunningLabServer> =>
  closing.add(await startTestLab({ profile, ...(server ? { server } : {}), ...more }));

/** A well-behaved client is served as ever. */
async function stillServes(lab: RunningLabServer): Promise<void> {
  const client = closing.add(await SmtpClient.connect(lab));
  expect((await client.reply())[0]).toMatch(/^220 /);
  expect(await client.talk('NOOP', 'QUIT')).toEqual(['250 2.0.0 OK', '221 2.0.0 Service closing transmission channel']);
}

/** Writes pieces as fast as they are taken, then closes. Resolves when the connection is gone. */
function pour({ port }: RunningLabServer, pieces: Iterable<Uint8Array>, readsNothing = false): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const more = pieces[Symbol.iterator]();
    if (!readsNothing) socket.resume();
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    const go = (): void => {
      for (let next = more.next(); ; next = more.next()) {
        if (next.done) return void socket.end();
        if (!socket.write(next.value)) return void socket.once('drain', go);
      }
    };
    socket.on('connect', go);
  });
}

const VERBS = ['EHLO a', 'MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@contoso.com>', 'DATA', 'BDAT 5', 'BDAT 3 LAST', '.'];
const MORE = ['XEXCH50 9 2', 'STARTTLS', 'AUTH LOGIN', 'X-EXPS GSSAPI', 'RSET', '*', '=', 'XXXX', 'HELP', 'RCPT TO:<"'];
const piece = fc.oneof(
  fc.constantFrom(...VERBS, ...MORE).map((line) => Buffer.from(`${line}\r\n`)),
  fc.constantFrom('\r', '\n', '\r\n.\r\n', '\0', '<>', '{host}', '$&').map((text) => Buffer.from(text, 'latin1')),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);

describe('any bytes', () => {
  test.each([
    ['healthy', '2003'],
    ['healthy', '2010'],
    ['healthy', 'postfix'],
    ['mailguard', '2003'],
    ['starttls-injection', '2010'],
    ['greylist', '2010'],
    ['slow-dribble', '2016'],
    ['garbage', '2010'],
  ])('%s as %s: every session ends, and the next one is served', async (profile, server) => {
    const lab = await start(profile, server, { idleMs: 5000 });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        await pour(lab, pieces);
      }),
      { numRuns: 60 },
    );
    const client = closing.add(await SmtpClient.connect(lab));
    expect((await client.arrived(3)).length).toBeGreaterThanOrEqual(3);
  });

  test('a reply is never more than the table has: no line of the server holds a line end of the client', async () => {
    const lab = await start('healthy', '2003', { idleMs: 5000 });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        await pour(lab, pieces);
      }),
      { numRuns: 40 },
    );
    const sent = lab.transcript.filter(({ kind }) => kind === 'sent');
    expect(sent.length).toBeGreaterThan(40);
    expect(sent.filter(({ text }) => /[\r\n]/.test(text) || !/^[2-5]\d\d[ -]/.test(text))).toEqual([]);
  });
});

describe('floods', () => {
  const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  /** Megabytes in buffers that are still held by somebody. */
  const held = (): number => {
    collect();
    const { external, arrayBuffers } = process.memoryUsage();
    return (external + arrayBuffers) / 1024 / 1024;
  };

  test.each([
    ['256 MB in one line', [] as string[]],
    ['256 MB after DATA', ['EHLO x', 'MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@contoso.com>', 'DATA']],
    ['256 MB after XEXCH50', ['EHLO x', 'MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@contoso.com>', 'XEXCH50 999999999 2']],
    ['256 MB of an answer to AUTH', ['EHLO x', 'AUTH NTLM']],
  ])('%s are thrown away as they come', async (_, commands) => {
    const lab = await start('healthy', '2010');
    const head = Buffer.from(commands.map((line) => `${line}\r\n`).join(''));
    const before = held();
    const during: number[] = [];
    await pour(
      lab,
      (function* () {
        yield head;
        for (let i = 0; i < 256; i += 1) {
          if (i % 64 === 63) during.push(held() - before);
          yield MEGABYTE;
        }
      })(),
    );
    expect(during).toHaveLength(4);
    // What was given free is counted until the collector has swept it up.
    expect(Math.max(...during)).toBeLessThan(150);
    await stillServes(lab);
  });

  test('a client that never reads is not answered into memory', async () => {
    const lab = await start('healthy', '2010', { idleMs: 1500 });
    const helps = Buffer.from('HELP\r\n'.repeat(10_000));
    const socket = connect(lab.port, '127.0.0.1');
    closing.add({ close: () => socket.destroy() });
    socket.on('error', () => {});
    const gone = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    // More than the network between the two holds: the rest must wait at the client.
    for (let i = 0; i < 400; i += 1) socket.write(helps);
    socket.pause();
    await gone;
    const answered = lab.transcript.filter(({ text }) => text.startsWith('214 ')).length;
    expect(answered).toBeLessThanOrEqual(4000);
    expect(socket.bytesWritten).toBeGreaterThan(0);
    await stillServes(lab);
  });

  test('the transcript forgets the oldest lines', async () => {
    const lab = await start('healthy', '2010');
    await pour(lab, [Buffer.from(`${'NOOP\r\n'.repeat(20_000)}QUIT\r\n`)]);
    expect(lab.transcript.length).toBeLessThanOrEqual(4000);
    expect(lab.transcript.at(-1)?.text).toMatch(/^disconnected/);
  });

  test('a command that is too long is refused, and the next one is taken', async () => {
    const lab = await start('healthy', '2010');
    const client = closing.add(await SmtpClient.connect(lab));
    await client.reply();
    expect(await client.talk(`NOOP ${'x'.repeat(10_000)}`, 'NOOP')).toEqual([
      '500 5.3.3 Command line too long',
      '250 2.0.0 OK',
    ]);
  });
});

describe('many clients', () => {
  test('two hundred at once are all served', async () => {
    const lab = await start('healthy', '2010');
    const clients = await Promise.all(Array.from({ length: 200 }, () => SmtpClient.connect(lab)));
    for (const client of clients) closing.add(client);
    await Promise.all(clients.map((client) => client.reply()));
    const replies = await Promise.all(clients.map((client) => client.talk('EHLO x', 'NOOP')));
    expect(new Set(replies.map((each) => each.join()))).toEqual(new Set(['250 XSHADOW,250 2.0.0 OK']));
  });

  test('close ends all sessions at once, those that wait for a delay among them', async () => {
    const lab = await startTestLab({ profile: 'tarpit', delayScale: 1000 });
    const client = closing.add(await SmtpClient.connect(lab));
    await client.reply();
    await client.say('EHLO x');
    client.send('MAIL FROM:<a@contoso.com>\r\n');
    while (!lab.transcript.some(({ text }) => text.startsWith('MAIL'))) await new Promise(setImmediate);
    await lab.close();
    expect(await client.rest()).toBe('');
  });

  test('a client that says nothing is told so and dropped', async () => {
    const lab = await start('healthy', '2010', { idleMs: 100 });
    const client = closing.add(await SmtpClient.connect(lab));
    await client.reply();
    expect(await client.reply()).toEqual(['421 4.4.1 Connection timed out']);
    expect(await client.rest()).toBe('');
  });
});

describe('where it listens', () => {
  test.each(['0.0.0.0', '::', '192.0.2.1', 'localhost', 'mail.contoso.com', ''])('never on "%s"', async (host) => {
    await expect(start('healthy', '2010', { host })).rejects.toMatchObject({ code: 'not-loopback' });
  });

  test('on 127.0.0.1, and on ::1 where that is wanted', async () => {
    expect((await start('healthy')).host).toBe('127.0.0.1');
    const six = await start('healthy', '2010', { host: '::1' }).catch((error: NodeJS.ErrnoException) => error.code);
    if (six === 'EADDRNOTAVAIL' || six === 'EAFNOSUPPORT') return;
    const client = closing.add(await SmtpClient.connect(six as RunningLabServer));
    expect(await client.reply()).toHaveLength(1);
    expect(await client.say('HELO x')).toEqual(['250 mail.contoso.com Hello [::1]']);
  });

  test('not where another program listens', async () => {
    const { port } = await start('healthy');
    await expect(start('healthy', '2010', { port })).rejects.toMatchObject({ code: 'port-taken' });
  });
});

describe('what is asked for', () => {
  test('a profile that there is none of is refused with those that there are', async () => {
    await expect(start('helthy')).rejects.toMatchObject({
      code: 'unknown-profile',
      hint: expect.stringContaining([...labLibrary.labProfiles.keys()].sort().join(', ')),
    });
  });

  test('so is a server, and a server with which the profile makes no sense', async () => {
    await expect(start('healthy', '2013')).rejects.toMatchObject({
      code: 'unknown-server',
      hint: 'Choose one of: 2003, 2010, 2016, postfix.',
    });
    await expect(start('sendas-denied', 'postfix')).rejects.toMatchObject({
      code: 'server-without-profile',
      hint: 'Choose one of: 2003, 2010.',
    });
  });

  test('without a server it is Exchange 2010', async () => {
    for (const profile of labLibrary.labProfiles.keys()) expect((await start(profile)).server).toBe('2010');
  });

  test('a log that cannot be written is refused before anything listens', async () => {
    await expect(start('healthy', '2010', { log: '/nowhere/at/all.log' })).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
