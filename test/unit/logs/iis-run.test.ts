/** Logs without session ids, read by several workers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { LogRun } from '../../../electron/intake/log-run.ts';
import { findLogSources } from '../../../electron/intake/log-sources.ts';

// Threads are started, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
const folder = mkdtempSync(join(tmpdir(), 'fieldguide-iis-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the same session of every day is one session a day, and the web server is named', async () => {
  const row = (day: number, time: string, rest: string): string =>
    `2004-02-${10 + day} ${time} 198.51.100.9 SMTPSVC1 ${rest}`;
  for (let day = 0; day < 6; day += 1) {
    const rows = [
      '#Fields: date time c-ip s-sitename cs-method cs-uri-query sc-status',
      row(day, '23:59:58', 'EHLO +mail 250'),
      row(day, '23:59:59', day % 2 ? 'MAIL +FROM:<a> 530' : 'MAIL +FROM:<a> 250'),
    ];
    writeFileSync(join(folder, `ex04021${day}.log`), rows.join('\r\n'));
  }
  writeFileSync(
    join(folder, 'web.log'),
    '#Fields: date time c-ip s-sitename cs-method cs-uri-stem sc-status\n2004-02-10 10:00:00 198.51.100.9 W3SVC1 GET / 200\n',
  );
  const run = new LogRun(await findLogSources([folder]));
  try {
    await run.read();
    const summary = run.summary();
    expect(summary).toMatchObject({ files: 6, lines: 18, headers: 6, records: 12, bad_lines: 0, sessions: 6 });
    expect(summary.by_stage).toEqual({ none: 3, mail: 3 });
    expect(summary.by_remote).toEqual([{ remote: '198.51.100.9', sessions: 6, failed: 3 }]);
    expect(summary.by_reply).toMatchObject([
      { reply: '530', stage: 'mail', count: 3, connector: 'SMTPSVC1', at: { line: 2 } },
    ]);
    expect(summary.skipped).toEqual([
      { file: join(folder, 'web.log'), why: 'it is no log that sessions can be read from' },
    ]);
    expect([...run.parts.sessions()]).toEqual([]);
  } finally {
    await run.close();
  }
});
