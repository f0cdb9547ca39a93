/** A probe on a terminal: line by line as it happens, then what it means. */
import type { Difference } from '../../wizards/engine/probe/compare-probes.ts';
import type { ProbeResult, ProbeStage, ProbeStep } from '../../wizards/engine/probe/probe-result.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain.ts';
import { printTable } from './table.ts';

const ARROWS: Record<ProbeStep['direction'], string> = { sent: '->', received: '<-', note: '==' };

export class LadderPrinter {
  readonly #out: Output;
  #steps = 0;
  #stage = -1;
  #ended = -1;

  constructor(out: Output) {
    this.#out = out;
  }

  /** Prints what is new in the stages. */
  show = (stages: readonly ProbeStage[]): void => {
    for (let index = Math.max(0, this.#stage); index < stages.length; index += 1) {
      const stage = stages[index] as ProbeStage;
      if (index > this.#stage) {
        this.#end(stages[this.#stage]);
        this.#stage = index;
        this.#steps = 0;
      }
      for (const step of stage.steps.slice(this.#steps)) this.#print(stage, step);
      this.#steps = stage.steps.length;
    }
  };

  #print({ name }: ProbeStage, { direction, text, ms, n }: ProbeStep): void {
    const number = String(n ?? '').padStart(2);
    const time = `${ms} ms`.padStart(9);
    this.#out.line(
      `${number} ${name.padEnd(8)} ${ARROWS[direction]} ${plainLine(text)}  ${this.#out.style('dim', time)}`,
    );
  }

  #end(stage: ProbeStage | undefined): void {
    if (!stage || this.#ended === this.#stage) return;
    this.#ended = this.#stage;
    if (stage.status === 'fail')
      this.#out.line(this.#out.style('red', `   ${stage.name.padEnd(8)} x  ${plainLine(stage.why ?? 'It failed.')}`));
  }
}

/** Without a fault; with findings though each step went well. */
const WELL: Record<ProbeResult['kind'], [well: string, odd: string]> = {
  smtp: [
    'All that was asked for went well. No message was sent.',
    'Every step was answered, but not as it should be. No message was sent.',
  ],
  relay: [
    'No foreign recipient was taken. No message was sent.',
    'Every step was answered, but not as it should be. No message was sent.',
  ],
  dns: ['Mail to this domain finds its way.', 'Mail to this domain finds its way, but not all is as it should be.'],
  ip: ['Nothing speaks against this address.', 'Not all about this address is as it should be.'],
  compare: ['Both saw the same.', 'They saw different things.'],
};

export function printConclusion(out: Output, result: ProbeResult): void {
  const { stages, stage, software, tls, findings, notes, suggestions, run_from } = result;
  const failed = stages.find(({ status }) => status === 'fail');
  const [well, odd] = WELL[result.kind];
  const conversed = result.kind === 'smtp' || result.kind === 'relay';
  out.line();
  out.line(
    failed
      ? out.style('red', `${conversed ? `Stopped at ${stage}: ` : ''}${plainLine(failed.why ?? 'it failed')}`)
      : findings.length > 0
        ? out.style('yellow', odd)
        : out.style('green', well),
  );
  if (software !== null) out.line(`The server says to be ${plainLine(software)}.`);
  if (tls) out.line(`TLS: ${tls.protocol}, ${tls.cipher}${tls.chain[0] ? `, ${plainLine(tls.chain[0].subject)}` : ''}`);
  for (const { code, message, evidence } of findings) {
    out.line(`Finding: ${out.style('bold', code)}  ${plainLine(message)}`);
    for (const { stage: at, text } of evidence.slice(0, 3)) out.line(`  ${at}: ${plainLine(text)}`);
  }
  if (findings.length === 0) out.line('Finding: none');
  for (const note of notes) out.line(out.style('dim', `Note: ${plainLine(note)}`));
  out.line(
    out.style(
      'dim',
      `Seen from ${run_from.host}${run_from.address ? ` (${run_from.address})` : ''}; elsewhere it may look different.`,
    ),
  );
  if (suggestions.length > 0) out.line(out.style('bold', 'Fitting wizards'));
  for (const { wizard } of suggestions) out.line(`  fieldguide run ${wizard}`);
}

/** One of several results. */
export function printLine(out: Output, { target, stage, findings, stages }: ProbeResult): void {
  const ms = stages.reduce((sum, one) => sum + one.ms, 0);
  const state = stage === 'none' ? out.style('green', 'ok') : out.style('red', stage);
  out.line(`${target}  ${state}  ${ms} ms  ${findings.map(({ code }) => code).join(' ')}`.trimEnd());
}

export type ProbeOutcome = Pick<ProbeResult, 'target' | 'stage'> & { codes: string[] };
export const outcomeOf = ({ target, stage, findings }: ProbeResult): ProbeOutcome => ({
  target,
  stage,
  codes: findings.map(({ code }) => code),
});

/** What was the same each time, and what varied. */
export function printVaried(out: Output, outcomes: readonly ProbeOutcome[]): void {
  const byTarget = new Map<string, Map<string, number>>();
  for (const { target, stage, codes } of outcomes) {
    const outcome = [stage === 'none' ? 'ok' : stage, ...codes].join(' ');
    const counts = byTarget.get(target) ?? new Map<string, number>();
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    byTarget.set(target, counts);
  }
  const varied = [...byTarget].filter(([, counts]) => counts.size > 1);
  if (varied.length === 0) return;
  out.line();
  out.line(out.style('bold', 'What varied'));
  printTable(
    out,
    ['target', 'times', 'outcome'],
    varied.flatMap(([target, counts]) => [...counts].map(([outcome, count]) => [target, String(count), outcome])),
  );
}

export function printDifferences(
  out: Output,
  [a, b]: readonly [string, string],
  differences: readonly Difference[],
): void {
  if (differences.length === 0) {
    out.line('Both saw the same.');
    return;
  }
  printTable(
    out,
    ['', a, b],
    differences.map((one) => [one.what, one.a ?? '-', one.b ?? '-']),
  );
}
