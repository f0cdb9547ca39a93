import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { LogRun } from '../../../electron/intake/log-run.ts';
import { findLogSources } from '../../../electron/intake/log-sources.ts';
import { filterOf } from '../../../electron/intake/session-filter.ts';
import { type FoundSession, readSessions } from '../../../electron/intake/session-stream.ts';
import { parseSummary } from '../../../electron/intake/summary-file.ts';
import { type LogSummary, mergeSummaries } from '../../../wizards/engine/logs/log-summary.ts';
import { composeLogs, type LogTruth, random } from '../../fixtures/logs/compose-logs.ts';
import { zipOf } from '../../fixtures/logs/zip-of.ts';

// Each test starts threads, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let folder = '';
let logs = '';
let truth: LogTruth;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-log-run-'));
  logs = join(folder, 'logs');
  mkdirSync(logs);
  truth = composeLogs({
    bytes: 1_500_000,
    fileBytes: 200_000,
    write: ({ name, text }) => writeFileSync(join(logs, name), text, 'latin1'),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(...paths: string[]): Promise<LogSummary> {
  const run = new LogRun(await findLogSources(paths));
  try {
    await run.read();
    return run.summary();
  } finally {
    await run.close();
  }
}

/** What must not depend on how the lines are spread over files. */
function counts({
  records,
  bad_lines,
  sessions,
  delivered,
  since,
  until,
  by_stage,
  by_remote,
  by_reply,
  by_connector,
  by_hour,
}: LogSummary) {
  const replies = by_reply.map(({ at: _, ...rest }) => rest);
  return {
    records,
    bad_lines,
    sessions,
    delivered,
    since,
    until,
    by_stage,
    by_remote,
    by_reply: replies,
    by_connector,
    by_hour,
  };
}

function expectTruth(summary: LogSummary, known: LogTruth): void {
  expect(summary.sessions).toBe(known.sessions);
  expect(summary.delivered).toBe(known.delivered);
  expect(summary.lines).toBe(known.lines);
  expect(summary.bytes).toBe(known.bytes);
  expect(summary.bad_lines).toBe(0);
  expect(summary.headers + summary.records + summary.bad_lines).toBe(summary.lines);
  expect(summary.by_stage).toEqual(known.byStage);
  expect(new Map(summary.by_remote.map(({ remote, ...peer }) => [remote, peer]))).toEqual(known.byRemote);
  const replies = summary.by_reply.filter(({ reply }) => reply !== '');
  expect(new Map(replies.map(({ stage, reply, count }) => [`${stage} ${reply}`, count]))).toEqual(known.byReply);
}

const lines = (): string[] =>
  readdirSync(logs).flatMap((name) =>
    readFileSync(join(logs, name), 'latin1')
      .split('\r\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
  );

/** The lines dealt out to files in any order. */
function deal(into: string, files: number, pack: (text: string) => Uint8Array, ending: string): void {
  mkdirSync(into);
  const next = random(7);
  const hands: string[][] = Array.from({ length: files }, () => []);
  for (const line of lines()) hands[Math.floor(next() * files)]?.push(line);
  for (const [i, hand] of hands.entries()) {
    for (let at = hand.length - 1; at > 0; at -= 1) {
      const other = Math.floor(next() * (at + 1));
      [hand[at], hand[other]] = [hand[other] as string, hand[at] as string];
    }
    writeFileSync(join(into, `part-${i}${ending}`), pack(`${hand.join('\n')}\n`));
  }
}

describe('a folder of protocol logs', () => {
  test('gives the truth about what was composed, at 1.5 and at 10 MB', async () => {
    expectTruth(await read(logs), truth);
    const large = join(folder, 'large');
    mkdirSync(large);
    const known = composeLogs({
      bytes: 10_000_000,
      seed: 3,
      write: ({ name, text }) => writeFileSync(join(large, name), text, 'latin1'),
    });
    expectTruth(await read(large), known);
  });

  test('gives the same when its lines are shuffled over files without headers, plain and packed', async () => {
    const plain = counts(await read(logs));
    deal(join(folder, 'shuffled'), 5, (text) => Buffer.from(text, 'latin1'), '.log');
    expect(counts(await read(join(folder, 'shuffled')))).toEqual(plain);
    deal(join(folder, 'packed'), 3, (text) => gzipSync(Buffer.from(text, 'latin1')), '.log.gz');
    expect(counts(await read(join(folder, 'packed')))).toEqual(plain);
  });

  test('gives the same from a zip archive, from UTF-16 and with a mark of UTF-8', async () => {
    const plain = await read(logs);
    const archive = join(folder, 'logs.zip');
    writeFileSync(
      archive,
      zipOf(readdirSync(logs).map((name) => ({ name: `inner/${name}`, bytes: readFileSync(join(logs, name)) }))),
    );
    const zipped = await read(archive);
    expect(counts(zipped)).toEqual(counts(plain));
    expect(zipped.files).toBe(plain.files);
    expect(zipped.by_reply[0]?.at.file).toMatch(/logs\.zip!inner\/(?:RECV|SEND)\d+-\d+\.LOG$/);
    for (const [kind, encode] of Object.entries({
      wide: (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
      bare: (text: string) => Buffer.from(text, 'utf16le'),
      marked: (text: string) => Buffer.from(`\ufeff${text}`, 'utf8'),
    })) {
      mkdirSync(join(folder, kind));
      for (const name of readdirSync(logs))
        writeFileSync(join(folder, kind, name), encode(readFileSync(join(logs, name), 'latin1')));
      expect(counts(await read(join(folder, kind))), kind).toEqual(counts(plain));
    }
  });

  test('is the sum of its files: summaries of parts join to that of the whole', async () => {
    const whole = await read(logs);
    // No session may run over the border between the two: receive and send logs share none.
    const named = (kind: string) =>
      readdirSync(logs)
        .filter((name) => name.startsWith(kind))
        .map((name) => join(logs, name));
    const parts = [await read(...named('RECV')), await read(...named('SEND'))].map((part, i) =>
      parseSummary(`${i}.json`, JSON.stringify(part)),
    );
    expect(mergeSummaries(parts)).toEqual(whole);
  });

  test('refuses to join what leaves rows out, or is no summary', async () => {
    const summary = await read(logs);
    expect(() => parseSummary('a.json', JSON.stringify({ ...summary, full: false }))).toThrow(
      /a\.json was made without --full/,
    );
    expect(() => parseSummary('b.json', '{"files":1}')).toThrow(/b\.json is no summary of logs: bytes/);
    expect(() => parseSummary('c.json', 'x')).toThrow(/c\.json is no JSON document/);
  });
});

describe('the sessions of a run', () => {
  test('are each read again in full, with their lines, and agree with the counts', async () => {
    const run = new LogRun(await findLogSources([logs]));
    await run.read();
    const stages: Record<string, number> = {};
    const sample = new Map<string, FoundSession>();
    for await (const session of readSessions(run, null)) {
      stages[session.stage] = (stages[session.stage] ?? 0) + 1;
      sample.set(session.stage, session);
    }
    await run.close();
    expect(stages).toEqual(truth.byStage);
    const blob = sample.get('blob') as FoundSession;
    expect(blob.steps.filter(({ n }) => n !== null).map(({ n }) => n)).toEqual(
      expect.arrayContaining([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15]),
    );
    expect(blob.steps.some(({ n }) => n === 13)).toBe(false);
    expect(blob.xexch50).toEqual({ command: 'XEXCH50 1124 2', reply: '354 Send binary data' });
    expect(blob.lines.every(({ text }) => text.includes(blob.session))).toBe(true);
    expect(sample.get('ehlo')?.traces).toEqual(['masked command (xxxx)']);
    const auth = sample.get('auth') as FoundSession;
    expect(auth.auth).toMatchObject({ mechanism: 'LOGIN', succeeded: false });
    expect(auth.capabilities.before).toContain('X-EXPS GSSAPI NTLM');
    expect(sample.get('connect')?.reply).toMatch(/^Failed to connect\. Winsock error code: 1006[01]/);
  });

  test('are narrowed down by stage, remote and time', async () => {
    const run = new LogRun(await findLogSources([logs]));
    await run.read();
    const all = run.summary();
    const only = (filter: Parameters<typeof filterOf>[0]) => run.summary(filterOf(filter, run.texts));
    expect(only({ stages: ['xexch50', 'blob'] }).sessions).toBe(
      (truth.byStage.xexch50 ?? 0) + (truth.byStage.blob ?? 0),
    );
    expect(only({ remote: '198.51.100.1' }).sessions).toBe(truth.byRemote.get('198.51.100.1')?.sessions);
    const range = [...truth.byRemote].filter(([remote]) => remote.startsWith('203.0.113.'));
    expect(only({ remote: '203.0.113.0/24' }).sessions).toBe(
      range.reduce((sum, [, { sessions }]) => sum + sessions, 0),
    );
    const middle = (Date.parse(all.since as string) + Date.parse(all.until as string)) / 2;
    const [early, late] = [only({ until: middle }).sessions, only({ since: middle }).sessions];
    expect(early + late).toBe(all.sessions);
    expect(Math.min(early, late)).toBeGreaterThan(0);
    await run.close();
  });
});

describe('files that are no logs', () => {
  test('are named with the reason, and the rest is read', async () => {
    const mixed = join(folder, 'mixed');
    mkdirSync(join(mixed, 'sub folder, with "signs" [1]'), { recursive: true });
    const put = (name: string, bytes: string | Uint8Array) => writeFileSync(join(mixed, name), bytes);
    put('empty.log', '');
    put('program.exe', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0]));
    put('noise.bin', Buffer.from(Array.from({ length: 4000 }, (_, i) => i % 7)));
    put('readme.txt', 'nothing to see here\n'.repeat(300));
    put('broken.gz', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.from('no gzip')]));
    const whole = gzipSync(readFileSync(join(logs, readdirSync(logs)[0] as string)));
    put('cut.gz', whole.subarray(0, whole.length / 2));
    put('broken.zip', Buffer.from('PK\u0003\u0004 and then nothing'));
    put('events.evtx', Buffer.concat([Buffer.from('ElfFile\0'), Buffer.alloc(100)]));
    const name = readdirSync(logs)[0] as string;
    writeFileSync(join(mixed, 'sub folder, with "signs" [1]', name), readFileSync(join(logs, name)));
    const summary = await read(mixed);
    expect(summary.sessions).toBeGreaterThan(10);
    const why = Object.fromEntries(
      summary.skipped.map(({ file, why: reason }) => [file.slice(mixed.length + 1), reason]),
    );
    expect(why).toEqual({
      'program.exe': 'it is a program. Hand over what it printed',
      'empty.log': 'it is empty',
      'noise.bin': expect.stringMatching(/^it is no text but the bytes of some other file\. Open it/),
      'readme.txt': 'it is no log that sessions can be read from',
      'broken.gz': expect.any(String),
      'cut.gz': expect.stringMatching(/^read up to line [1-9]\d* only: /),
      'broken.zip': expect.any(String),
      'events.evtx': expect.stringMatching(
        /^it is an event log file \(\.evtx\)\. Export its events as text, .*wevtutil qe/,
      ),
    });
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'that this account may not read are named (needs an account that is not root)',
    async () => {
      const closed = join(folder, 'closed');
      mkdirSync(closed);
      writeFileSync(join(closed, 'a.log'), 'x');
      chmodSync(join(closed, 'a.log'), 0);
      expect((await read(closed)).skipped).toEqual([
        { file: join(closed, 'a.log'), why: 'this account may not read it' },
      ]);
    },
  );

  test('and archives that unpack without end are given up', async () => {
    const bomb = join(folder, 'bomb.log.gz');
    writeFileSync(bomb, gzipSync(Buffer.alloc(80 * 1024 * 1024, '2025-01-06T10:15:00.101Z,a,b,0,c,d,+,,\n')));
    const summary = await read(bomb);
    expect(summary.skipped[0]?.why).toMatch(/unpacks to so much/);
  });

  test('nor is a cut last line, a line of 10 MB or one full of NULs a reason to stop', async () => {
    const name = readdirSync(logs)[0] as string;
    const good = readFileSync(join(logs, name), 'latin1');
    const odd = join(folder, 'odd.log');
    writeFileSync(
      odd,
      `${good}${'y'.repeat(10_000_000)}\r\n${'\0'.repeat(50)}\r\n2025-01-06T10:15:00.101Z,MBX02\\Default,08DD`,
    );
    const [before, after] = [await read(join(logs, name)), await read(odd)];
    expect(after.sessions).toBe(before.sessions);
    expect(after.by_stage).toEqual(before.by_stage);
    expect(after.bad.map(({ why, count }) => `${why} ${count}`).sort()).toEqual([
      'fields are missing 2',
      'it is longer than a megabyte 1',
    ]);
    expect(after.headers + after.records + after.bad_lines).toBe(after.lines);
  });

  test('and reading can be cancelled', async () => {
    const run = new LogRun(await findLogSources([logs]));
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(run.read({ signal: stop.signal })).rejects.toThrow('enough');
    await run.close();
  });
});
