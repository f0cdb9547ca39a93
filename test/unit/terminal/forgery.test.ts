/** What programs and start-up files must not be able to do to a capture; with real shells. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openPty } from '../../../electron/terminal/pty.ts';
import { prepareLaunch } from '../../../electron/terminal/shell-launch.ts';
import { findShells } from '../../../electron/terminal/shells.ts';
import { RecordingViewer } from './recording-viewer.ts';
import { asText, closeAll, hasShell, INTEGRATION, openShell, until } from './shell-under-test.ts';

afterEach(closeAll);

/** The bytes of a whole other session, its marks included. */
async function recordSession(shell: 'bash' | 'zsh'): Promise<{ bytes: Buffer; secret: string }> {
  const launch = prepareLaunch(shell, INTEGRATION, {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    ZDOTDIR: '/nonexistent',
  });
  const chunks: Uint8Array[] = [];
  const path = findShells().find((info) => info.shell === shell)?.path ?? '';
  let ended = false;
  const pty = await openPty(
    { file: path, args: launch.args, environment: launch.environment, directory: '/', columns: 80, rows: 24 },
    { data: (bytes) => chunks.push(bytes), exit: () => (ended = true) },
  );
  const all = (): string => Buffer.concat(chunks).toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this looks for
  await until(() => /;B\x07/.test(all()), 'there is a prompt');
  pty.write(Buffer.from('echo recorded\rexit\r'));
  await until(() => ended, 'the session has ended');
  launch.cleanUp();
  return { bytes: Buffer.concat(chunks), secret: launch.secret ?? '' };
}

describe.each(['bash', 'zsh'] as const)('in a real %s', (shell) => {
  describe.skipIf(!hasShell(shell))('a capture cannot be forged', () => {
    test.each([
      ['without a secret', `\\033]633;D;ok;0\\007`],
      ['with a guessed secret', `\\033]633;${'0'.repeat(32)};99;D;ok;0\\007`],
      ['with an empty secret', `\\033]633;;99;D;ok;0\\007`],
      ['one inside the other', `\\033]633;${'0'.repeat(32)};1;C;\\033]633;${'0'.repeat(32)};2;D;;0\\007\\007`],
      ['without an end', `\\033]633;`],
    ])('by printing marks %s', async (_, forged) => {
      const { run } = await openShell(shell);
      const capture = await run(`printf 'a${forged}b'; sh -c 'exit 5'`);
      expect(capture).toMatchObject({ exit: 5, result: 'failed' });
      const printed = forged.replaceAll('\\033', '\x1b').replaceAll('\\007', '\x07');
      expect(asText(capture)).toBe(`a${printed}b`);
    });

    test('by marks that arrive in pieces', async () => {
      const { run, home } = await openShell(shell);
      writeFileSync(
        join(home, 'slow.sh'),
        `printf '\\033]63'; sleep 0.05; printf '3;abc'; sleep 0.05; printf ';9;D;;0'; sleep 0.05; printf '\\007'; exit 6\n`,
      );
      const capture = await run('sh slow.sh');
      expect(capture.exit).toBe(6);
      expect(asText(capture)).toBe('\x1b]633;abc;9;D;;0\x07');
    });

    test('by showing the recording of another session', async () => {
      const { run, home } = await openShell(shell);
      const { bytes, secret } = await recordSession(shell);
      expect(bytes.includes(`\x1b]633;${secret};`)).toBe(true);
      writeFileSync(join(home, 'recording'), bytes);
      const capture = await run('cat recording; sh -c "exit 4"');
      expect(capture.exit).toBe(4);
      expect(Buffer.from(capture.output).includes(`\x1b]633;${secret};`)).toBe(true);
      expect(capture.totalBytes).toBeGreaterThanOrEqual(bytes.length);
    });

    test('by repeating a mark of this very session, with its secret and a number that was used', async () => {
      const { run } = await openShell(shell);
      const capture = await run(`printf '\\033]633;%s;%s;D;;0\\007' "$__fieldguide_secret" 1; sh -c 'exit 5'`);
      expect(capture.exit).toBe(5);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this looks for
      expect(asText(capture)).toMatch(/^\x1b\]633;[0-9a-f]{32};1;D;;0\x07$/);
    });
  });

  describe.skipIf(!hasShell(shell))('the secret of the marks', () => {
    test('is in no environment and no argument, and its file is gone', async () => {
      const { text } = await openShell(shell);
      const secret = (await text('echo $__fieldguide_secret')).trim();
      expect(secret).toMatch(/^[0-9a-f]{32}$/);
      expect(await text('env')).not.toContain(secret);
      expect(await text('cat /proc/self/environ | tr "\\\\0" "\\\\n"')).not.toContain(secret);
      const pid = (await text('echo $$')).trim();
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      expect(environment).not.toContain(secret);
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(secret);
      const file = /FIELDGUIDE_MARKS=([^\0]+)/.exec(environment)?.[1] ?? '';
      expect(file).not.toBe('');
      expect(existsSync(file)).toBe(false);
      expect(existsSync(join(file, '..'))).toBe(false);
    });

    test('is not inherited when the shell exports everything', async () => {
      const startUp = { '.bashrc': 'set -a\n', '.zshrc': 'setopt allexport\n' };
      const { text, run } = await openShell(shell, { files: startUp });
      const secret = (await text('echo $__fieldguide_secret')).trim();
      await run('set -a');
      await run('true');
      expect(secret).toMatch(/^[0-9a-f]{32}$/);
      expect(await text('env')).not.toContain(secret);
    });

    test('is not printed when the shell traces its commands', async () => {
      const { terminals, tab, text, run } = await openShell(shell);
      const secret = (await text('printf %s $__fieldguide_secret')).trim();
      const viewer = new RecordingViewer();
      await run('clear');
      terminals.attach(tab, viewer.channel);
      await run('set -x');
      await run('cd /');
      expect(await text('echo on')).toContain('on\n');
      await until(() => viewer.text.includes('echo on'), 'the trace is shown');
      // Once shown by this test itself, before the screen was cleared; the scrollback is not part of this.
      const traced = viewer.frames
        .flatMap((frame) => (frame.type === 'output' ? [Buffer.from(frame.bytes).toString()] : []))
        .join('');
      expect(traced).toContain('+');
      expect(traced).not.toContain(secret);
    });

    test('differs after a restart', async () => {
      const { text, run, terminals, tab } = await openShell(shell);
      const before = await text('echo $__fieldguide_secret');
      await run('exit');
      await terminals.restart(tab);
      await terminals.ready(tab);
      expect(await text('echo $__fieldguide_secret')).not.toBe(before);
    });
  });
});

describe.skipIf(!hasShell('bash'))('what belongs to the person stays, in bash', () => {
  test('PROMPT_COMMAND runs, and finds the status of the command', async () => {
    const { run, home } = await openShell('bash', { files: { '.bashrc': `PROMPT_COMMAND='echo "$?" >>~/seen'\n` } });
    await run('true');
    await run('(exit 9)');
    await until(() => readFileSync(join(home, 'seen'), 'utf8').endsWith('0\n9\n'), 'the hook has seen both');
  });

  test('a list in PROMPT_COMMAND, a DEBUG trap, PS0, PS1 and aliases of the start-up file', async () => {
    const startUp = [
      `PROMPT_COMMAND=('echo one >>~/seen' 'PS1="mine> "')`,
      `trap 'traced=$BASH_COMMAND' DEBUG`,
      `PS0='[started]'`,
      `alias greet='echo hello'`,
    ].join('\n');
    const { text, home, terminals, tab, run } = await openShell('bash', { files: { '.bashrc': `${startUp}\n` } });
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    expect(await text('greet')).toBe('hello\n');
    expect(await text('trap -p DEBUG')).toBe(`trap -- 'traced=$BASH_COMMAND' DEBUG\n`);
    await until(() => viewer.text.includes('mine> '), 'the own prompt is shown');
    expect(viewer.text).toContain('[started]hello');
    expect(readFileSync(join(home, 'seen'), 'utf8')).toMatch(/^(one\n)+$/);
    expect((await run('false')).exit).toBe(1);
  });

  test('a PROMPT_COMMAND replaced later loses one result, not the session', async () => {
    const { run } = await openShell('bash');
    expect((await run(`PROMPT_COMMAND=:`)).ended).toBe('exit');
    expect(await run('(exit 3)')).toMatchObject({ exit: 3, result: 'failed' });
    expect((await run(`unset PROMPT_COMMAND`, { timeoutMs: 500 })).text).toBe('unset PROMPT_COMMAND');
  });

  test('a bash inside the bash prints no marks and no errors', async () => {
    const { text } = await openShell('bash', { files: { '.bashrc': 'set -a\n' } });
    expect(await text(`bash --norc -ic 'echo inner' 2>&1`)).toBe('inner\n');
  });
});

describe.skipIf(!hasShell('zsh'))('what belongs to the person stays, in zsh', () => {
  test('precmd, preexec, line editor hooks, prompt and ZDOTDIR', async () => {
    const startUp = [
      `precmd() { echo "$?" >>~/seen }`,
      `preexec() { echo "pre $1" >>~/seen }`,
      `zle-line-init() { echo init >>~/seen }`,
      `zle -N zle-line-init`,
      `PS1='mine> '`,
    ].join('\n');
    const { run, text, home, terminals, tab } = await openShell('zsh', {
      files: { '.zshrc': `${startUp}\n`, '.zshenv': 'echo env >>~/seen\n' },
    });
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    expect((await run('(exit 9)')).exit).toBe(9);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own syntax
    expect(await text('echo ${ZDOTDIR-unset}')).toBe('unset\n');
    const seen = readFileSync(join(home, 'seen'), 'utf8');
    for (const line of ['env', 'pre (exit 9)', '9', 'init']) expect(seen.split('\n')).toContain(line);
    await until(() => viewer.text.includes('mine> '), 'the own prompt is shown');
  });

  test('output without a line end is still marked on the screen, but not in the capture', async () => {
    const { run, terminals, tab } = await openShell('zsh');
    const viewer = new RecordingViewer();
    terminals.attach(tab, viewer.channel);
    expect(asText(await run('printf partial'))).toBe('partial');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this looks for
    await until(() => /partial\x1b\[1m\x1b\[7m[%#]/.test(viewer.text), 'the sign is shown');
  });
});
