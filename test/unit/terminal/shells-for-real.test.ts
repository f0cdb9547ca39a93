import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { asText, closeAll, hasShell, openShell, until } from './shell-under-test.ts';

afterEach(closeAll);

describe.each(['bash', 'zsh'] as const)('a real %s', (shell) => {
  describe.skipIf(!hasShell(shell))('in a tab', () => {
    test('says who and where it is', async () => {
      const { terminals, tab, home } = await openShell(shell);
      const info = terminals.tabs().find((one) => one.id === tab);
      expect(info).toMatchObject({ state: 'ready', marked: true, directory: home });
      expect(info?.host).not.toBe('');
      expect(info?.user).toMatch(/\w/);
      expect(info?.shellVersion).toMatch(/^\d+\.\d+/);
      expect(info?.shellVersion).toContain(await terminals.version(shell));
    });

    test('gives a command back with its output, status, duration and directory', async () => {
      const { run, home } = await openShell(shell);
      const capture = await run('sleep 0.2; printf "a\\nb"; cd /; sh -c "exit 3"');
      expect(asText(capture)).toBe('a\nb');
      expect(capture).toMatchObject({
        result: 'failed',
        exit: 3,
        ended: 'exit',
        directory: home,
        truncated: false,
        origin: 'sent',
        shell,
      });
      expect(capture.text).toBe('sleep 0.2; printf "a\\nb"; cd /; sh -c "exit 3"');
      expect(capture.received).toBe(capture.text);
      expect(capture.ms).toBeGreaterThanOrEqual(190);
      expect(Math.abs(Date.parse(capture.startedAt) - Date.now())).toBeLessThan(5000);
      expect((await run('true')).directory).toBe('/');
    });

    test('output without a line end, or none at all, is exact', async () => {
      const { text } = await openShell(shell);
      expect(await text('printf x')).toBe('x');
      expect(await text('printf "x\\n"')).toBe('x\n');
      expect(await text(':')).toBe('');
    });

    test('a command that cannot be parsed is a result of its own, with the message', async () => {
      const { run } = await openShell(shell);
      const capture = await run('if fi');
      expect(capture.result).toBe('parse-error');
      expect(asText(capture)).toMatch(/(syntax|parse) error/);
      expect((await run('echo on')).result).toBe('ok');
    });

    test.each([
      ['quotes, semicolons, backslashes', `printf '%s|' 'a;b' "c\\\\d" e\\;f`, 'a;b|c\\d|e;f|'],
      ['other alphabets', `printf '%s' 'ä € 漢 😀'`, 'ä € 漢 😀'],
      ['a leading blank', ` printf hidden`, 'hidden'],
      ['a comment at the end', `printf x # not run`, 'x'],
    ])('takes a command with %s', async (_, command, output) => {
      const { run } = await openShell(shell, { files: { '.zshrc': 'setopt interactivecomments\n' } });
      const capture = await run(command);
      expect(asText(capture)).toBe(output);
      expect([command, null]).toContain(capture.received);
    });

    test("a command longer than the window and the kernel's line buffer arrives whole", async () => {
      const { text } = await openShell(shell);
      const long = 'x'.repeat(9000);
      expect(await text(`printf %s '${long}'`)).toBe(long);
    });

    test('five megabytes are captured byte for byte', async () => {
      const { run, home } = await openShell(shell);
      const lines = Array.from(
        { length: 70_000 },
        (_, n) => `${n} \x1b[3${n % 8}m${createHash('md5').update(String(n)).digest('hex')}${'.'.repeat(n % 70)}`,
      );
      const content = `${lines.join('\n')}\n`;
      writeFileSync(join(home, 'big.txt'), content);
      const capture = await run('cat big.txt', { timeoutMs: 60_000 });
      expect(capture.totalBytes).toBeGreaterThan(5_000_000);
      const hash = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
      expect(hash(Buffer.from(capture.output))).toBe(hash(content.replaceAll('\n', '\r\n')));
    });

    test('beyond the bound the beginning is kept and the rest counted', async () => {
      const { run } = await openShell(shell, { captureLimit: 1000 });
      const capture = await run('for i in 1 2 3 4 5 6 7 8 9; do printf "%0500d" $i; done');
      expect(capture).toMatchObject({ truncated: true, totalBytes: 4500, result: 'ok' });
      expect(capture.output).toHaveLength(1000);
    });

    test('a command that never ends gets Ctrl+C after its time, and the tab goes on', async () => {
      const { run, text } = await openShell(shell);
      const capture = await run('echo begun; sleep 600', { timeoutMs: 300 });
      expect(capture.ended).toBe('timeout');
      expect(capture.result).toBe('failed');
      expect(asText(capture)).toContain('begun\n');
      expect(await text('echo on')).toBe('on\n');
    });

    test('one that ignores Ctrl+C is given up; the tab stays busy until it is closed', async () => {
      const { run, terminals, tab } = await openShell(shell);
      const capture = await run(`sh -c 'trap "" INT; sleep 30'`, { timeoutMs: 200 });
      expect(capture).toMatchObject({ ended: 'timeout', result: 'unknown', exit: null });
      await expect(run('echo x')).rejects.toMatchObject({ code: 'not-at-prompt' });
      await terminals.close(tab);
      expect(terminals.tabs()).toEqual([]);
    });

    test('an unfinished line gets Ctrl+C as well', async () => {
      const { run, text } = await openShell(shell);
      const capture = await run(`echo 'open`, { timeoutMs: 300 });
      expect(capture.ended).toBe('timeout');
      expect(await text('echo on')).toBe('on\n');
    });

    test('aborting sends Ctrl+C', async () => {
      const { run } = await openShell(shell);
      const controller = new AbortController();
      const running = run('sleep 600', { signal: controller.signal });
      setTimeout(() => controller.abort(), 200);
      expect(await running).toMatchObject({ result: 'failed', exit: 130, ended: 'exit' });
    });

    test('a shell that dies in mid command leaves a capture that says so, and starts again', async () => {
      const { run, text, terminals, tab } = await openShell(shell);
      const pid = Number(await text('echo $$'));
      const running = run('echo begun; sleep 600');
      await until(() => (terminals.commands(tab)[1]?.bytes ?? 0) > 0, 'the command has begun');
      process.kill(pid, 'SIGKILL');
      const capture = await running;
      expect(capture).toMatchObject({ ended: 'shell-died', result: 'unknown', exit: null });
      expect(asText(capture)).toBe('begun\n');
      expect(terminals.tabs()[0]).toMatchObject({ state: 'dead' });
      await expect(run('echo x')).rejects.toMatchObject({ code: 'dead' });
      await terminals.restart(tab);
      await terminals.ready(tab);
      expect(await text('echo again')).toBe('again\n');
      expect(terminals.commands(tab).map((one) => one.ended)).toEqual(['exit', 'shell-died', 'exit']);
    });

    test('`exit` is the death of the shell, with its code', async () => {
      const { run, terminals } = await openShell(shell);
      expect(await run('exit 7')).toMatchObject({ ended: 'shell-died' });
      expect(terminals.tabs()[0]).toMatchObject({ state: 'dead', exitCode: 7 });
    });

    test('with `set -e` a good command is captured, and a failing one ends the shell, not the program', async () => {
      const { run, terminals } = await openShell(shell);
      expect((await run('set -e')).result).toBe('ok');
      expect((await run('! true')).ended).toBe('exit');
      expect((await run('echo on')).result).toBe('ok');
      expect((await run('false')).ended).toBe('shell-died');
      expect(terminals.tabs()[0]?.state).toBe('dead');
    });

    test('`set -u` and `set -a` change nothing', async () => {
      const { run, text } = await openShell(shell);
      await run('set -u; set -a');
      expect(await text('echo on')).toBe('on\n');
      expect(await text('env | grep -i fieldguide_ | grep -v -c ^__fieldguide_number=')).toBe('0\n');
    });

    test('closing ends what runs in the tab', async () => {
      const { text, terminals, tab } = await openShell(shell);
      const pid = Number(await text('echo $$'));
      await terminals.close(tab);
      expect(existsSync(`/proc/${pid}`)).toBe(false);
    });

    test('text that is not one plain line is refused before anything is sent', async () => {
      const { run, terminals, tab } = await openShell(shell);
      for (const bad of ['a\nb', 'a\rb', 'a\x1b[201~b', 'a\tb', 'a\x03', 'a\u0085b', 'a\u2028b', '', '   ']) {
        await expect(run(bad)).rejects.toMatchObject({ code: 'bad-text' });
      }
      expect(terminals.commands(tab)).toEqual([]);
    });

    test('two commands at once: the second is refused', async () => {
      const { run } = await openShell(shell);
      const first = run('sleep 0.3');
      await expect(run('echo second')).rejects.toMatchObject({ code: 'not-at-prompt' });
      expect((await first).result).toBe('ok');
    });

    test('a hundred tabs opened and closed leave no descriptor and no one-shot file behind', {
      timeout: 120_000,
    }, async () => {
      const { terminals } = await openShell(shell);
      const descriptors = (): number => readdirSync('/proc/self/fd').length;
      const files = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('fieldguide-shell-'));
      const cycle = async (): Promise<void> => {
        const { id } = await terminals.open({ shell, columns: 80, rows: 24 });
        await terminals.ready(id);
        await terminals.close(id);
      };
      await cycle();
      const before = descriptors();
      const filesBefore = files();
      for (let n = 0; n < 25; n++) await Promise.all([cycle(), cycle(), cycle(), cycle()]);
      expect(descriptors()).toBeLessThanOrEqual(before);
      expect(files().filter((name) => !filesBefore.includes(name))).toEqual([]);
    });
  });
});
