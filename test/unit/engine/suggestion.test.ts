/** One rule for what the outputs of a step suggest: view, journal, checklist and command line follow it. */
import { describe, expect, test } from 'vitest';
import type { Checklist } from '../../../wizards/engine/checklist/model.ts';
import { checklist } from '../../../wizards/engine/checklist.ts';
import type { Reading } from '../../../wizards/engine/model.ts';
import { type StepView, viewOf } from '../../../wizards/engine/view.ts';
import { captureInput, Player } from './player.ts';
import { smallLibrary } from './small-library.ts';

const library = smallLibrary();
const flags = () => new Player(library, 'flags');
const stepOf = ({ state }: Player): StepView => viewOf(library, state).step as StepView;
const marked = (step: StepView) => step.outcomes.filter((outcome) => outcome.suggested).map(({ id }) => id);
const shown = (step: StepView) => step.reading && [step.reading.capture.id, step.reading.reading.suggested];
const reading = (suggested: string | null, line: number): { reading: Reading } => ({
  reading: { suggested, reads: [], evidence: [{ line, text: `line ${line}` }], certainty: 'confirmed' },
});
const listOf = ({ state }: Player): Checklist =>
  checklist(library, state, {
    head: '',
    exportedAt: state.changedAt,
    exportedBy: 'tester',
    product: 'Fieldguide',
    timeZone: 'UTC',
    outputOf: () => undefined,
    lines: () => undefined,
  });

describe('of each command only the newest capture counts', () => {
  test('a newer one that suggests nothing takes the suggestion of the older one away', () => {
    const player = flags().send(captureInput('T1', 'set')).send(captureInput('T1', null));
    const step = stepOf(player);
    expect([step.suggestion, marked(step), shown(step)]).toEqual([null, [], ['c2', null]]);
    player.choose('set');
    expect(player.state.visits[0]?.suggested).toBeNull();
  });

  test('a newer one that suggests something else is the one that is shown and marked', () => {
    const step = stepOf(flags().send(captureInput('T1', 'set')).send(captureInput('T1', 'clear')));
    expect([step.suggestion, marked(step), shown(step)]).toEqual(['clear', ['clear'], ['c2', 'clear']]);
  });

  test('the checklist names the newer capture at the one that it replaced', () => {
    const player = flags().send(captureInput('T1', 'set')).send(captureInput('T1', null));
    const [first, second] = listOf(player).path.steps[0]?.captures ?? [];
    expect([first?.replacedBy, second?.replacedBy]).toEqual(['c2', null]);
  });
});

describe('of several commands', () => {
  test('the reading that carries the suggestion is shown, though a later output of another command says nothing', () => {
    const step = stepOf(flags().send(captureInput('T1', 'set')).send(captureInput('T9', null)));
    expect([step.suggestion, marked(step), shown(step)]).toEqual(['set', ['set'], ['c1', 'set']]);
  });

  test('two that agree suggest together, and the later one is shown', () => {
    const step = stepOf(flags().send(captureInput('T1', 'set')).send(captureInput('T9', 'set')));
    expect([step.suggestion, shown(step), step.disagreement]).toEqual(['set', ['c2', 'set'], []]);
  });

  test('two that disagree suggest nothing, and both are named with their lines', () => {
    const player = flags()
      .send(captureInput('T1', 'set', reading('set', 2)))
      .send(captureInput('T9', 'clear', { text: 'other --flag', ...reading('clear', 5) }));
    const step = stepOf(player);
    expect([step.suggestion, marked(step)]).toEqual([null, []]);
    expect(step.disagreement).toEqual([
      { capture: 'c1', command: 'Read the flag', label: 'It is set', evidence: [{ line: 2, text: 'line 2' }] },
      { capture: 'c2', command: 'other --flag', label: 'It is not', evidence: [{ line: 5, text: 'line 5' }] },
    ]);
    player.choose('set');
    expect(player.state.visits[0]?.suggested).toBeNull();
    expect(listOf(player).path.steps[0]).toMatchObject({ suggested: null, followed: 'disagreement' });
  });

  test('a newer output settles the disagreement', () => {
    const player = flags().send(captureInput('T1', 'set')).send(captureInput('T9', 'clear'));
    const step = stepOf(player.send(captureInput('T9', 'set')));
    expect([step.suggestion, step.disagreement, shown(step)]).toEqual(['set', [], ['c3', 'set']]);
  });
});

test('the checklist of a step that is not answered yet says what its outputs suggest now', () => {
  const player = flags().send(captureInput('T1', 'set'));
  expect(listOf(player).path.steps[0]).toMatchObject({ outcome: null, suggested: { id: 'set', label: 'It is set' } });
});

test('a capture that is used again means in the checklist what it means at this step', () => {
  const player = flags().send(captureInput('T1', 'set')).choose('clear').send({ type: 'back', to: 1 });
  player.send({ type: 'reuse', capture: 'c1', reading: { ...reading('clear', 1).reading } });
  const step = listOf(player).path.steps[0];
  expect(step?.captures[0]?.reading?.suggested).toBe('clear');
  expect(step?.suggested?.id).toBe('clear');
});
