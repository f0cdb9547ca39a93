/** A probe as the conversation of 15 steps that a person reads: what was said, what is missing, what came never. */
import type { Stage } from '../logs/stages.ts';
import type { ProbeResult, ProbeStep } from './probe-result.ts';

type Part = { n: number | null; stage: Stage; says: string; from: 'sender' | 'receiver' | 'both' };

/**
 * The parts of the conversation. Numbers are those of the conversation in Microsoft KB 818222; encryption and logon,
 * which it leaves out, have none.
 */
const PARTS: readonly Part[] = [
  { n: 1, stage: 'dns', says: 'Name looked up', from: 'both' },
  { n: 2, stage: 'connect', says: 'TCP connection', from: 'both' },
  { n: 3, stage: 'banner', says: 'Greeting (banner)', from: 'receiver' },
  { n: 4, stage: 'ehlo', says: 'It introduces itself', from: 'sender' },
  { n: 5, stage: 'ehlo', says: 'List of commands', from: 'receiver' },
  { n: null, stage: 'starttls', says: 'Encryption', from: 'both' },
  { n: null, stage: 'auth', says: 'Logon', from: 'both' },
  { n: 6, stage: 'mail', says: 'The sender', from: 'sender' },
  { n: 7, stage: 'mail', says: 'Its acknowledgement', from: 'receiver' },
  { n: 8, stage: 'rcpt', says: 'The recipient', from: 'sender' },
  { n: 9, stage: 'rcpt', says: 'Its acknowledgement', from: 'receiver' },
  { n: 10, stage: 'xexch50', says: 'XEXCH50, with the number of bytes', from: 'sender' },
  { n: 11, stage: 'xexch50', says: 'Permission to send them (354)', from: 'receiver' },
  { n: 12, stage: 'blob', says: 'The binary data (BLOB)', from: 'sender' },
  { n: 13, stage: 'blob', says: 'Its acknowledgement', from: 'receiver' },
  { n: 14, stage: 'quit', says: 'QUIT and its acknowledgement', from: 'both' },
];

/** A step with its number among all steps of the result, from 1; findings name it. */
export type NumberedStep = ProbeStep & { line: number };
export type ProbeRung = Part & {
  /** `open`: it may still come, while the probe runs. */
  state: 'there' | 'failed' | 'behind' | 'left-out' | 'open';
  steps: NumberedStep[];
  /** Milliseconds since the stage began, at its last step; null where there is none. */
  ms: number | null;
  /** Why it failed or was left out. */
  why: string | null;
};

/** One rung for each part, in their order. `running`: what has no step yet may still come. */
export function probeLadder(result: Pick<ProbeResult, 'stages'>, running: boolean): ProbeRung[] {
  const numbered = numberSteps(result);
  const rungs = PARTS.map((part): ProbeRung => {
    const stage = result.stages.find(({ name }) => name === part.stage);
    const steps = (numbered.get(part.stage) ?? []).filter((step) => belongs(part, step));
    const isOver = stage !== undefined && (stage.status !== 'fail' || stage.why !== undefined || !running);
    const state = steps.length > 0 ? 'there' : isOver ? 'left-out' : running ? 'open' : 'behind';
    return { ...part, state, steps, ms: steps.at(-1)?.ms ?? null, why: stage?.why ?? null };
  });
  // The stage at hand counts as failed until it ends; only then it says why.
  const failed = result.stages.find(({ status, why }) => status === 'fail' && (why !== undefined || !running));
  if (failed) markFailed(rungs, failed.name);
  return rungs;
}

function numberSteps({ stages }: Pick<ProbeResult, 'stages'>): Map<Stage, NumberedStep[]> {
  const numbered = new Map<Stage, NumberedStep[]>();
  let line = 0;
  for (const { name, steps } of stages) {
    const own = steps.map((step) => {
      line += 1;
      return { ...step, line };
    });
    numbered.set(name, own);
  }
  return numbered;
}

/** What the probe says of itself stands with the receiver's part: it tells how the answer came, or that none did. */
function belongs({ from }: Part, { direction }: ProbeStep): boolean {
  return from === 'both' || (from === 'sender' ? direction === 'sent' : direction !== 'sent');
}

/** The receiver's part of the stage that failed, or the only one; nothing behind it was reached, but the leaving. */
function markFailed(rungs: ProbeRung[], stage: Stage): void {
  const own = rungs.filter((rung) => rung.stage === stage);
  const failed = own.find(({ from }) => from !== 'sender') ?? own.at(-1);
  if (!failed) return;
  failed.state = 'failed';
  for (const rung of rungs.slice(rungs.indexOf(failed) + 1))
    if (rung.steps.length === 0 && rung.state !== 'left-out') rung.state = 'behind';
}
