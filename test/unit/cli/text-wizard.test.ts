import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildProgram, type Program } from './program.ts';

// Every test starts processes, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
let program: Program;
beforeAll(async () => {
  program = await buildProgram();
  program.usePack();
}, 60_000);
afterAll(() => program.remove());

const walk = async (folder: string, keys: string[]): Promise<string> => {
  const { code, stdout } = await program.run(
    ['run', 'bench', '--case', program.path(folder)],
    keys.map((key) => `${key}\n`).join(''),
  );
  expect(code).toBe(0);
  return stdout;
};

describe('a walk by a person', () => {
  test('shows question, reason, machine, commands and numbered answers', async () => {
    const screen = await walk('shown', []);
    expect(screen).toContain('Is the bench open?');
    expect(screen).toContain('Why: Nothing passes a bench that is shut.');
    expect(screen).toContain('Done on: any machine');
    expect(screen).toContain('  cat mode.txt');
    expect(screen).toMatch(/^ +2 {2}It is shut$/m);
    expect(screen).toContain(`fieldguide run --case ${program.path('shown')}`);
  });

  test('a command is run, its line marked, the answer suggested, the change confirmed and proven', async () => {
    program.file('mode.txt', 'Bench : 1\nMode  : shut\n');
    const screen = await walk('mended', ['r BENCH1', '2 seen on site', 'r BENCH2', 'open', 'yes', 'r BENCH1', '1']);
    expect(screen).toMatch(/2 {2}It is shut {3}<- suggested by the output\n +line 2: Mode {2}: shut/);
    expect(screen).toContain('Verdict: The bench is shut');
    expect(screen).toContain('This changes mode.txt of the bench');
    expect(screen).toMatch(/1 {2}Done, and the proof succeeded {3}<- suggested/);
    expect(screen).toContain('is closed, verdict bench.shut');
    const { value } = await program.json(['show', program.path('mended')]);
    expect(value).toMatchObject({ state: 'closed', verdict: 'bench.shut' });
  });

  test('a change that was made by hand in a console is recorded, with the value asked for and its proof', async () => {
    program.file('mode.txt', 'Bench : 1\nMode  : open\n');
    const screen = await walk('by-hand', ['2', 'd', 'open', 'r BENCH1', '1']);
    expect(screen).toContain('Recorded as done by hand: Bench panel > Mode > “open”');
    expect(screen).toContain('is closed, verdict bench.shut');
    const { stdout } = await program.run(['export', program.path('by-hand'), '--format', 'md']);
    expect(stdout).toContain('Bench panel > Mode > “open”');
  });

  test('where nothing is changed by hand, it says what to do instead', async () => {
    expect(await walk('not-by-hand', ['d'])).toContain('Record what you did with n and words.');
  });

  test('anything but yes leaves everything as it was', async () => {
    program.file('mode.txt', 'Bench : 1\nMode  : shut\n');
    const screen = await walk('declined', ['2', 's bench_mode=open', 'r BENCH2', 'no', 'r BENCH1']);
    expect(screen).toContain('Nothing was changed.');
    expect(screen).toContain('   2  Mode  : shut');
  });

  test('pasted output is read up to the dot, and mistakes are answered with what to do', async () => {
    const screen = await walk('pasted', [
      'p BENCH1',
      'Bench : 1',
      'Mode  : open',
      '.',
      'r BENCH9',
      '7',
      'b',
      'n looked twice',
      'huh',
    ]);
    expect(screen).toMatch(/1 {2}It is open {3}<- suggested/);
    expect(screen).toContain('This step has no command "BENCH9".');
    expect(screen).toContain('The answers are 1 to 3.');
    expect(screen).toContain('Noted.');
    expect(screen).toContain('"huh" is not understood.');
  });

  test('control characters of an output never reach the terminal', async () => {
    const screen = await walk('hostile', [
      's bench_text=x',
      'p BENCH6',
      '\u001b]0;owned\u0007Mode : \u009b31mopen\u202e',
      '.',
    ]);
    for (const character of ['\u001b', '\u0007', '\u009b', '\u202e']) expect(screen).not.toContain(character);
  });

  test('works at a terminal: Ctrl+D ends a paste, Ctrl+C leaves with the case kept', async () => {
    const args = [join(program.folder, 'cli.js'), 'run', 'bench', '--case', program.path('tty')];
    const env = { ...process.env, FIELDGUIDE_HOME: program.home, HOME: program.home, TERM: 'xterm' } as Record<
      string,
      string
    >;
    const pty = spawn(process.execPath, args, { cols: 100, rows: 40, env, cwd: program.home });
    let screen = '';
    pty.onData((data: string) => (screen += data));
    const exit = new Promise<number>((resolve) =>
      pty.onExit(({ exitCode }: { exitCode: number }) => resolve(exitCode)),
    );
    await expect.poll(() => screen, { timeout: 10_000 }).toContain('> ');
    pty.write('p BENCH1\r');
    await expect.poll(() => screen, { timeout: 10_000 }).toContain('holds only a dot');
    pty.write('Mode  : open\r');
    pty.write('\u0004');
    await expect.poll(() => screen, { timeout: 10_000 }).toContain('suggested by the output');
    await expect.poll(() => screen.split('suggested by the output').at(-1), { timeout: 10_000 }).toContain('> ');
    pty.write('\u0003');
    expect(await exit).toBe(0);
    expect(screen).toContain('The case is kept');
    expect(screen).not.toContain('<U+001B>');
    const { value } = await program.json(['show', program.path('tty')]);
    expect(value.captures).toHaveLength(1);
  });
});
