/** Whose clock the times of a log are: no time is called UTC that is none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { Intake } from '../../../electron/intake/intake.ts';
import { evidenceOf } from '../../../electron/intake/intake-evidence.ts';
import { findLogSources } from '../../../electron/intake/log-sources.ts';
import { findLogs } from '../../../wizards/engine/intake/find-logs.ts';
import { unfold } from '../../../wizards/engine/intake/unfold.ts';
import { testLibrary } from '../../fixtures/events/library.ts';

// Threads are started, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
const folder = mkdtempSync(join(tmpdir(), 'fieldguide-clocks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const W3C = [
  '#Date: 2006-10-09 05:00:15',
  '#Fields: date time c-ip s-sitename cs-method cs-uri-query sc-status',
  '2006-10-09 05:00:50 192.0.2.22 SMTPSVC1 EHLO +mail 250',
  '2006-10-09 05:00:51 192.0.2.22 SMTPSVC1 MAIL +FROM:<a> 530',
].join('\r\n');
const NCSA = [
  '192.0.2.9 - mail [11/Oct/2006:13:16:40 -0600] "EHLO -?+mail SMTP" 250 46',
  '192.0.2.9 - mail [11/Oct/2006:13:16:41 -0600] "MAIL -?+FROM:<a> SMTP" 530 46',
].join('\r\n');
const IMS = [
  '5/13/00 2:36:27 PM : <<< EHLO server1.contoso.com',
  '5/13/00 2:36:28 PM : >>> 250 server2.contoso.com',
  '5/13/00 2:36:29 PM : <<< MAIL FROM:<a@contoso.com>',
  '5/13/00 2:36:30 PM : >>> 550 5.7.1 Refused',
].join('\r\n');

test.each([
  ['W3C logs are in UTC', W3C, { time_utc: '2006-10-09T05:00:50.000Z' }],
  ['NCSA logs have their offset, which is taken off', NCSA, { time_utc: '2006-10-11T19:16:40.000Z' }],
  ['the log of Exchange 5.5 is in local time, as it stands', IMS, { time: '2000-05-13 14:36:27' }],
])('%s', (_, text, times) => {
  const fields = findLogs(unfold(text), 10)[0]?.fields ?? {};
  const { time, time_utc } = fields;
  expect(Object.fromEntries(Object.entries({ time, time_utc }).filter(([, value]) => value !== undefined))).toEqual(
    times,
  );
});

test('a summary counts the files without an offset, and evidence says whose time it is', async () => {
  writeFileSync(join(folder, 'a-ex061009.log'), W3C);
  writeFileSync(join(folder, 'b-ncsa.log'), NCSA);
  writeFileSync(join(folder, 'c-L0000001.log'), IMS);
  const intake = new Intake({ id: '1', library: testLibrary() });
  await intake.read(findLogSources([folder]), 'logs');
  expect(intake.view().summary).toMatchObject({ files: 3, sessions: 3, bad_lines: 0, local_time_files: 1 });
  const { rows } = intake.sessions.page({}, 0, 10);
  const said = new Map<string, string | undefined>();
  for (const { row, file } of rows) {
    const [evidence] = await evidenceOf(intake, { sessions: [row], files: [] });
    said.set(
      file.slice(folder.length + 1),
      evidence?.text.split('\n').find((line) => line.startsWith('Times')),
    );
  }
  expect(Object.fromEntries(said)).toEqual({
    'a-ex061009.log': 'Times in the log are in UTC.',
    'b-ncsa.log': 'Times in the log have their offset from UTC beside them.',
    'c-L0000001.log': 'Times in the log are local time of the server that wrote it.',
  });
  await intake.close();
});
