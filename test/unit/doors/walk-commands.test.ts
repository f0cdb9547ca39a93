import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordByHand } from '../../../electron/cases/by-hand.ts';
import type { CaseSession } from '../../../electron/cases/case-session.ts';
import { cancelRun, pasteOutput, runCommand, runningIn, useTyped } from '../../../electron/cases/walk-commands.ts';
import { sha256 } from '../../../electron/sha256.ts';
import { type SmallCore, smallCore } from './small-core.ts';

let small: SmallCore;
let session: CaseSession;

beforeEach(async () => {
  small = smallCore();
  session = await small.core.createCase({ title: '', ticket: '', operator: 'tester', wizard: 'flags' });
  await session.input({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
});
afterEach(() => small.dispose());

const run = (request: Partial<Parameters<typeof runCommand>[3]> = {}, interactive = true) =>
  runCommand(
    session,
    small.core.terminals,
    small.core.tabFor.bind(small.core),
    { command: 'T1', shell: 'bash', ...request },
    interactive,
  );

describe('running a command of the step', () => {
  test('sends it into a real shell and records text, result, output and who', async () => {
    const { capture } = await run();
    expect(capture).toMatchObject({
      id: 'c1',
      command: 'T1',
      shell: 'bash',
      text: "echo 'mail2.contoso.com'",
      source: 'run',
      result: 'ok',
      exit: 0,
      ended: 'exit',
      parameters: { remote_host: 'mail2.contoso.com' },
    });
    expect(session.textOf(capture.output.sha256)?.trim()).toBe('mail2.contoso.com');
    const raw = readFileSync(join(session.folder, 'captures', capture.raw?.sha256 as string));
    expect(sha256(raw)).toBe(capture.raw?.sha256);
    expect(raw.toString()).not.toContain('\u001b]633');
  });

  test('uses one long-lived shell: the second command goes into the same tab', async () => {
    await run();
    await run();
    expect(small.core.terminals.tabs()).toHaveLength(1);
    expect(Object.keys(session.state.captures)).toEqual(['c1', 'c2']);
  });

  test('without its parameters names what is missing and sends nothing', async () => {
    await session.input({ type: 'set', name: 'remote_host', value: '' });
    await expect(run()).rejects.toMatchObject({
      code: 'missing-parameters',
      message: expect.stringContaining('remote_host'),
    });
    expect(small.core.terminals.tabs()).toHaveLength(0);
  });

  test('a command that the step has not is refused with those it has', async () => {
    await expect(run({ command: 'T2' })).rejects.toMatchObject({
      code: 'unknown-command',
      hint: expect.stringContaining('T1 (bash)'),
    });
  });

  test('a change runs only when it is confirmed, and its way back is in the case before', async () => {
    await pasteOutput(session, 'T1', 'bash', 'Flag : 3');
    await session.input({ type: 'choose', outcome: 'clear' });
    await expect(run({ command: 'T2' })).rejects.toMatchObject({
      code: 'needs-confirmation',
      message: expect.stringContaining('the flag of mail2.contoso.com'),
    });
    expect(small.core.terminals.tabs()).toHaveLength(0);
    const { capture } = await run({ command: 'T2', confirm: true });
    expect(capture.text).toBe("echo 'mail2.contoso.com' 7");
    const visit = session.visit;
    expect(visit?.notes[0]?.text).toContain("echo 'mail2.contoso.com' 3");
    expect((visit?.notes[0]?.at ?? '') <= capture.startedAt).toBe(true);
  });

  test('a change along a path in the console is recorded by hand: its way back first, then who, which and the path', async () => {
    await pasteOutput(session, 'T1', 'bash', 'Flag : 3');
    await session.input({ type: 'choose', outcome: 'clear' });
    await recordByHand(session, 'T2');
    expect(session.visit).toMatchObject({
      notes: [{ text: expect.stringContaining('the way back is Console > “mail2.contoso.com” > Flag = “3”') }],
      byHand: [
        {
          command: 'T2',
          text: 'Console > “mail2.contoso.com” > Flag = “7”',
          parameters: { remote_host: 'mail2.contoso.com', flag: '7' },
          by: 'tester',
        },
      ],
    });
    const events = readFileSync(join(session.folder, 'journal.jsonl'), 'utf8').trim().split('\n');
    expect(events.slice(-2).map((line) => JSON.parse(line).type)).toEqual(['noted', 'done-by-hand']);
    await expect(recordByHand(session, 'T1')).rejects.toMatchObject({ code: 'unknown-command' });
  });

  test('a shell that dies in mid command is recorded as such, and the case goes on', async () => {
    const tab = await small.core.tabFor('bash');
    await small.core.terminals.ready(tab);
    const pid = await small.core.terminals.run(tab, 'echo $$');
    const shell = Number((await small.core.terminals.read(pid)).lines[0]);
    await small.core.terminals.run(tab, 'echo() { kill -9 $$; }');
    const { capture } = await run();
    expect(shell).toBeGreaterThan(0);
    expect(capture.ended).toBe('shell-died');
    expect(small.core.terminals.tabs()[0]?.state).toBe('dead');
    await session.input({ type: 'choose', outcome: 'unknown' });
    expect(session.state.visits[0]?.captures).toEqual(['c1']);
  });

  test('one that never ends is ended at its time limit', async () => {
    const tab = await small.core.tabFor('bash');
    await small.core.terminals.ready(tab);
    await small.core.terminals.run(tab, 'echo() { sleep 60; }');
    const { capture } = await run({ timeout: 1 });
    expect(capture.ended).toBe('timeout');
    expect(session.view.step?.captures).toHaveLength(1);
  });
});

describe('cancelling the run of a case', () => {
  const cancel = () => cancelRun(session, small.core.terminals);
  /** Long enough for a line that was sent in spite of all to be seen. */
  const aWhile = () => new Promise((done) => setTimeout(done, 300));

  test('while its shell still starts: nothing is sent, the case is intact, and a sentence says so', async () => {
    const running = run();
    expect(runningIn(session)?.command).toBe('T1');
    cancel();
    await expect(running).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The command was cancelled before it was sent, so nothing has run.',
    });
    expect(runningIn(session)).toBeNull();
    await small.core.terminals.ready(await small.core.tabFor('bash'));
    await aWhile();
    expect(small.core.terminals.commands(await small.core.tabFor('bash'))).toEqual([]);
    expect(session.state.captures).toEqual({});
    expect((await run()).capture.result).toBe('ok');
  });

  test('while it waits for the prompt: nothing is sent', async () => {
    const tab = await small.core.tabFor('bash');
    await small.core.terminals.ready(tab);
    await small.core.terminals.run(tab, 'PROMPT_COMMAND="$PROMPT_COMMAND;sleep 2"');
    await small.core.terminals.run(tab, 'true');
    const running = run();
    setTimeout(cancel, 200);
    const asked = Date.now();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(Date.now() - asked).toBeLessThan(1500);
    expect(small.core.terminals.commands(tab).map((command) => command.text)).not.toContain("echo 'mail2.contoso.com'");
  });

  test('after it was sent and before the shell has said that it began: it ends at once, and its capture says so', async () => {
    const tab = await small.core.tabFor('bash');
    await small.core.terminals.ready(tab);
    await small.core.terminals.run(tab, 'echo() { sleep 60; }');
    let cancelledAt: string | null | undefined;
    const stop = small.core.terminals.onTabs(([info]) => {
      if (info?.state !== 'busy' || cancelledAt !== undefined) return;
      cancelledAt = info.running === null ? 'before its start' : 'after its start';
      cancel();
    });
    const { capture } = await run();
    stop();
    expect(cancelledAt).toBe('before its start');
    expect(capture.ended).toBe('exit');
    expect(capture.result).not.toBe('ok');
    expect(session.view.step?.captures).toHaveLength(1);
    await small.core.terminals.run(tab, 'unset -f echo');
    expect((await run()).capture.result).toBe('ok');
  });

  test('in mid command: it gets Ctrl+C and its capture says so', async () => {
    const tab = await small.core.tabFor('bash');
    await small.core.terminals.ready(tab);
    await small.core.terminals.run(tab, 'echo() { sleep 60; }');
    const running = run();
    setTimeout(cancel, 400);
    const { capture } = await running;
    expect(capture).toMatchObject({ result: 'failed', exit: 130, ended: 'exit' });
    expect(session.view.step?.captures).toHaveLength(1);
    expect(runningIn(session)).toBeNull();
  });

  test('a change that was cancelled before it was sent says so beside its way back', async () => {
    await pasteOutput(session, 'T1', 'bash', 'Flag : 3');
    await session.input({ type: 'choose', outcome: 'clear' });
    const tab = await small.core.tabFor('bash');
    await small.core.terminals.ready(tab);
    await small.core.terminals.run(tab, 'PROMPT_COMMAND="$PROMPT_COMMAND;sleep 2"');
    await small.core.terminals.run(tab, 'true');
    const running = run({ command: 'T2', confirm: true });
    setTimeout(cancel, 300);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(session.visit?.notes.map((note) => note.text)).toEqual([
      expect.stringContaining('the way back is'),
      'The change was not sent: The command was cancelled before it was sent, so nothing has run.',
    ]);
  });

  test('without a run nothing happens', () => {
    cancel();
    expect(runningIn(session)).toBeNull();
  });
});

describe('what comes from elsewhere', () => {
  test('pasted output is read, marked as pasted, with who and when', async () => {
    const { capture, reading } = await pasteOutput(session, 'T1', 'bash', 'x\r\nFlag : 7\r\n');
    expect(capture).toMatchObject({ source: 'pasted', text: "echo 'mail2.contoso.com'", ms: null });
    expect(reading).toMatchObject({ suggested: 'set', evidence: [{ line: 2 }] });
    expect(session.recorded.recordedBy).toBe('tester');
  });

  test('an empty paste is refused and nothing is recorded', async () => {
    await expect(pasteOutput(session, 'T1', 'bash', ' \r\n ')).rejects.toMatchObject({ code: 'empty' });
    expect(session.state.captures).toEqual({});
  });

  test('a command typed by hand becomes evidence under its own text', async () => {
    const tab = await small.core.tabFor('bash');
    await small.core.terminals.ready(tab);
    await small.core.terminals.run(tab, 'printf "Flag : 3\\n"');
    const typed = small.core.terminals.commands(tab).at(-1);
    const { capture, reading } = await useTyped(session, small.core.terminals, tab, typed?.id as number, 'T1');
    expect(capture).toMatchObject({ source: 'typed', command: 'T1', text: 'printf "Flag : 3\\n"' });
    expect(reading?.suggested).toBe('clear');
  });
});
