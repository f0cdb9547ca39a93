/** Message tracking and connectivity logs in a folder: the way of one message over the logs of several servers. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { Intake } from '../../../electron/intake/intake.ts';
import { evidenceOf } from '../../../electron/intake/intake-evidence.ts';
import { findLogSources } from '../../../electron/intake/log-sources.ts';
import { createLibrary, type Library } from '../../../wizards/engine/library.ts';
import { TRACKING_FIELDS } from '../../../wizards/engine/logs/tracking.ts';

// Threads are started, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
const folder = mkdtempSync(join(tmpdir(), 'fieldguide-row-logs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let library: Library;
beforeAll(async () => {
  library = createLibrary((await compileLibrary(readYamlFolder('wizards'))).files);
}, 60_000);

/** A row of message tracking with these fields, the others empty. */
function row(fields: Record<string, string>): string {
  const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return TRACKING_FIELDS.map((name) => quoted(fields[name] ?? '')).join(',');
}
const log = (type: string, fields: readonly string[], rows: string[]): string =>
  ['#Software: Microsoft Exchange Server', `#Log-type: ${type}`, `#Fields: ${fields.join(',')}`, ...rows, ''].join(
    '\r\n',
  );
const message = {
  'message-id': '<4711@contoso.com>',
  'recipient-address': 'user2@fabrikam.com',
  'message-subject': 'secret',
};

async function intakeOf(): Promise<Intake> {
  const intake = new Intake({ id: '1', library });
  await intake.read(findLogSources([folder]), 'logs');
  return intake;
}

test('the way of one message is put together, its subject stays out, and what failed suggests a wizard', async () => {
  // The second server's log is packed, and comes first by name.
  const second = log('Message Tracking Log', TRACKING_FIELDS, [
    row({
      ...message,
      'date-time': '2025-01-06T10:00:05.000Z',
      'server-hostname': 'MBX02',
      source: 'ROUTING',
      'event-id': 'FAIL',
      'recipient-status': '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found, by SMTP',
    }),
    'not a row',
  ]);
  const first = log('Message Tracking Log', TRACKING_FIELDS, [
    row({
      ...message,
      'date-time': '2025-01-06T10:00:01.000Z',
      'server-hostname': 'MBX01',
      source: 'STOREDRIVER',
      'event-id': 'RECEIVE',
    }),
  ]);
  writeFileSync(join(folder, 'a-MSGTRK2.LOG.gz'), gzipSync(second));
  writeFileSync(join(folder, 'b-MSGTRK1.LOG'), first);
  const connect = (text: string, direction: string): string =>
    `2025-01-06T10:00:0${direction === '+' ? 1 : 2}.000Z,08DD2E10A1B2C3D4,SMTP,fabrikam.com,${direction},${text}`;
  writeFileSync(
    join(folder, 'c-CONNECTLOG.LOG'),
    log(
      'Transport Connectivity Log',
      ['date-time', 'session', 'source', 'Destination', 'direction', 'description'],
      [
        connect('DnsConnectorDelivery b1', '+'),
        connect('Failed connection to 198.51.100.25:25 (TimedOut:0000274C)', '>'),
        connect('Messages: 0 Bytes: 0 (Attempting next target)', '-'),
      ],
    ),
  );
  const intake = await intakeOf();
  const { summary, texts, suggestions, phase } = intake.view();
  expect(phase).toBe('done');
  expect(summary).toMatchObject({
    files: 3,
    bad_lines: 1,
    sessions: 0,
    tracking: { files: 2, rows: 2, messages: 1, by_outcome: { refused: 1 } },
    connectivity: { files: 1, sessions: 1, by_stage: { connect: 1 } },
  });
  expect((summary?.headers ?? 0) + (summary?.records ?? 0) + (summary?.bad_lines ?? 0)).toBe(summary?.lines);
  const [tracked, connection] = texts.flatMap(({ findings }) => findings);
  expect(tracked).toMatchObject({
    kind: 'tracking',
    id: 'FAIL',
    source: join(folder, 'a-MSGTRK2.LOG.gz'),
    line: 4,
    fields: { message_id: '<4711@contoso.com>', recipient: 'user2@fabrikam.com', local_server: 'MBX02' },
  });
  expect(tracked?.way?.map(({ event, server }) => `${server} ${event}`)).toEqual(['MBX01 RECEIVE', 'MBX02 FAIL']);
  expect(connection).toMatchObject({ kind: 'session', id: 'connect', fields: { domain: 'fabrikam.com' } });
  expect(JSON.stringify(texts)).not.toContain('secret');
  expect(suggestions.map(({ wizard }) => wizard)).toContain('recipient-loop');
  const file = join(folder, 'a-MSGTRK2.LOG.gz');
  const [evidence] = await evidenceOf(intake, { sessions: [], files: [file] });
  expect(evidence?.text).toContain('line 4: 2025-01-06T10:00:05.000Z  MBX02  ROUTING  FAIL');
  expect(evidence?.findings[0]?.fields).toMatchObject({ log_file: file, log_line: '4' });
  await intake.close();
});

test('a log that was put behind another is read as well, in whatever order they stand', async () => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const tracking = log('Message Tracking Log', TRACKING_FIELDS, [
    row({
      ...message,
      'date-time': '2025-01-06T10:00:01.000Z',
      'server-hostname': 'MBX01',
      source: 'SMTP',
      'event-id': 'RECEIVE',
    }),
  ]);
  const samples = readdirSync('test/fixtures/logs/samples').map((name) =>
    readFileSync(join('test/fixtures/logs/samples', name), 'latin1'),
  );
  writeFileSync(join(folder, 'a.log'), `${samples[0]}${tracking}`);
  writeFileSync(join(folder, 'b.log'), `${tracking}${samples[1]}`);
  const intake = await intakeOf();
  const { summary } = intake.view();
  expect(summary).toMatchObject({ files: 2, bad_lines: 0, sessions: 12, tracking: { files: 2, rows: 2, messages: 1 } });
  expect(summary?.by_remote.map(({ remote }) => remote)).toContain('198.51.100.196');
  await intake.close();
});
