import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildProgram, Conversation, EVENT_7004, ended, type Json, type Message, type Program } from './program.ts';

// Every test starts processes, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
let program: Program;
let evidence: string;
let count = 0;
beforeAll(async () => {
  program = await buildProgram();
  program.usePack();
  evidence = program.file('event.txt', EVENT_7004);
}, 60_000);
afterAll(() => program.remove());

const newCase = (): string => {
  count += 1;
  return program.path(`case-${count}`);
};
const types = (messages: Message[]): string[] => messages.map(({ type }) => type);
const place = ({ step, path }: Message) => ({
  step: `${step.wizard}/${step.id}`,
  path: path.map((visit: Json) => [visit.n, visit.step, visit.outcome, visit.superseded]),
});
const X1_WITHOUT_4 = 'AuthFlags                       : (INTEGER) 3\n';

describe('a walk by program', () => {
  test('a pasted output keeps the command readable while values are missing', async () => {
    const folder = newCase();
    await program.play(
      ['entry', '--case', folder],
      [
        { type: 'choose', outcome: 'xexch50-refused' },
        { type: 'choose', outcome: 'foreign' },
        { type: 'paste', command: 'E22-sent', output: 'BeginOfList : 1\nEndOfList : 1' },
      ],
    );
    const { value } = await program.json(['export', folder, '--format', 'json']);
    const text = JSON.stringify(value);
    expect(text).toContain("@{n='RecipientStatus';e={$_.RecipientStatus -join ';'}}");
    expect(text).toContain('-Recipients {recipient}');
    expect(text).not.toContain('{{');
  });

  test('names the files of the person that it had to leave out, and walks all the same', async () => {
    mkdirSync(program.path('wizards'), { recursive: true });
    const broken = program.file('wizards/typo.yaml', 'id: typo\nversion: 1\ntitel: Typo\nstart: a\nsteps: []\n');
    const { code, stdout, stderr } = await program.run(['run', 'entry', '--json', '--case', newCase()], '');
    rmSync(broken);
    expect([code, JSON.parse(stdout.split('\n')[0] as string).type]).toEqual([0, 'step']);
    expect(stderr).toMatch(/typo\.yaml:3:1 is left out: .*titel/);
  });

  test('goes from a pasted event to a verdict and its fixes, with the output pasted', async () => {
    const folder = newCase();
    const { code, messages } = await program.play(
      ['--evidence', evidence, '--case', folder],
      [
        { type: 'choose', outcome: 'same', note: 'MAIL2 is ours' },
        { type: 'choose', outcome: 'exchange-2003' },
        { type: 'paste', command: 'X1', output: X1_WITHOUT_4 },
        { type: 'choose', outcome: 'integrated-off' },
        { type: 'quit' },
      ],
    );
    expect(code).toBe(0);
    expect(types(messages)).toEqual(['step', 'step', 'step', 'reading', 'step', 'verdict', 'step']);
    const [first, , flags, reading, , verdict, fix] = messages as [
      Message,
      Message,
      Message,
      Message,
      Message,
      Message,
      Message,
    ];
    expect(Object.keys(first).sort()).toEqual(['case', 'commands', 'outcomes', 'parameters', 'path', 'step', 'type']);
    expect(first.step).toMatchObject({
      wizard: 'entry',
      id: 'same-organisation',
      kind: 'check',
      runs_on: 'exchange-server',
    });
    expect(Object.keys(first.step).sort()).toEqual(['id', 'kind', 'runs_on', 'text', 'title', 'why', 'wizard']);
    expect(flags.commands.find((each: Json) => each.id === 'X1' && each.shell === 'cmd')).toMatchObject({
      effect: 'read',
      text: expect.stringContaining('SmtpSvc/1/AuthFlags'),
      missing: [],
    });
    expect(reading).toEqual({
      type: 'reading',
      command: 'X1',
      suggested: 'integrated-off',
      evidence: [{ line: 1, text: X1_WITHOUT_4.trimEnd() }],
      certainty: expect.any(String),
    });
    expect(verdict).toMatchObject({
      id: 'auth.integrated-off',
      wizard: 'auth-settings',
      fixes: expect.arrayContaining(['tick-integrated']),
    });
    expect(fix.step).toMatchObject({ id: 'tick-integrated', kind: 'fix' });
    expect(fix.outcomes.map((each: Json) => each.id)).toEqual(['verified', 'not-verified', 'rolled-back', 'left']);
    const shown = await program.json(['show', folder]);
    expect(shown.value).toMatchObject({
      wizard: 'entry',
      verdict: 'auth.integrated-off',
      state: 'open',
      parameters: { remote_host: '192.0.2.20', environment: '2000-2003' },
    });
    expect(shown.value.captures).toHaveLength(1);
    expect(shown.value.path.map((visit: Json) => visit.step)).toEqual([
      'same-organisation',
      'generation',
      'flags',
      'integrated-off',
      'tick-integrated',
    ]);
  });

  test('a text is null while parameters are missing, and written once they are set', async () => {
    const { messages } = await program.play(
      ['bench', '--case', newCase()],
      [{ type: 'set', name: 'bench_text', value: 'two words' }],
    );
    const [before, after] = messages.map(({ commands }) =>
      commands.find((each: Json) => each.id === 'BENCH6' && each.shell === 'bash'),
    );
    expect(before).toMatchObject({ text: null, missing: ['bench_text'], runnable: true, reason: null });
    expect(after).toMatchObject({ text: "printf '%s\\n' 'two words'", missing: [] });
    expect(messages[1]?.parameters).toEqual([
      { name: 'bench_text', type: 'text', value: 'two words', prompt: 'Any text' },
    ]);
  });

  test.each([
    ['no JSON', 'garbage', 'bad-json'],
    ['an unknown type', { type: 'jump' }, 'unknown-input'],
    ['a field of another type', { type: 'choose', outcome: 7 }, 'bad-input'],
    ['an unknown outcome', { type: 'choose', outcome: 'perhaps' }, 'unknown-outcome'],
    ['an unknown parameter', { type: 'set', name: 'nope', value: 'x' }, 'unknown-parameter'],
    ['a value of another type', { type: 'set', name: 'bench_mode', value: 'ajar' }, null],
    ['a secret', { type: 'set', name: 'bench_password', value: 'hunter2' }, 'secret'],
    ['a line break in a value', { type: 'set', name: 'bench_text', value: 'a\nb' }, null],
    ['an unknown command', { type: 'paste', command: 'X99', output: 'x' }, 'unknown-command'],
    ['an empty paste', { type: 'paste', command: 'BENCH1', output: ' \n' }, 'empty'],
    ['a command with missing parameters', { type: 'run', command: 'BENCH6' }, 'missing-parameters'],
    ['a command that asks', { type: 'run', command: 'BENCH3' }, 'needs-terminal'],
    ['a step that is not there', { type: 'back', to: 9 }, 'no-such-step'],
  ])('%s is refused and the step stays as it was', async (_, input, code) => {
    const { code: exit, messages, stderr } = await program.play(['bench', '--case', newCase()], [input]);
    expect(types(messages)).toEqual(['step', 'error', 'step']);
    expect(messages[1]).toEqual({
      type: 'error',
      code: code ?? expect.any(String),
      message: expect.stringMatching(/[.?]$/),
      input: expect.anything(),
    });
    expect(messages[2]).toEqual(messages[0]);
    expect(JSON.stringify(messages) + stderr).not.toContain('hunter2');
    expect(exit).toBe(0);
  });

  test('a line above the limit is refused, and the next one is heard', async () => {
    const { messages } = await program.play(
      ['bench', '--case', newCase()],
      [`"${'x'.repeat(13 * 1024 * 1024)}"`, { type: 'choose', outcome: 'unknown' }],
    );
    expect(types(messages)).toEqual(['step', 'error', 'step', 'verdict', 'end']);
    expect(messages[1]?.code).toBe('too-long');
  });

  test('a verdict without a fix ends the walk; the input goes on being heard', async () => {
    const { messages } = await program.play(
      ['bench', '--case', newCase()],
      [
        { type: 'choose', outcome: 'open' },
        { type: 'choose', outcome: 'open' },
      ],
    );
    expect(types(messages)).toEqual(['step', 'verdict', 'end', 'error', 'end']);
    expect(messages[1]).toMatchObject({ id: 'bench.not-here', fixes: [] });
    expect(messages[2]).toEqual({ type: 'end', state: 'open', verdict: 'bench.not-here' });
  });

  test('back across a wizard that was called restores the step and keeps the branch as superseded', async () => {
    const folder = newCase();
    const { messages } = await program.play(
      ['--evidence', evidence, '--case', folder],
      [
        { type: 'choose', outcome: 'same' },
        { type: 'choose', outcome: 'exchange-2003' },
        { type: 'back', to: 1 },
        { type: 'choose', outcome: 'foreign' },
      ],
    );
    expect(types(messages)).toEqual(['step', 'step', 'step', 'step', 'step']);
    expect(place(messages[3] as Message)).toEqual({
      step: 'entry/same-organisation',
      path: [
        [1, 'same-organisation', 'same', true],
        [2, 'generation', 'exchange-2003', true],
        [3, 'flags', null, true],
        [4, 'same-organisation', null, false],
      ],
    });
    // The generation was an answer of the branch that was given up.
    const { value } = await program.json(['show', folder]);
    expect(value.parameters.environment).toBeUndefined();
    expect((await program.json(['verify', folder])).value).toMatchObject({ ok: true, faults: [] });
  });
});

describe('commands run in a real bash', () => {
  const bench = (mode: string): string => program.file('mode.txt', `Bench : 1\nMode  : ${mode}\n`);

  test('run answers capture, reading and step', async () => {
    bench('shut');
    const { messages } = await program.play(['bench', '--case', newCase()], [{ type: 'run', command: 'BENCH1' }]);
    expect(types(messages)).toEqual(['step', 'capture', 'reading', 'step']);
    expect(messages[1]).toEqual({
      type: 'capture',
      command: 'BENCH1',
      shell: 'bash',
      result: 'ok',
      exit: 0,
      ended: 'exit',
      ms: expect.any(Number),
      output: 'Bench : 1\nMode  : shut',
    });
    expect(messages[2]).toMatchObject({ suggested: 'shut', evidence: [{ line: 2, text: 'Mode  : shut' }] });
  });

  test('a command beyond its time is stopped, and a shell that dies is replaced', async () => {
    bench('open');
    const { messages } = await program.play(
      ['bench', '--case', newCase()],
      [
        { type: 'run', command: 'BENCH4', timeout: 1 },
        { type: 'run', command: 'BENCH5' },
        { type: 'run', command: 'BENCH1' },
      ],
    );
    const captures = messages.filter(({ type }) => type === 'capture');
    expect(captures.map(({ ended: how }) => how)).toEqual(['timeout', 'shell-died', 'exit']);
    expect(captures[2]?.output).toContain('open');
  });

  test('a change is refused without confirm, shows the old value as its way back, and is proven', async () => {
    bench('shut');
    const { messages } = await program.play(
      ['bench', '--case', newCase()],
      [
        { type: 'run', command: 'BENCH1' },
        { type: 'choose', outcome: 'shut' },
        { type: 'set', name: 'bench_mode', value: 'open' },
        { type: 'run', command: 'BENCH2' },
        { type: 'run', command: 'BENCH2', confirm: true },
        { type: 'run', command: 'BENCH1' },
        { type: 'choose', outcome: 'verified' },
      ],
    );
    expect(messages.find(({ type }) => type === 'error')?.code).toBe('needs-confirmation');
    const fix = messages.find(({ type, step }) => type === 'step' && step.id === 'open-it');
    expect(fix?.commands[0].rollback).toContain("'shut'");
    expect(messages.filter(({ type }) => type === 'reading').at(-1)).toMatchObject({
      command: 'BENCH1',
      suggested: 'verified',
    });
    expect(messages.at(-1)).toEqual({ type: 'end', state: 'closed', verdict: 'bench.shut' });
    expect(readFileSync(program.path('mode.txt'), 'utf8')).toContain('open');
  });

  test('a confirmed change without its shell leaves no trace in the journal', async () => {
    const folder = newCase();
    const { messages } = await program.play(
      ['bench', '--case', folder],
      [
        { type: 'choose', outcome: 'shut' },
        { type: 'choose', outcome: 'left' },
        { type: 'run', command: 'BENCH7', confirm: true },
      ],
    );
    expect(messages.at(-2)).toMatchObject({ type: 'error', code: 'no-shell' });
    expect(readFileSync(join(folder, 'journal.jsonl'), 'utf8')).not.toContain('"noted"');
  });

  test('a hostile value reaches the command as one argument', async () => {
    const value = `$(touch ran) ' " ; touch ran # \`touch ran\``;
    const { messages } = await program.play(
      ['bench', '--case', newCase()],
      [
        { type: 'set', name: 'bench_text', value },
        { type: 'run', command: 'BENCH6' },
      ],
    );
    expect(messages.find(({ type }) => type === 'capture')?.output).toBe(value);
    expect(readdirSync(program.home)).not.toContain('ran');
  });
});

describe('a case goes on where it stood', () => {
  test('after kill -9 in the middle the step and the path are the same', async () => {
    const folder = newCase();
    const first = new Conversation(program.start(['run', '--evidence', evidence, '--case', folder, '--json']));
    await first.next();
    await first.ask({ type: 'choose', outcome: 'same' });
    await first.ask({ type: 'choose', outcome: 'exchange-2003' });
    const before = (await first.ask({ type: 'paste', command: 'X1', output: X1_WITHOUT_4 })).at(-1);
    first.child.kill('SIGKILL');
    await ended(first.child);
    const second = new Conversation(program.start(['run', '--case', folder, '--json']));
    expect(await second.next()).toEqual(before);
    const [verdict] = await second.ask({ type: 'choose', outcome: 'integrated-off' });
    expect(verdict?.id).toBe('auth.integrated-off');
    second.child.stdin.end();
    expect((await ended(second.child)).code).toBe(0);
  });

  test('a half written last line is set aside and the walk goes on', async () => {
    const folder = newCase();
    await program.play(['bench', '--case', folder], []);
    appendFileSync(join(folder, 'journal.jsonl'), '{"prev":"0123');
    const verified = await program.json(['verify', folder]);
    expect([verified.code, verified.value.torn_bytes, verified.value.faults]).toEqual([0, 13, []]);
    const { messages, stderr } = await program.play(['--case', folder], []);
    expect(messages[0]?.step.id).toBe('mode');
    expect(stderr).toContain('13 bytes');
    expect(readdirSync(folder).filter((name) => name.startsWith('journal.torn'))).toHaveLength(1);
  });

  test('a finished case answers with its verdict and its end', async () => {
    const folder = newCase();
    await program.play(['bench', '--case', folder], [{ type: 'choose', outcome: 'open' }]);
    const { messages } = await program.play(['bench', '--case', folder], []);
    expect(types(messages)).toEqual(['verdict', 'end']);
  });

  test('a case of another wizard, one that is open elsewhere and a folder that is no case are exit 2', async () => {
    const folder = newCase();
    const open = new Conversation(program.start(['run', 'bench', '--case', folder, '--json']));
    await open.next();
    const locked = await program.json(['run', 'bench', '--case', folder]);
    expect([locked.code, locked.value.error.code]).toEqual([2, 'locked']);
    const reading = await program.json(['show', folder]);
    expect(reading.code).toBe(0);
    open.send({ type: 'quit' });
    expect((await ended(open.child)).code).toBe(0);
    const other = await program.json(['run', 'entry', '--case', folder]);
    expect([other.code, other.value.error.code]).toEqual([2, 'other-wizard']);
    const none = await program.json(['run', 'bench', '--case', program.home]);
    expect([none.code, none.value.error.code]).toEqual([2, 'not-a-case']);
  });

  test('a start that was killed before its first line is begun anew', async () => {
    const folder = newCase();
    mkdirSync(folder);
    writeFileSync(join(folder, 'journal.jsonl'), '{"prev":"00');
    const { code, messages } = await program.play(['bench', '--case', folder], []);
    expect([code, messages[0]?.step.id]).toEqual([0, 'mode']);
  });

  test.each([
    ['an unknown wizard', ['bnch'], 'unknown-wizard'],
    ['a wizard that is still to come', ['bench-later'], 'planned-wizard'],
    ['a secret in --set', ['bench', '--set', 'bench_password=hunter2'], 'secret'],
    ['an unknown name in --set', ['bench', '--set', 'bench_mod=open'], 'unknown-parameter'],
    ['evidence that is not there', ['--evidence', 'absent.txt'], 'enoent'],
    ['evidence on the channel of the answers', ['--evidence', '-'], 'evidence-on-stdin'],
    ['a case folder that cannot be made', ['bench', '--case', '/dev/null/case'], 'unwritable'],
  ])('%s is exit 2 before anything is written', async (_, args, code) => {
    const before = readdirSync(program.home);
    const result = await program.json(['run', ...args]);
    expect([result.code, result.value.error.code]).toEqual([2, code]);
    expect(readdirSync(program.home).filter((name) => name !== 'cases')).toEqual(
      before.filter((name) => name !== 'cases'),
    );
  });
});

describe('verify, export and show', () => {
  let folder: string;
  const journal = (): string => join(folder, 'journal.jsonl');
  const change = (from: string, to: string): void =>
    writeFileSync(journal(), readFileSync(journal(), 'utf8').replace(from, to));
  const kinds = async (): Promise<string[]> => {
    const { code, value } = await program.json(['verify', folder]);
    expect([code, value.ok]).toEqual([1, false]);
    return value.faults.map((fault: Json) => `${fault.line} ${fault.kind}`);
  };

  const blob = (kind: 'captures' | 'wizards'): string =>
    join(folder, kind, readdirSync(join(folder, kind))[0] as string);

  test.each<[string, () => void, string[]]>([
    ['a value that was changed afterwards', () => change('Mode : shut', 'Mode : open'), ['3 chain']],
    ['a number out of order', () => change('"seq":2', '"seq":7'), ['2 sequence', '3 chain']],
    ['an event of no known kind', () => change('"type":"captured"', '"type":"coptured"'), ['2 shape', '3 chain']],
    ['a line that is no JSON', () => change('{"prev"', '{prev'), ['1 json', '2 chain']],
    ['a capture with other bytes', () => writeFileSync(blob('captures'), 'Mode : open'), ['2 altered-capture']],
    ['a capture that is gone', () => rmSync(blob('captures')), ['2 missing-capture']],
    ['a wizard copy with other bytes', () => appendFileSync(blob('wizards'), '# more'), ['1 altered-wizard']],
    ['a wizard copy that is gone', () => rmSync(blob('wizards')), ['1 missing-wizard']],
  ])('verify names %s with its line', async (_, damage, faults) => {
    folder = newCase();
    await program.play(
      ['bench', '--case', folder],
      [
        { type: 'paste', command: 'BENCH1', output: 'Mode : shut' },
        { type: 'choose', outcome: 'shut' },
      ],
    );
    damage();
    expect(await kinds()).toEqual(faults);
  });

  test('export writes each format, names the head, and changes nothing in the case', async () => {
    folder = newCase();
    await program.play(
      ['bench', '--case', folder, '--title', 'Bench <b>shut</b>', '--ticket', 'INC-1'],
      [{ type: 'choose', outcome: 'shut' }],
    );
    const { value: shown } = await program.json(['show', folder]);
    const before = readdirSync(folder);
    for (const format of ['md', 'html', 'json', 'txt']) {
      const { code, stdout } = await program.run(['export', folder, '--format', format]);
      expect(code).toBe(0);
      expect(stdout).toContain('INC-1');
      expect(stdout.replace(/\s/g, '')).toContain(shown.head);
    }
    const written = await program.json(['export', folder, '--format', 'md', '-o', program.home]);
    expect(readFileSync(written.value.file, 'utf8')).toContain('INC-1');
    expect((await program.json(['export', folder, '--format', 'json'])).value.case).toMatchObject({ ticket: 'INC-1' });
    expect(readdirSync(folder)).toEqual(before);
  });

  test('cases lists those of the data folder, and one is found by its id', async () => {
    const { messages } = await program.play(['bench', '--ticket', 'INC-2'], [{ type: 'choose', outcome: 'open' }]);
    const id = messages[0]?.case;
    const { value: list } = await program.json(['cases']);
    const listed = list.find((each: Json) => each.id === id);
    expect(Object.keys(listed).sort()).toEqual([
      'head',
      'id',
      'parameters',
      'state',
      'ticket',
      'title',
      'verdict',
      'wizard',
    ]);
    const { value: shown } = await program.json(['show', id]);
    expect(shown).toMatchObject(listed);
    expect((await program.json(['verify', id])).value.head).toBe(shown.head);
  });
});
