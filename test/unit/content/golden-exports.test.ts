/**
 * The main walk of each wizard as the colleague gets it: exported as Markdown, kept as a file. Who reads it must find
 * what was wrong, how it was proven, what was changed and how to undo it.
 */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { writeMarkdown } from '../../../electron/export/markdown.ts';
import { type Checklist, checklist } from '../../../wizards/engine/checklist.ts';
import {
  type CaseState,
  EMPTY_CASE,
  environmentOf,
  evolve,
  type RecordedEvent,
  type Visit,
  valuesOf,
} from '../../../wizards/engine/model.ts';
import { readingFor } from '../../../wizards/engine/reading.ts';
import { stepAt } from '../../../wizards/engine/route.ts';
import type { Wizard } from '../../../wizards/engine/schema.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { viewOf } from '../../../wizards/engine/view.ts';
import { decide, type Input } from '../../../wizards/engine/walk.ts';
import { TYPICAL } from '../../fixtures/typical-walks.ts';
import { library, visitOf, walksOf } from './walk-finder.ts';

const BEGIN = Date.parse('2026-11-26T09:00:00.000Z');

/** Plays inputs with a clock that goes on by a minute, and keeps the texts. */
class Recorder {
  state: CaseState = EMPTY_CASE;
  readonly #texts = new Map<string, string>();

  store(text: string) {
    const sha256 = createHash('sha256').update(text).digest('hex');
    this.#texts.set(sha256, text);
    return { sha256, bytes: Buffer.byteLength(text) };
  }

  send(input: Input): void {
    const decision = decide(library, this.state, input);
    if ('refusal' in decision) throw new Error(`${decision.refusal.code}: ${decision.refusal.message}`);
    for (const event of decision.events) {
      const seq = this.state.seq + 1;
      const at = new Date(BEGIN + seq * 60_000).toISOString();
      this.state = evolve(this.state, { seq, at, actor: 'tester', host: 'WS01', ...event } as RecordedEvent);
    }
  }

  /** Values of the parameters that a command needs and nobody gave: their examples. */
  fillIn(id: string): void {
    for (const { name, default: preset } of library.commands.get(id)?.command.parameters ?? []) {
      const { example, type } = library.parameters.get(name) ?? {};
      if (valuesOf(this.state)[name] !== undefined || preset !== undefined || type === 'secret' || !example) continue;
      this.send({ type: 'set', name, value: String(example) });
    }
  }

  capture(id: string, output: string): void {
    this.fillIn(id);
    const visit = visitOf(this.state) as Visit;
    const command = viewOf(library, this.state).step?.commands.find((one) => one.id === id);
    const values = valuesOf(this.state);
    const text = command?.text ?? `(${id})`;
    const entry = library.commands.get(id)?.command;
    const names = entry?.parameters?.map(({ name }) => name) ?? [];
    this.send({
      type: 'capture',
      capture: {
        ...{ command: id, shell: command?.shell ?? 'powershell', text, source: 'run', truncated: false, result: 'ok' },
        ...{
          output: this.store(output),
          raw: null,
          exit: null,
          ended: 'exit',
          ms: 1000,
          host: 'EX01',
          user: 'CONTOSO\\admin',
        },
        ...{ startedAt: new Date(BEGIN + this.state.seq * 60_000).toISOString(), directory: null, shellVersion: null },
        parameters: Object.fromEntries(
          names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
        ),
        reading: readingFor(library, visit, id, output, values, text),
      },
    });
  }

  checklist(): Checklist {
    return checklist(library, this.state, {
      ...{ head: 'a'.repeat(64), exportedAt: '2026-11-26T12:00:00.000Z', exportedBy: 'tester', product: 'Fieldguide' },
      timeZone: 'UTC',
      outputOf: (hash) => this.#texts.get(hash),
      lines: (hash) => this.#texts.get(hash)?.split('\n'),
    });
  }
}

/** The sample of a step's commands that suggests this outcome. */
function sampleFor(recorder: Recorder, outcome: string): { id: string; output: string } | null {
  const visit = visitOf(recorder.state) as Visit;
  const environment = environmentOf(recorder.state);
  for (const { id, effect } of viewOf(library, recorder.state).step?.commands ?? []) {
    if (effect === 'change') continue;
    for (const { output, parameters, environments } of library.commands.get(id)?.command.samples ?? []) {
      if (environment && environments && !environments.includes(environment)) continue;
      if (readingFor(library, visit, id, output, parameters ?? {})?.suggested === outcome) return { id, output };
    }
  }
  return null;
}

/** From the evidence to the verdict, then its first fix: carried out, and proven by the check that failed. */
function mainWalk(
  id: string,
  evidence: string,
  verdict: string,
): { recorder: Recorder; proven: number; fixed: boolean } {
  const wizard = library.wizards.get(id)?.wizard as Wizard;
  const { findings, suggestions } = triage(library, evidence);
  const suggestion = suggestions.find((one) => one.wizard === id);
  const found = walksOf(wizard, suggestion?.step).get(verdict);
  if (!found) throw new Error(`No walk leads to ${verdict}.`);
  const recorder = new Recorder();
  const text = recorder.store(evidence);
  recorder.send({
    ...{
      type: 'open',
      case: '20261126-golden',
      title: wizard.title,
      ticket: 'INC-1',
      operator: 'tester',
      product: 'Fieldguide',
    },
    ...{ wizard: id, ...(suggestion ? { step: suggestion.step } : {}), parameters: {} },
    evidence: findings
      .filter(({ kind }) => kind !== 'symptom')
      .map(({ kind, id: name, source, title, line, fields }) => ({
        kind,
        id: name,
        source,
        title,
        line,
        fields,
        text,
      })),
  });
  let proven = 0;
  for (const visit of found.state.visits) {
    if (visit.outcome === null || visit.superseded || visit.target.kind === 'fix') continue;
    const sample = sampleFor(recorder, visit.outcome);
    if (sample) {
      recorder.capture(sample.id, sample.output);
      proven += 1;
    }
    recorder.send({ type: 'choose', outcome: visit.outcome });
  }
  const fix = visitOf(recorder.state);
  const step = fix && stepAt(library, fix.target);
  if (step?.kind !== 'fix') return { recorder, proven, fixed: false };
  if (step.change) {
    const entry = library.commands.get(step.change)?.command;
    recorder.capture(step.change, entry?.samples?.[0]?.output ?? '');
  }
  recorder.send({ type: 'choose', outcome: 'verified' });
  return { recorder, proven, fixed: true };
}

describe.each(TYPICAL.map((one) => [one.wizard, one] as const))('%s', (id, { evidence, verdict }) => {
  const { recorder, proven, fixed } = mainWalk(id, evidence, verdict);
  const made = recorder.checklist();
  // The hashes of the wizards change with each of their words.
  const text = writeMarkdown(made).replace(/file `[0-9a-f]{12}`/g, 'file `…`');

  test('reads as agreed', async () => {
    await expect(text).toMatchFileSnapshot(`../../fixtures/export/walks/${id}.md`);
  });

  test('says what was wrong, how that was proven, what was changed, and how to undo it', () => {
    const wrong = made.path.verdicts.find((one) => one.id === verdict);
    expect(wrong).toBeDefined();
    expect(text).toContain(verdict);
    expect(text).toContain('## Verdict');
    if (proven > 0) expect(text).toMatch(/^> +\d+ \| /m);
    const fix = wrong?.fixes.find(({ status }) => status === 'verified');
    expect(fix !== undefined).toBe(fixed);
    if (!fix) {
      expect(text).toMatch(/Nothing was changed\./);
      return;
    }
    expect(text).toMatch(/#+ Change(?:, as|, done|\n\nTo be done by hand)/);
    expect(text).toMatch(/#+ Way back\n\n\S/);
    expect(text).toMatch(/#+ Proof\n/);
  });
});
