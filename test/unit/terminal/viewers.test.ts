/** What a page sees of a tab, and that no page can stop or slow a command; with a real bash. */
import { afterEach, describe, expect, test } from 'vitest';
import { FRAME, VIEWER_SCROLLBACK } from '../../../electron/contract-terminal.ts';
import { loadHeadless } from '../../../electron/terminal/headless.ts';
import { RecordingViewer } from './recording-viewer.ts';
import { closeAll, hasShell, openShell, until } from './shell-under-test.ts';

afterEach(closeAll);

const FLOOD = 'seq 1 600000';
const FLOOD_BYTES = 4_000_000;
/** Each line shows the cursor (a switch), so that none may be left out. */
const SWITCHING = `seq 1 600000 | sed $'s/^/\\e[?25h/'`;

/** What a terminal of the snapshot's size shows after the viewer's bytes. */
async function shown(viewer: RecordingViewer): Promise<string[]> {
  const { Terminal } = await loadHeadless();
  const first = viewer.frames.findLast((frame) => frame.type === 'snapshot');
  if (first?.type !== 'snapshot') throw new Error('no snapshot came');
  const terminal = new Terminal({
    cols: first.header.columns,
    rows: first.header.rows,
    scrollback: 5000,
    allowProposedApi: true,
  });
  await new Promise<void>((done) => terminal.write(viewer.text, done));
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '');
  terminal.dispose();
  return lines;
}

describe.skipIf(!hasShell('bash'))('a viewer', () => {
  test('gets the screen and the last stretch above it first, then what comes', async () => {
    const { terminals, tab, run } = await openShell('bash');
    await run('seq 1 5000');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    expect(viewer.frames[0]?.type).toBe('snapshot');
    await run('echo later');
    await until(() => viewer.text.includes('later'), 'the output came');
    const lines = await shown(viewer);
    expect(lines).toContain('3100');
    expect(lines).toContain('5000');
    expect(lines.indexOf('later')).toBeGreaterThan(lines.indexOf('5000'));
    expect(lines.filter((line) => line === '4999')).toHaveLength(1);
  });

  test('that comes back after a reload sees what the one before saw', async () => {
    const { terminals, tab, run } = await openShell('bash');
    const before = new RecordingViewer();
    terminals.attach(tab, before.channel);
    await run(`printf '\\033[31mred\\033[0m one\\ntwo\\n'`);
    await until(() => before.text.includes('two\r\n'), 'the output came');
    before.disconnect();
    const after = new RecordingViewer();
    terminals.attach(tab, after.channel);
    await until(() => after.count('snapshot') === 1, 'the snapshot came');
    const trimmed = (lines: string[]): string => lines.join('\n').trimEnd();
    expect(trimmed(await shown(after))).toContain('red one\ntwo');
    expect(after.text).toContain('\x1b[31mred');
  });

  test('is told where commands begin and end, in the order of the output', async () => {
    const { terminals, tab, run } = await openShell('bash');
    await run('echo first');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    const header = viewer.frames[0]?.type === 'snapshot' ? viewer.frames[0].header : null;
    expect(header?.commands).toMatchObject([{ id: 1, result: 'ok' }]);
    expect((await shown(viewer))[header?.commands[0]?.line ?? -1]).toBe('first');
    await run('echo second; false');
    await until(
      () => viewer.frames.some((frame) => frame.type === 'command' && frame.notice.phase === 'end'),
      'the end was told',
    );
    const kinds = viewer.frames.map((frame) => {
      if (frame.type === 'command') return `${frame.notice.phase}:${frame.notice.result}`;
      return frame.type === 'output' &&
        Buffer.from(frame.bytes).includes('second\r\n') &&
        !Buffer.from(frame.bytes).includes('echo')
        ? 'output'
        : '';
    });
    expect(kinds.filter(Boolean)).toEqual(['start:null', 'output', 'end:failed']);
  });

  test('never gets a mark or the secret', async () => {
    const { terminals, tab, run } = await openShell('bash');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await run('ls /');
    await run('true');
    expect(viewer.text).not.toContain('\x1b]633;');
  });

  test('types, resizes, and another one is told the size', async () => {
    const { terminals, tab, text } = await openShell('bash');
    const [one, two] = [new RecordingViewer(), new RecordingViewer()];
    terminals.attach(tab, one.channel);
    terminals.attach(tab, two.channel);
    await until(() => one.count('snapshot') + two.count('snapshot') === 2, 'the snapshots came');
    one.resize(101, 33);
    expect(terminals.tabs()[0]).toMatchObject({ columns: 101, rows: 33 });
    expect(await text('stty size')).toBe('33 101\n');
    expect(two.frames).toContainEqual({ type: 'size', columns: 101, rows: 33 });
    one.type('echo typed by hand\r');
    await until(() => terminals.commands(tab).length === 2 && terminals.commands(tab)[1]?.result === 'ok', 'it ran');
  });

  test('that sends rubbish changes nothing', async () => {
    const { terminals, tab, text } = await openShell('bash');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    for (const bytes of [
      [],
      [0],
      [255, 1],
      [FRAME.resize],
      [FRAME.resize, 0, 0, 0, 0],
      [FRAME.resize, 255, 255, 0, 9],
      [FRAME.ack, 1],
      [FRAME.visible],
    ]) {
      viewer.send(Uint8Array.from(bytes));
    }
    viewer.send(new Uint8Array(1024 * 1024 + 2).fill(FRAME.input));
    viewer.acknowledge(0xffffffff);
    expect(terminals.tabs()[0]).toMatchObject({ columns: 80, rows: 24 });
    expect(await text('echo on')).toBe('on\n');
  });
});

describe.skipIf(!hasShell('bash'))('a flood', () => {
  test('goes to a quick viewer whole', async () => {
    const { terminals, tab, run } = await openShell('bash');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    const capture = await run(FLOOD);
    await until(() => viewer.text.includes('600000\r\n'), 'the last line came');
    expect(capture.totalBytes).toBeGreaterThan(FLOOD_BYTES);
    expect(viewer.text).toContain(Buffer.from(capture.output).toString());
    expect(viewer.count('snapshot')).toBe(1);
    expect(
      Math.max(...viewer.frames.map((frame) => (frame.type === 'output' ? frame.bytes.length : 0))),
    ).toBeLessThanOrEqual(64 * 1024);
  });

  test('does not wait for a slow viewer that is looking: lines that it could never show are left out', async () => {
    const { terminals, tab, run } = await openShell('bash');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    viewer.acknowledges = false;
    const capture = await run('seq 1 2000000');
    expect(capture.result).toBe('ok');
    expect(viewer.outputBytes).toBeLessThan(700 * 1024);
    viewer.acknowledges = true;
    viewer.acknowledge(viewer.outputBytes);
    await until(() => viewer.text.includes('\n2000000\r\n'), 'the last line came');
    expect(viewer.count('snapshot')).toBe(1);
    expect(viewer.outputBytes).toBeLessThan(6 * 1024 * 1024);
    // All that a page keeps came whole.
    const lastLines = Array.from(
      { length: VIEWER_SCROLLBACK },
      (_, n) => `${2_000_000 - VIEWER_SCROLLBACK + 1 + n}\r\n`,
    );
    expect(viewer.text.includes(lastLines.join(''))).toBe(true);
  });

  test('in which nothing may be left out waits for a slow viewer, and goes on when it has read', async () => {
    const { terminals, tab, run } = await openShell('bash');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    viewer.acknowledges = false;
    const running = run(SWITCHING);
    await new Promise((done) => setTimeout(done, 700));
    const sent = viewer.outputBytes;
    expect(sent).toBeGreaterThan(256 * 1024);
    expect(sent).toBeLessThan(1024 * 1024);
    expect(terminals.tabs()[0]?.running).not.toBeNull();
    viewer.acknowledges = true;
    viewer.acknowledge(sent);
    const capture = await running;
    expect(capture.result).toBe('ok');
    await until(() => viewer.text.includes('600000\r\n'), 'the last line came');
    expect(viewer.count('snapshot')).toBe(1);
    expect(viewer.text.includes(Buffer.from(capture.output).toString())).toBe(true);
  });

  test('does not wait for a viewer that never reads: it is left behind, and gets a snapshot when it wakes up', async () => {
    const { terminals, tab, run } = await openShell('bash');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    viewer.acknowledges = false;
    expect(await run(SWITCHING, { timeoutMs: 12_000 })).toMatchObject({ result: 'ok', ended: 'exit' });
    expect(viewer.outputBytes).toBeLessThan(3 * 1024 * 1024);
    viewer.acknowledge(viewer.outputBytes);
    await until(() => viewer.count('snapshot') === 2, 'a second snapshot came');
    expect(await shown(viewer)).toContain('600000');
  });

  test('does not wait for a hidden viewer, and sends it next to nothing until it is shown again', async () => {
    const { terminals, tab, run } = await openShell('bash');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    viewer.acknowledges = false;
    viewer.show(false);
    expect((await run(FLOOD)).result).toBe('ok');
    expect(viewer.outputBytes).toBeLessThanOrEqual(64 * 1024);
    viewer.show(true);
    await until(() => viewer.count('snapshot') === 2, 'a second snapshot came');
    expect(await shown(viewer)).toContain('600000');
  });

  test('does not wait for a viewer that is gone', async () => {
    const { terminals, tab, run } = await openShell('bash');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    viewer.acknowledges = false;
    const running = run(SWITCHING);
    await until(() => viewer.outputBytes > 256 * 1024, 'the flood waits');
    viewer.disconnect();
    expect((await running).result).toBe('ok');
  });

  test('keeps the end of what it printed for a later viewer, and modes that were set before', async () => {
    const { terminals, tab, run } = await openShell('bash');
    await run(`printf '\\033[?1003h'; ${FLOOD}`);
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    const lines = await shown(viewer);
    for (const line of ['599000', '599999', '600000']) expect(lines).toContain(line);
    expect(viewer.text).toContain('\x1b[?1003h');
  });
});
