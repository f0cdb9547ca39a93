import { describe, expect, it } from 'vitest';
import { changeMade, dueCommand, openCommand, primaryOf } from '../../../renderer/lib/primary.ts';
import type { StepView } from '../../../wizards/engine/view.ts';

type Part = { id: string; role: 'check' | 'change' | 'preview' | 'proof' };

function step(
  kind: 'question' | 'check' | 'fix',
  commands: Part[],
  captured: string[] = [],
  suggested: string | null = null,
  byHand: string[] = [],
): StepView {
  const captures = captured.map((command, index) => ({ id: `k${index}`, command }));
  const last = captures.at(-1);
  const reading = last && suggested ? { capture: last, reading: { suggested } } : null;
  // Only what decides about the button; the rest of a view does not matter here.
  return {
    step: { kind },
    commands,
    captures,
    byHand: byHand.map((command) => ({ command })),
    reading,
  } as unknown as StepView;
}
const check: Part[] = [
  { id: 'E1', role: 'check' },
  { id: 'E2', role: 'check' },
];
const fix: Part[] = [
  { id: 'P1', role: 'preview' },
  { id: 'C1', role: 'change' },
  { id: 'E1', role: 'proof' },
];

describe('the one primary button', () => {
  it('of a question without commands records', () => {
    expect(primaryOf(step('question', []), null)).toBe('record');
  });

  it('of a check runs until there is an output', () => {
    expect(primaryOf(step('check', check), null)).toBe('run');
    expect(primaryOf(step('check', check, ['E1']), null)).toBe('record');
  });

  it('records as soon as the person picked an outcome', () => {
    expect(primaryOf(step('check', check), 'ok')).toBe('record');
    expect(primaryOf(step('fix', fix), 'left')).toBe('record');
  });

  it('of a fix reviews the change, then runs the proof, then records', () => {
    expect(primaryOf(step('fix', fix), null)).toBe('review');
    expect(primaryOf(step('fix', fix, ['P1']), null)).toBe('review');
    expect(primaryOf(step('fix', fix, ['C1']), null)).toBe('run');
    expect(primaryOf(step('fix', fix, ['C1', 'E1']), null)).toBe('record');
  });

  it('of a fix without a command of its own runs the proof', () => {
    expect(primaryOf(step('fix', [{ id: 'E1', role: 'proof' }]), null)).toBe('run');
  });
});

describe('the command whose turn it is', () => {
  it('is the first without an output', () => {
    expect(dueCommand(step('check', check))).toBe('E1');
    expect(dueCommand(step('check', check, ['E1']))).toBe('E2');
    expect(dueCommand(step('check', check, ['E1', 'E2']))).toBe('E1');
  });

  it('of a fix is the change, then the proof, never the preview', () => {
    expect(dueCommand(step('fix', fix))).toBe('C1');
    expect(dueCommand(step('fix', fix, ['C1']))).toBe('E1');
  });

  it('does not exist where there are no commands', () => {
    expect(dueCommand(step('question', []))).toBeNull();
  });

  it('gives way to the one whose output suggests an outcome', () => {
    expect(openCommand(step('check', check, ['E1'], 'ok'))).toBe('E1');
    expect(openCommand(step('check', check, ['E1'], null))).toBe('E2');
  });
});

describe('a change that was made by hand', () => {
  const made = step('fix', fix, [], null, ['C1']);

  it('is behind the person: the proof is next, for the button and for Ctrl+Enter', () => {
    expect(primaryOf(made, null)).toBe('run');
    expect(dueCommand(made)).toBe('E1');
    expect(changeMade(made)).toBe(true);
  });

  it('counts as little as none while it is not recorded', () => {
    expect(changeMade(step('fix', fix))).toBe(false);
    expect(changeMade(step('fix', [{ id: 'E1', role: 'proof' }]))).toBe(false);
  });
});
