/** Cases that begin with what was found in files. */
import type { GroundedSuggestion, IntakeView, SessionRowView } from '../../electron/contract-intake.ts';
import { filledIn } from '../../wizards/engine/intake/finding.ts';
import type { Suggestion } from '../../wizards/engine/triage.ts';
import { client } from '../connection/session.ts';
import { caseTitle } from '../lib/case-title.ts';
import { problemOf } from '../lib/problem.ts';
import { groupTitle } from '../lib/session-words.ts';
import { type Beginning, createCase, useIntake } from './intake-store.ts';

/** Sessions of a group that become evidence when nobody chose any. */
const OF_A_GROUP = 5;

/** What a case would begin with that rests on a suggestion of the files, evidence apart. */
export function broughtBeginning(suggestion: GroundedSuggestion, view: IntakeView): Beginning {
  const { wizard, step, ground, finding } = suggestion;
  const found = ground.kind === 'file' ? view.texts.find(({ file }) => file === ground.file)?.findings[finding] : null;
  const title = ground.kind === 'sessions' ? groupTitle(ground) : found ? caseTitle(found) : suggestion.title;
  return { wizard, step, title, parameters: filledIn(suggestion) };
}

/** Starts the suggested wizard with the first sessions of its group, or with the findings of its file. */
export async function startBrought(suggestion: GroundedSuggestion, view: IntakeView): Promise<void> {
  const { ground } = suggestion;
  const beginning = broughtBeginning(suggestion, view);
  try {
    const sessions = ground.kind === 'sessions' ? await firstOf(view.id, ground) : [];
    const files = ground.kind === 'file' ? [ground.file] : [];
    await createCase({ ...beginning, intake: { id: view.id, sessions, files } });
  } catch (error) {
    useIntake.setState({ problem: problemOf(error) });
  }
}

async function firstOf(intake: string, { stage, reply }: { stage: SessionRowView['stage']; reply: string }) {
  const page = await client().intake.sessions({
    intake,
    filter: { stages: [stage], reply },
    from: 0,
    count: OF_A_GROUP,
  });
  return page.rows.map(({ row }) => row);
}

/** What a case begins with that rests on chosen sessions. Its title says what the first of them ran into. */
export function chosenBeginning(
  suggestion: Pick<Suggestion, 'wizard' | 'step' | 'parameters' | 'apart'>,
  intake: string,
  rows: readonly number[],
  first: Pick<SessionRowView, 'stage' | 'reply' | 'remote'> | null,
): Beginning {
  const title = first ? groupTitle({ kind: 'sessions', sessions: rows.length, ...first }) : '';
  const { wizard, step } = suggestion;
  return {
    wizard,
    step,
    title,
    parameters: filledIn(suggestion),
    intake: { id: intake, sessions: [...rows], files: [] },
  };
}
