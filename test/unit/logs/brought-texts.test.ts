/** Files that are no logs, dropped together with logs: what is in them, and the text in which it is found. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { Intake } from '../../../electron/intake/intake.ts';
import { evidenceOf } from '../../../electron/intake/intake-evidence.ts';
import { findLogSources } from '../../../electron/intake/log-sources.ts';
import { SAMPLE, viewer2003 } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';
import { REPORT } from '../../fixtures/mail/compose.ts';

// Threads are started, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
const folder = mkdtempSync(join(tmpdir(), 'fieldguide-brought-texts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an event in UTF-16 and a whole mail are read, and the lines of their evidence are those of the findings', async () => {
  writeFileSync(join(folder, 'event.txt'), Buffer.from(`\ufeff${viewer2003(SAMPLE)}`, 'utf16le'));
  writeFileSync(join(folder, 'report.eml'), REPORT);
  writeFileSync(join(folder, 'notes.txt'), 'The meeting is on Monday.\n');
  const intake = new Intake({ id: '1', library: testLibrary() });
  await intake.read(findLogSources([folder]), 'files');
  const { texts, summary, suggestions } = intake.view();
  expect(texts.map(({ file, findings }) => [file.slice(folder.length + 1), findings.map(({ kind }) => kind)])).toEqual([
    ['report.eml', ['headers', 'ndr', 'ndr', 'headers']],
    ['event.txt', ['event']],
  ]);
  expect(summary?.skipped).toEqual([{ file: join(folder, 'notes.txt'), why: 'nothing was recognised in it' }]);
  expect(suggestions[0]).toMatchObject({ wizard: 'entry', ground: { kind: 'file', file: join(folder, 'event.txt') } });
  const [evidence] = await evidenceOf(intake, { sessions: [], files: [join(folder, 'report.eml')] });
  const lines = evidence?.text.split('\n') ?? [];
  const bounced = evidence?.findings.find(({ id }) => id === '5.1.1');
  const from = bounced?.line as number;
  expect(lines.slice(from - 1, bounced?.end ?? from + 20).join('\n')).toMatch(/5\.1\.1/);
  expect(lines[0]).toBe(`File: ${join(folder, 'report.eml')}`);
  await intake.close();
});
