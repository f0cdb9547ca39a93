import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EMPTY_CASE,
  evolve,
  type RecordedEvent,
  replay,
  type Target,
  valuesOf,
  verdictVisit,
} from '../../../wizards/engine/model.ts';
import { stepAt, verdictsOf } from '../../../wizards/engine/route.ts';
import { viewOf } from '../../../wizards/engine/view.ts';
import { captureInput, Player } from './player.ts';
import { COMMANDS, FLAGS, MAIN, smallLibrary } from './small-library.ts';

const library = smallLibrary();

describe('calls and returns', () => {
  test('an outcome that calls another wizard enters it and remembers where to come back', () => {
    const player = new Player(library, 'main').choose('yes');
    expect(player.at).toBe('flags/flag');
    expect(player.state.visits[1]?.target.stack.map((frame) => frame.wizard)).toEqual(['main']);
  });

  test('return clear goes on in the calling wizard', () => {
    expect(new Player(library, 'main').choose('yes', 'set').at).toBe('main/then');
  });

  test('return unsure takes the other way of the call', () => {
    const player = new Player(library, 'main').choose('yes', 'unknown');
    expect(player.at).toBeNull();
    expect(player.live.at(-1)).toBe('later/next');
  });

  test('run alone, a return is the verdict not-here or unsure', () => {
    const clear = new Player(library, 'flags').choose('set');
    const step = stepAt(library, verdictVisit(clear.state)?.target as never);
    expect(step).toMatchObject({ kind: 'verdict', verdict: 'flags.not-here' });
    expect(verdictsOf(library, library.wizards.get('flags')?.hash as string)).toEqual(
      expect.arrayContaining(['flags.not-here', 'flags.unsure', 'flags.off']),
    );
  });

  test('a hand-over to a wizard still to come ends in next.<wizard> and leaves the case open', () => {
    const player = new Player(library, 'main').choose('unknown', 'go');
    expect(stepAt(library, verdictVisit(player.state)?.target as never)).toMatchObject({ verdict: 'next.later' });
    expect(player.state.status).toBe('open');
  });
});

describe('verdicts and fixes', () => {
  test('a verdict without fixes ends the walk in the state that it names', () => {
    const player = new Player(library, 'main').choose('no');
    expect(player.at).toBeNull();
    expect(player.state.status).toBe('closed');
  });

  test('a verdict with fixes leads to its first fix', () => {
    expect(new Player(library, 'flags').choose('clear').at).toBe('flags/set-it');
  });

  test('a verified fix closes the case', () => {
    expect(new Player(library, 'flags').choose('clear', 'verified').state.status).toBe('closed');
  });

  test('a fix that was left leads to the next one, and the case waits when none is done', () => {
    const player = new Player(library, 'flags').choose('clear', 'left');
    expect(player.at).toBe('flags/set-it-elsewhere');
    player.choose('rolled-back');
    expect(player.state.status).toBe('waiting');
  });

  test('a fix that was not verified goes on where the wizard says', () => {
    const player = new Player(library, 'main').choose('yes', 'clear', 'rolled-back', 'not-verified');
    expect(player.live.at(-1)).toBe('later/next');
  });

  test('the proof is read as the check that failed: the same verdict again means not verified', async () => {
    const { readingFor } = await import('../../../wizards/engine/reading.ts');
    const player = new Player(library, 'flags').choose('clear');
    const visit = player.state.visits[(player.state.current as number) - 1] as never;
    expect(readingFor(library, visit, 'T1', 'Flag : 3', {})?.suggested).toBe('not-verified');
    expect(readingFor(library, visit, 'T1', 'Flag : 7', {})?.suggested).toBe('verified');
    expect(readingFor(library, visit, 'T1', 'nonsense', {})?.suggested).toBeNull();
  });

  test('another fault than before neither proves the fix nor denies it, where the fix says what is good', async () => {
    const { readingFor } = await import('../../../wizards/engine/reading.ts');
    const verified = (good: string[]) => {
      const verify = { step: 'flag', good, commands: ['T1'], expect: 'Flag : 4' };
      const steps = FLAGS.steps.map((step) => (step.id === 'set-it' ? { ...step, verify } : step));
      const player = new Player(smallLibrary([MAIN, { ...FLAGS, steps }]), 'flags').choose('clear');
      const visit = player.state.visits[(player.state.current as number) - 1] as never;
      return readingFor(player.library, visit, 'T1', 'Flag : 7', {});
    };
    expect(verified(['set'])?.suggested).toBe('verified');
    expect(verified(['unknown'])).toMatchObject({ suggested: null, note: expect.stringContaining('something else') });
  });

  test('a fix of what no check calls a fault is proven by the readings that it names', async () => {
    const { readingFor } = await import('../../../wizards/engine/reading.ts');
    const verify = { shown_by: ['T1.on'], commands: ['T1'], expect: 'Flag : 4' };
    const steps = FLAGS.steps.map((step) => (step.id === 'set-it' ? { ...step, verify } : step));
    const player = new Player(smallLibrary([MAIN, { ...FLAGS, steps }]), 'flags').choose('clear');
    const visit = player.state.visits[(player.state.current as number) - 1] as never;
    const read = (text: string) => readingFor(player.library, visit, 'T1', text, {});
    expect(read('Flag : 7')).toMatchObject({ suggested: 'verified', reads: ['on'], evidence: [{ line: 1 }] });
    expect(read('Flag : 3')?.suggested).toBe('not-verified');
    expect(read('nonsense')?.suggested).toBeNull();
    expect(read('Flag : 3\n\nFlag : 7')?.suggested).toBeNull();
  });

  test('a change starts from the captured value and its way back renders the old one', () => {
    const player = new Player(library, 'flags').send({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
    player.send(captureInput('T1', 'clear')).choose('clear');
    const view = viewOf(library, player.state, () => 'Flag : (INTEGER) 3');
    const change = view.step?.commands.find((command) => command.role === 'change' && command.shell === 'bash');
    expect(change?.text).toBe("echo 'mail2.contoso.com' 7");
    expect(change?.rollback).toMatchObject({ text: "echo 'mail2.contoso.com' 3", missing: [] });
  });

  test('without a capture of the old value the way back names what is missing, never a constant', () => {
    const player = new Player(library, 'flags').send({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
    player.choose('clear').send({ type: 'set', name: 'flag', value: '7' });
    const change = viewOf(library, player.state).step?.commands.find((command) => command.role === 'change');
    expect(change?.rollback).toMatchObject({ text: null, missing: ['flag'] });
  });

  test('a default of the command never stands in for an old value that was not captured', () => {
    const withDefault = structuredClone(COMMANDS);
    for (const parameter of withDefault.commands.flatMap((command) => command.parameters))
      if (parameter.name === 'flag') Object.assign(parameter, { default: '7' });
    const player = new Player(smallLibrary([MAIN, FLAGS], withDefault), 'flags');
    player.send({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' }).choose('clear');
    const change = viewOf(player.library, player.state).step?.commands.find((command) => command.role === 'change');
    expect(change?.text).toBe("echo 'mail2.contoso.com' 7");
    expect(change?.rollback).toMatchObject({ text: null, missing: ['flag'] });
  });

  test('the old value of one server is never written to another', () => {
    const player = new Player(library, 'flags').send({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
    player.send(captureInput('T1', 'clear', { parameters: { remote_host: 'mail2.contoso.com' } })).choose('clear');
    player.send({ type: 'set', name: 'remote_host', value: 'mail3.contoso.com' });
    const change = () =>
      viewOf(library, player.state, () => 'Flag : 3').step?.commands.find(({ role }) => role === 'change');
    expect(change()).toMatchObject({ text: null, missing: ['flag'], rollback: { text: null, missing: ['flag'] } });
    player.send({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
    expect(change()).toMatchObject({ rollback: { text: "echo 'mail2.contoso.com' 3" } });
  });
});

describe('going back', () => {
  test('across a called wizard restores the place, and the old branch stays superseded', () => {
    const player = new Player(library, 'main').choose('yes', 'set', 'go');
    player.send({ type: 'back', to: 2 });
    expect(player.at).toBe('flags/flag');
    expect(player.state.visits.filter((visit) => visit.superseded).map((visit) => visit.n)).toEqual([2, 3, 4]);
    expect(player.choose('set').at).toBe('main/then');
  });

  test('takes back what abandoned outcomes had set, and keeps what the person typed', () => {
    const player = new Player(library, 'main').choose('yes');
    player.send({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
    player.send({ type: 'back', to: 1 });
    expect(valuesOf(player.state)).toEqual({ remote_host: 'mail2.contoso.com' });
  });

  test('opens a closed case again', () => {
    const player = new Player(library, 'main').choose('no');
    player.send({ type: 'back', to: 1 });
    expect(player.state.status).toBe('open');
    expect(verdictVisit(player.state)).toBeNull();
  });

  test('offers the evidence again while the parameters are unchanged, and not after', () => {
    const player = new Player(library, 'flags').send({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
    player.send(captureInput('T1', 'set', { parameters: { remote_host: 'mail2.contoso.com' } })).choose('set');
    player.send({ type: 'back', to: 1 });
    expect(viewOf(library, player.state).step?.offered).toMatchObject([{ capture: 'c1', command: 'T1' }]);
    player.send({ type: 'set', name: 'remote_host', value: 'mail3.contoso.com' });
    expect(viewOf(library, player.state).step?.offered).toEqual([]);
  });

  test('offers evidence again that was got with a default of the command', () => {
    const commands = structuredClone(COMMANDS);
    for (const command of commands.commands)
      if (command.id === 'T1') Object.assign(command, { parameters: [{ name: 'flag', default: '1' }] });
    const player = new Player(smallLibrary([MAIN, FLAGS], commands), 'flags');
    player
      .send(captureInput('T1', 'set', { parameters: { flag: '1' } }))
      .choose('set')
      .send({ type: 'back', to: 1 });
    expect(viewOf(player.library, player.state).step?.offered).toMatchObject([{ capture: 'c1', command: 'T1' }]);
    player.send({ type: 'set', name: 'flag', value: '2' });
    expect(viewOf(player.library, player.state).step?.offered).toEqual([]);
  });

  test('evidence brought here again is read for this step; the earlier step keeps its own reading', () => {
    const player = new Player(library, 'flags').send(captureInput('T1', 'set')).choose('set');
    player.send({ type: 'back', to: 1 });
    player.send({
      type: 'reuse',
      capture: 'c1',
      reading: { suggested: 'clear', reads: [], evidence: [], certainty: 'confirmed' },
    });
    expect(viewOf(library, player.state).step?.suggestion).toBe('clear');
    expect(player.state.captures.c1?.reading?.suggested).toBe('set');
    expect(player.state.captures.c1?.by).toBe('tester');
  });

  test.each([0, -1, 99, 2.5])('to %s is refused with the steps that exist', (to) => {
    expect(new Player(library, 'main').choose('yes').try({ type: 'back', to })).toMatchObject({
      code: 'no-such-step',
      hint: 'One of: 1, 2.',
    });
  });
});

describe('refusals', () => {
  test('an outcome that the step has not names those it has', () => {
    expect(new Player(library, 'main').try({ type: 'choose', outcome: 'maybe' })).toMatchObject({
      code: 'unknown-outcome',
      hint: 'One of: yes, no, unknown.',
    });
  });

  test('an ended walk takes no outcome', () => {
    expect(new Player(library, 'main').choose('no').try({ type: 'choose', outcome: 'yes' })).toMatchObject({
      code: 'ended',
    });
  });

  test('a value that its type refuses changes nothing', () => {
    const player = new Player(library, 'main');
    expect(player.try({ type: 'set', name: 'remote_ip', value: 'mail2' })).not.toBeNull();
    expect(valuesOf(player.state)).toEqual({});
  });

  test('a wizard that goes round without asking is refused, not walked for ever', () => {
    const circle = { ...MAIN, steps: MAIN.steps.map((s) => (s.id === 'ours' ? s : s)) };
    const loop = structuredClone(FLAGS) as typeof FLAGS;
    const broken = smallLibrary([
      {
        ...circle,
        steps: [
          {
            ...MAIN.steps[0],
            outcomes: [
              { id: 'yes', label: 'Yes', next: 'nowhere' },
              { id: 'unknown', label: '?', next: 'harmless' },
            ],
          },
          MAIN.steps[2],
        ],
      },
      loop,
    ]);
    expect(new Player(broken, 'main').try({ type: 'choose', outcome: 'yes' })).toMatchObject({ code: 'broken-wizard' });
  });
});

describe('suggestions', () => {
  test('two commands that disagree suggest nothing', () => {
    const player = new Player(library, 'flags').send(captureInput('T1', 'set')).send(captureInput('T9', 'clear'));
    expect(viewOf(library, player.state).step?.suggestion).toBeNull();
  });

  test('the newest capture of a command counts', () => {
    const player = new Player(library, 'flags').send(captureInput('T1', 'set')).send(captureInput('T1', 'clear'));
    expect(viewOf(library, player.state).step?.suggestion).toBe('clear');
  });
});

describe('versions', () => {
  test('an edited wizard reaches new cases; an open one goes on with its own until it takes the new one', () => {
    const player = new Player(library, 'flags');
    const edited = {
      ...FLAGS,
      version: 2,
      steps: FLAGS.steps.map((s) => (s.id === 'flag' ? { ...s, title: 'Edited' } : s)),
    };
    const newer = smallLibrary([MAIN, edited]);
    const both = { ...newer, files: new Map([...library.files, ...newer.files]) };
    expect(viewOf(both, player.state).step?.step.title).toBe('Is the flag set?');
    expect(viewOf(both, player.state).step?.newer).toBe(true);
    const taken = new Player(both);
    taken.state = player.state;
    taken.send({ type: 'take-version' });
    expect(viewOf(both, taken.state).step?.step.title).toBe('Edited');
  });
});

describe('for any sequence of inputs', () => {
  const input = fc.oneof(
    fc.record({ kind: fc.constant('choose' as const), pick: fc.nat(20) }),
    fc.record({ kind: fc.constant('back' as const), pick: fc.nat(20) }),
    fc.record({ kind: fc.constant('capture' as const), pick: fc.nat(20) }),
    fc.record({ kind: fc.constant('set' as const), pick: fc.nat(20) }),
  );

  test('the fold of the journal is the state at every prefix, and the walk can always be ended', () => {
    fc.assert(
      fc.property(fc.constantFrom('main', 'flags'), fc.array(input, { maxLength: 40 }), (wizard, inputs) => {
        const player = new Player(library, wizard);
        const states = [player.state];
        for (const { kind, pick } of inputs) {
          const outcomes = viewOf(library, player.state).step?.outcomes ?? [];
          if (kind === 'choose' && outcomes.length > 0)
            player.try({ type: 'choose', outcome: outcomes[pick % outcomes.length]?.id as string });
          if (kind === 'back') player.try({ type: 'back', to: pick });
          if (kind === 'capture') player.try(captureInput('T1', pick % 2 ? 'set' : null));
          if (kind === 'set') player.try({ type: 'set', name: 'flag', value: String(pick) });
          if (player.journal.length === states.length) continue;
          states.push(player.state);
        }
        let folded = EMPTY_CASE;
        player.journal.forEach((event, index) => {
          folded = evolve(folded, event);
          expect(folded).toEqual(states[index]);
          expect(replay(player.journal.slice(0, index + 1))).toEqual(states[index]);
        });
        for (let hops = 0; player.state.current !== null; hops += 1) {
          expect(hops).toBeLessThan(20);
          const outcomes = viewOf(library, player.state).step?.outcomes ?? [];
          expect(outcomes.length).toBeGreaterThan(0);
          player.choose(outcomes.find((o) => o.id === 'left' || o.id === 'unknown')?.id ?? (outcomes[0]?.id as string));
        }
        expect(verdictVisit(player.state)).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

describe('events that no walk wrote', () => {
  const head = { at: '2026-01-01T00:00:00.000Z', actor: 'x', host: 'y' };

  test('are folded without an error, each in its place', () => {
    const player = new Player(library, 'main').choose('yes');
    player.send(captureInput('T1', null));
    const captured = player.journal.at(-1) as Extract<RecordedEvent, { type: 'captured' }>;
    const target = player.state.visits[0]?.target as Target;
    const state = replay([
      ...player.journal,
      { ...captured, seq: 4, capture: { ...captured.capture, id: '__proto__', visit: 99 } },
      { ...head, seq: 5, type: 'went-back', to: -7, target },
      { ...head, seq: 6, type: 'noted', visit: 1_000_000, text: 'Nowhere.' },
    ]);
    expect(Object.keys(state.captures)).toEqual(['c1', '__proto__']);
    expect(Object.getPrototypeOf(state.captures)).toBe(Object.prototype);
    expect(state.visits.map(({ superseded }) => superseded)).toEqual([true, true, false]);
  });
});
