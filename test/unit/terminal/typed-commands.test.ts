/** What a person types by hand in a tab; with a real bash. */
import { afterEach, describe, expect, test } from 'vitest';
import { PromptInput } from '../../../electron/terminal/prompt-input.ts';
import { RecordingViewer } from './recording-viewer.ts';
import { asText, closeAll, hasShell, openShell, until } from './shell-under-test.ts';

afterEach(closeAll);

async function withViewer(files: Record<string, string> = {}) {
  const shell = await openShell('bash', { files });
  const viewer = new RecordingViewer();
  shell.terminals.attach(shell.tab, viewer.channel);
  await until(() => viewer.count('snapshot') === 1, 'the snapshot came');
  const done = (count: number): Promise<void> =>
    until(
      () =>
        shell.terminals.commands(shell.tab).filter((one) => one.result !== null && one.text !== null).length === count,
      `${count} commands have ended`,
    );
  return { ...shell, viewer, done };
}

describe.skipIf(!hasShell('bash'))('typed commands', () => {
  test('are kept with text, output and result, beside the sent ones', async () => {
    const { viewer, done, terminals, tab, run } = await withViewer();
    viewer.type('echo by hand; false\r');
    await done(1);
    await run('echo sent');
    expect(terminals.commands(tab)).toMatchObject([
      { id: 1, origin: 'typed', text: 'echo by hand; false', result: 'failed', exit: 1, ended: 'exit' },
      { id: 2, origin: 'sent', text: 'echo sent', result: 'ok' },
    ]);
    const capture = terminals.capture(tab, 1);
    expect(capture && asText(capture)).toBe('by hand\n');
  });

  test('that the shell keeps out of its history are read from the line, corrections applied', async () => {
    const { viewer, done, terminals, tab } = await withViewer({ '.bashrc': 'HISTCONTROL=ignoreboth\n' });
    viewer.type(' ecgo\x7f\x7fho twice\r');
    await done(1);
    viewer.type('echo again\r');
    await done(2);
    viewer.type('echo again\r');
    await done(3);
    expect(terminals.commands(tab).map((one) => one.text)).toEqual(['echo twice', 'echo again', 'echo again']);
  });

  test('of several lines are one command', async () => {
    const { viewer, done, terminals, tab } = await withViewer();
    viewer.type('for i in 1 2\rdo echo $i\rdone\r');
    await done(1);
    expect(terminals.commands(tab)[0]?.text).toMatch(/^for i in 1 2[;\n] ?do echo \$i[;\n] ?done$/);
    const capture = terminals.capture(tab, 1);
    expect(capture && asText(capture)).toBe('1\n2\n');
  });

  test('an empty line or Ctrl+C is no command', async () => {
    const { viewer, run, terminals, tab } = await withViewer({ '.bashrc': "PS1='ready> '\n" });
    viewer.type('\r');
    await until(() => viewer.text.includes('ready> '), 'the empty line has a prompt below it');
    viewer.type('abc');
    // Only then does the shell itself read the keys; before, Ctrl+C would just empty what is typed ahead.
    await until(() => viewer.text.includes('abc'), 'the line stands at the prompt');
    viewer.type('\x03');
    await until(() => viewer.text.includes('^C'), 'the shell has dropped the line');
    await run('true');
    expect(terminals.commands(tab)).toHaveLength(1);
  });

  test('what is typed at a prompt that does not echo is in no capture', async () => {
    const { viewer, done, terminals, tab } = await withViewer();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own syntax
    viewer.type('read -rsp "Password: " secret; echo "${#secret}"\r');
    // Behind the echo of the command itself. bash prints the prompt, and a moment later it switches the echo off.
    await until(() => /secret\}"[\s\S]*Password: /.test(viewer.text), 'it asks');
    await new Promise((done) => setTimeout(done, 300));
    viewer.type('hunter2\r');
    await done(1);
    const capture = terminals.capture(tab, 1);
    expect(capture && asText(capture)).toBe('Password: 7\n');
  });
});

describe.skipIf(!hasShell('bash'))('a command is sent only to an empty prompt', () => {
  test('not onto a half-typed line, and that line is left alone', async () => {
    const { viewer, run, terminals, tab } = await withViewer();
    viewer.type('rm -rf ');
    await expect(run('echo x')).rejects.toMatchObject({ code: 'prompt-not-empty' });
    expect(terminals.commands(tab)).toEqual([]);
    viewer.type('\x7f'.repeat(7));
    expect(asText(await run('echo x'))).toBe('x\n');
  });

  test('not onto a line that was taken back from the history; after Ctrl+C it goes', async () => {
    const { viewer, run } = await withViewer();
    await run('echo earlier');
    viewer.type('\x1b[A');
    await until(() => viewer.text.split('echo earlier').length > 2, 'the line is shown');
    await expect(run('echo x')).rejects.toMatchObject({ code: 'prompt-not-empty' });
    viewer.type('\x03');
    await until(() => viewer.text.includes('^C'), 'the line is dropped');
    expect(asText(await run('echo x'))).toBe('x\n');
  });

  test('not onto keys that were typed ahead while a command ran', async () => {
    const { viewer, run } = await withViewer();
    const first = run('sleep 0.4');
    await new Promise((done) => setTimeout(done, 150));
    viewer.type('ahead');
    await first;
    await expect(run('echo x')).rejects.toMatchObject({ code: 'prompt-not-empty' });
    viewer.type('\x03');
    await until(() => viewer.text.includes('^C'), 'the line is dropped');
    expect(asText(await run('echo x'))).toBe('x\n');
  });

  test('but answers of the terminal itself are not typing', () => {
    const input = new PromptInput();
    input.reset(false);
    for (const answer of ['\x1b[5;1R', '\x1b[?1;2c', '\x1b[I', '\x1b[O', '\x1b[0n']) input.typed(Buffer.from(answer));
    expect(input.state).toBe('empty');
    input.typed(Buffer.from('ä'));
    expect(input.state).toBe('text');
    input.typed(Buffer.from('\x7f'));
    expect(input.state).toBe('empty');
    input.typed(Buffer.from('\x1b[A'));
    expect(input.state).toBe('unknown');
  });
});
