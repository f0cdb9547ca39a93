import type {
  ByHandItem,
  CaptureItem,
  Checklist,
  FixItem,
  NoteItem,
  StepItem,
} from '../../wizards/engine/checklist/model.ts';

/** What the checklist tells of one visit, whether it was a step or a fix. */
export type VisitRecord = {
  text: string | null;
  certainty: StepItem['certainty'];
  suggested: StepItem['suggested'];
  followed: StepItem['followed'];
  note: string | null;
  notes: NoteItem[];
  captures: CaptureItem[];
  byHand: ByHandItem[];
};

/** The record of visit `n`, on the path or on a branch that was left; null when the checklist has none. */
export function recordOf(checklist: Checklist, n: number): VisitRecord | null {
  for (const path of [checklist.path, ...checklist.superseded]) {
    const fix = path.verdicts.flatMap((verdict) => verdict.fixes).find((item) => item.n === n);
    if (fix) return ofFix(fix);
    const step = path.steps.find((item) => item.n === n);
    if (step) return { ...step, byHand: [] };
  }
  return null;
}

function ofFix(fix: FixItem): VisitRecord {
  const { text, certainty, followed, note, notes } = fix;
  const captures = [...(fix.change?.sent ?? []), ...fix.proof.captures, ...fix.captures];
  return { text, certainty, suggested: null, followed, note, notes, captures, byHand: fix.change?.byHand ?? [] };
}
