/** Lays a session over the conversation that a wizard draws: what is there, what is missing first, what came never. */
import type { Conversation } from '../schema.ts';
import type { SessionDetail, SessionStep } from './session-detail.ts';
import { STAGES, type Stage } from './stages.ts';

type Part = Conversation['parts'][number];
export type LadderRung = {
  part: Part;
  state: 'there' | 'missing' | 'behind' | 'absent';
  steps: SessionStep[];
};

/** One rung for each part, in their order. Parts without a stage are those that no log shows. */
export function ladderOf({ parts }: Conversation, session: SessionDetail): LadderRung[] {
  const rungs = parts.map((part): LadderRung => ({ part, state: 'absent', steps: stepsOf(part, session.steps) }));
  const missing = session.stage === 'none' ? -1 : missingRung(parts, rungs, session);
  // Every session ends, however far it came.
  const reached = rungs.reduce(
    (last, { part, steps }, index) => (steps.length > 0 && part.stage !== 'end' ? index : last),
    -1,
  );
  for (const [index, rung] of rungs.entries()) {
    if (index === missing) rung.state = 'missing';
    else if (rung.steps.length > 0) rung.state = 'there';
    else if (missing >= 0 && index > missing && index > reached) rung.state = 'behind';
  }
  return rungs;
}

function stepsOf({ stage, from }: Part, steps: readonly SessionStep[]): SessionStep[] {
  if (stage === undefined) return [];
  if (stage === 'end') return steps.filter(({ who }) => who === 'close');
  return steps.filter((step) => {
    if (step.stage !== stage) return false;
    if (step.who === 'open' || step.who === 'note') return from === 'both';
    return from === 'both' || step.who === (from === 'sender' ? 'client' : 'server');
  });
}

/** The receiver's part of the stage at which the session broke off or was refused, or the sender's where it has none. */
function missingRung(parts: readonly Part[], rungs: readonly LadderRung[], { stage, reply }: SessionDetail): number {
  const at = (wanted: Stage): number[] => parts.flatMap((part, index) => (part.stage === wanted ? [index] : []));
  const own = at(stage as Stage);
  const answer = own.find((index) => parts[index]?.from !== 'sender');
  // Encryption has no part in the conversation of 2004: it stands between the list and the sender.
  if (own.length === 0) {
    const later = STAGES.slice(STAGES.indexOf(stage as Stage)).flatMap(at);
    return later[0] ?? -1;
  }
  if (reply !== null || answer !== undefined) return answer ?? (own[0] as number);
  return own.findLast((index) => rungs[index]?.steps.length === 0) ?? (own.at(-1) as number);
}
