import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { TabInfo } from '../../../electron/contract-terminal.ts';
import { Terminals } from '../../../electron/terminal/terminals.ts';
import { RecordingViewer } from './recording-viewer.ts';
import { asText, INTEGRATION, until } from './shell-under-test.ts';

const open: Terminals[] = [];
function terminals(environment?: Record<string, string>): Terminals {
  const one = new Terminals({ integrationDirectory: INTEGRATION, ...(environment ? { environment } : {}) });
  open.push(one);
  return one;
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

const SIMULATED = {
  title: 'Practice',
  shell: 'powershell',
  columns: 80,
  rows: 24,
  prompt: '[PS] C:\\>',
  host: 'ex01.contoso.com',
} as const;

describe('a simulated tab', () => {
  test('shows command and sample output, and gives a capture that says it is simulated', async () => {
    const core = terminals();
    const { id, kind, state } = core.openSimulated(SIMULATED);
    expect([kind, state]).toEqual(['simulated', 'ready']);
    const viewer = new RecordingViewer();
    core.attach(id, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    const capture = core.simulate(id, 'Get-Queue', 'Identity : EX01\\3\nStatus   : Retry');
    expect(capture).toMatchObject({
      text: 'Get-Queue',
      simulated: true,
      result: 'ok',
      ended: 'exit',
      host: 'ex01.contoso.com',
      shell: 'powershell',
    });
    expect(asText(capture)).toBe('Identity : EX01\\3\nStatus   : Retry\n');
    expect((await core.read(capture)).lines).toEqual(['Identity : EX01\\3', 'Status   : Retry']);
    await until(() => viewer.text.endsWith('Status   : Retry\r\n[PS] C:\\>'), 'it is shown');
    expect(viewer.text).toContain('[PS] C:\\>Get-Queue\r\nIdentity');
    expect(core.commands(id)).toHaveLength(1);
    expect(core.capture(id, 1)).toEqual(capture);
  });

  test('is there again for a page that was reloaded', async () => {
    const core = terminals();
    const { id } = core.openSimulated(SIMULATED);
    core.simulate(id, 'Get-Queue', '');
    const viewer = new RecordingViewer();
    core.attach(id, viewer.channel);
    await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
    expect(viewer.text).toContain('[PS] C:\\>Get-Queue\r\n[PS] C:\\>');
  });

  test('runs nothing', async () => {
    const core = terminals();
    const { id } = core.openSimulated(SIMULATED);
    expect(() => core.run(id, 'echo x')).toThrow(expect.objectContaining({ code: 'simulated' }));
    expect(() => core.interrupt(id)).toThrow(expect.objectContaining({ code: 'simulated' }));
  });
});

describe('what cannot be done is refused with a reason', () => {
  test('a tab that is not there', () => {
    expect(() => terminals().commands('tab-9')).toThrow(
      expect.objectContaining({ code: 'no-tab', message: expect.stringContaining('tab-9') }),
    );
  });

  test('a shell that is not there', async () => {
    await expect(
      terminals().open({ shell: process.platform === 'win32' ? 'bash' : 'cmd', columns: 80, rows: 24 }),
    ).rejects.toMatchObject({
      code: 'no-shell',
      message: expect.stringMatching(/Windows/),
    });
  });

  test.each([
    [0, 24],
    [80, 0],
    [-1, 24],
    [80.5, 24],
    [100_000, 24],
    [Number.NaN, 24],
  ])('a size of %d columns and %d rows', async (columns, rows) => {
    await expect(terminals().open({ shell: 'bash', columns, rows })).rejects.toMatchObject({ code: 'bad-size' });
  });

  test.skipIf(process.platform === 'win32')('a folder to start in that is not there, and no tab stays', async () => {
    const core = terminals();
    const { id } = await core
      .open({ shell: 'bash', columns: 80, rows: 24, directory: '/nonexistent/folder' })
      .catch(() => ({ id: null }));
    if (id !== null) await expect(core.ready(id, 5000)).rejects.toMatchObject({ code: 'dead' });
  });

  test.skipIf(process.platform === 'win32')('restarting a shell that lives', async () => {
    const core = terminals();
    const { id } = await core.open({ shell: 'bash', columns: 80, rows: 24 });
    await core.ready(id);
    await expect(core.restart(id)).rejects.toMatchObject({ code: 'not-dead' });
  });
});

describe.skipIf(process.platform === 'win32')('tabs', () => {
  test('are announced when they open, change and close, until the listener is removed', async () => {
    const core = terminals();
    const seen: TabInfo[][] = [];
    const stop = core.onTabs((tabs) => seen.push(tabs));
    const { id } = await core.open({ shell: 'bash', columns: 80, rows: 24 });
    await core.ready(id);
    await core.run(id, 'cd /');
    await core.ready(id);
    await core.close(id);
    await until(() => seen.at(-1)?.length === 0, 'the closing is told');
    const states = seen.flatMap((tabs) => tabs.map((tab) => tab.state));
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual([
      'starting',
      'ready',
      'busy',
      'ready',
    ]);
    expect(seen.flat().at(-1)?.directory).toBe('/');
    stop();
    const count = seen.length;
    core.openSimulated(SIMULATED);
    await new Promise((done) => setTimeout(done, 20));
    expect(seen).toHaveLength(count);
  });

  test('a shell that ends at once is dead, not starting for ever', async () => {
    const home = mkdtempSync(join(tmpdir(), 'terminal-test-'));
    writeFileSync(join(home, '.bashrc'), 'exit 3\n');
    const core = terminals({ PATH: process.env.PATH ?? '', HOME: home });
    const { id } = await core.open({ shell: 'bash', columns: 80, rows: 24, directory: home });
    await expect(core.ready(id)).rejects.toMatchObject({ code: 'dead' });
    expect(core.tabs()[0]).toMatchObject({ state: 'dead', exitCode: 3, message: expect.stringContaining('code 3') });
    rmSync(home, { recursive: true });
  });

  test('a start-up file that floods or fails is shown, and the tab is ready', async () => {
    const home = mkdtempSync(join(tmpdir(), 'terminal-test-'));
    writeFileSync(join(home, '.bashrc'), 'seq 1 100000\nnosuchcommand\nif fi\n');
    const core = terminals({ PATH: process.env.PATH ?? '', HOME: home });
    const { id } = await core.open({ shell: 'bash', columns: 80, rows: 24, directory: home });
    await core.ready(id);
    expect(asText(await core.run(id, 'echo on'))).toBe('on\n');
    rmSync(home, { recursive: true });
  });

  test('a terminal of one column works', async () => {
    const core = terminals();
    const { id } = await core.open({ shell: 'bash', columns: 1, rows: 24 });
    await core.ready(id);
    const capture = await core.run(id, 'echo wide');
    expect((await core.read(capture)).lines).toEqual(['wide']);
  });
});
