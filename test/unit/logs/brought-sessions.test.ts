/** What the page asks of files that were brought: counts, pages, a session, wizards for it, and a case with it. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inProcess } from '../../../electron/in-process.ts';
import { composeLogs, type LogTruth } from '../../fixtures/logs/compose-logs.ts';
import { type SmallCore, smallCore } from '../doors/small-core.ts';

let small: SmallCore;
let logs: string;
let truth: LogTruth;
beforeEach(() => {
  small = smallCore('browser');
  logs = join(small.folder, 'ProtocolLog');
  mkdirSync(logs);
  truth = composeLogs({
    seed: 5,
    bytes: 400_000,
    fileBytes: 150_000,
    write: ({ name, text }) => writeFileSync(join(logs, name), text, 'latin1'),
  });
});
afterEach(() => small.dispose());

const door = () => inProcess(small.core, {});

/** The id of the files once all of them were read. */
async function broughtAll(paths = [logs]): Promise<string> {
  const { id } = await door().intake.open({ paths });
  for await (const view of await door().intake.watch({ intake: id })) if (view.phase === 'done') break;
  return id;
}

describe('the sessions of files that were brought', () => {
  test('lie in time as many as are counted, under any filter', async () => {
    const intake = await broughtAll();
    for (const filter of [{}, { failed: true }, { stages: ['rcpt' as const, 'none' as const] }]) {
      const { sessions, timeline } = await door().intake.summary({ intake, filter });
      const counts = timeline.bars.flatMap(({ by_stage }) => Object.values(by_stage));
      expect(sessions).toBeGreaterThan(0);
      expect(counts.reduce((sum, number) => sum + number, 0)).toBe(sessions);
    }
  });

  test('become evidence with file, size, hash and line, and their lines end with what decided them', async () => {
    const intake = await broughtAll();
    const page = await door().intake.sessions({ intake, filter: { stages: ['xexch50'] }, from: 0, count: 2 });
    expect(page.total).toBe(truth.byStage.xexch50);
    const rows = page.rows.map(({ row }) => row);
    const { id } = await door().cases.create({
      title: '',
      ticket: '',
      operator: 'tester',
      wizard: 'flags',
      intake: { id: intake, sessions: rows, files: [] },
    });
    const { evidence } = await door().cases.show({ case: id });
    expect(evidence).toHaveLength(2);
    for (const { row, file, line, reply } of page.rows) {
      const bytes = readFileSync(file);
      const item = evidence.find(({ fields }) => fields.log_file === file && fields.log_line === String(line));
      expect(item, `row ${row}`).toMatchObject({
        kind: 'session',
        fields: {
          stage: 'xexch50',
          reply,
          log_bytes: String(bytes.length),
          log_sha256: createHash('sha256').update(bytes).digest('hex'),
        },
      });
    }
    const { text } = await door().cases.export({ case: id, format: 'json' });
    const [first] = JSON.parse(text).evidence;
    const marked = first.text.lines.filter((one: { evidence: boolean }) => one.evidence);
    expect(marked[0].text).toContain('504 5.7.1 Not authorized');
    expect(marked.at(-1)).toEqual(first.text.lines.at(-1));
  });

  test('are more than one case may take along', async () => {
    const intake = await broughtAll();
    const rows = Array.from({ length: 21 }, (_, row) => row);
    await expect(door().intake.suggest({ intake, rows })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('that are not there are refused, and so is a path that leads nowhere', async () => {
    const intake = await broughtAll();
    await expect(door().intake.suggest({ intake, rows: [999_999] })).rejects.toMatchObject({ code: 'no-such-session' });
    await expect(door().intake.open({ paths: [join(logs, 'gone')] })).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('there is no such file or folder'),
      hint: expect.stringContaining('whole path'),
    });
  });

  test('a session that another server sent names the send connector, and what the other offers without its address', async () => {
    const intake = await broughtAll();
    const { rows } = await door().intake.sessions({ intake, filter: {}, from: 0, count: 500 });
    const sent = rows.find(({ file, stage }) => /SEND/.test(file) && stage === 'xexch50');
    const session = await door().intake.session({ intake, row: sent?.row ?? -1 });
    expect(session.direction).toBe('send');
    expect(session.capabilities.before).toContain('PIPELINING');
    expect(session.capabilities.before.filter((word) => word.startsWith('['))).toEqual([]);
    const { id } = await door().cases.create({
      title: 'x',
      ticket: '',
      operator: 'tester',
      wizard: 'flags',
      intake: { id: intake, sessions: [session.row], files: [] },
    });
    const { evidence } = await door().cases.show({ case: id });
    expect(evidence[0]?.fields).toMatchObject({ send_connector: 'Outbound to Internet' });
    expect(evidence[0]?.fields).not.toHaveProperty('connector');
  });
});
