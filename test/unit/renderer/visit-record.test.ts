import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../renderer/lib/visit-record.ts';
import type { CaptureItem, Checklist, FixItem, StepItem } from '../../../wizards/engine/checklist/model.ts';

const step = (n: number, text: string) => ({ n, text, captures: [], notes: [] }) as unknown as StepItem;
const capture = (id: string) => ({ id }) as CaptureItem;
const fix = {
  n: 3,
  text: 'Mend it',
  certainty: 'confirmed',
  followed: null,
  note: null,
  notes: [],
  change: { sent: [capture('sent')], byHand: [{ text: 'Path > Flag', by: 'tester' }] },
  proof: { captures: [capture('proof')] },
  captures: [capture('other')],
} as unknown as FixItem;
const checklist = {
  path: { steps: [step(1, 'first'), step(3, 'the fix as a bare step')], verdicts: [{ fixes: [fix] }] },
  superseded: [{ steps: [step(2, 'left')], verdicts: [], replacedBy: null }],
} as unknown as Checklist;

describe('the record of one visit', () => {
  it('is found on the path and on a branch that was left', () => {
    expect(recordOf(checklist, 1)?.text).toBe('first');
    expect(recordOf(checklist, 2)?.text).toBe('left');
    expect(recordOf(checklist, 9)).toBeNull();
  });

  it('of a fix holds what was sent, then the proof, then the rest', () => {
    expect(recordOf(checklist, 3)?.captures.map((item) => item.id)).toEqual(['sent', 'proof', 'other']);
    expect(recordOf(checklist, 3)?.byHand).toMatchObject([{ text: 'Path > Flag', by: 'tester' }]);
    expect(recordOf(checklist, 1)?.byHand).toEqual([]);
  });
});
