/** Plays inputs against the engine as the core does, without disk: decide, record, evolve. */
import type { Library } from '../../../wizards/engine/library.ts';
import { type CaseState, EMPTY_CASE, evolve, type RecordedEvent } from '../../../wizards/engine/model.ts';
import { decide, type Input, type Refusal } from '../../../wizards/engine/walk.ts';

export class Player {
  state: CaseState = EMPTY_CASE;
  readonly journal: RecordedEvent[] = [];
  readonly library: Library;

  constructor(library: Library, wizard?: string) {
    this.library = library;
    if (wizard) this.open(wizard);
  }

  open(wizard: string): this {
    this.send({
      type: 'open',
      case: 'c',
      title: 'Test',
      ticket: 'T-1',
      operator: 'tester',
      product: 'Fieldguide',
      wizard,
      evidence: [],
      parameters: {},
    });
    return this;
  }

  /** The refusal, or null when the input was taken. */
  try(input: Input): Refusal | null {
    const decision = decide(this.library, this.state, input);
    if ('refusal' in decision) return decision.refusal;
    for (const event of decision.events) {
      const seq = this.journal.length + 1;
      const at = new Date(Date.UTC(2026, 0, 1, 0, 0, seq)).toISOString();
      const recorded = { seq, at, actor: 'tester', host: 'pc', ...event } as RecordedEvent;
      this.journal.push(recorded);
      this.state = evolve(this.state, recorded);
    }
    return null;
  }

  send(input: Input): this {
    const refusal = this.try(input);
    if (refusal) throw new Error(`${refusal.code}: ${refusal.message}`);
    return this;
  }

  choose(...outcomes: string[]): this {
    for (const outcome of outcomes) this.send({ type: 'choose', outcome });
    return this;
  }

  /** wizard/step of the present place, or null. */
  get at(): string | null {
    const visit = this.state.current === null ? null : this.state.visits[this.state.current - 1];
    return visit ? `${visit.target.wizard}/${visit.target.step}` : null;
  }

  get live(): string[] {
    return this.state.visits.filter((v) => !v.superseded).map((v) => `${v.target.wizard}/${v.target.step}`);
  }
}

export const captureInput = (command: string, suggested: string | null, more: object = {}): Input => ({
  type: 'capture',
  capture: {
    command,
    shell: 'bash',
    text: 'echo x',
    source: 'run',
    output: { sha256: 'a'.repeat(64), bytes: 1 },
    raw: null,
    truncated: false,
    result: 'ok',
    exit: 0,
    ended: 'exit',
    startedAt: '2026-01-01T00:00:00.000Z',
    ms: 1,
    host: 'pc',
    user: 'tester',
    directory: '/',
    shellVersion: '5.2',
    parameters: {},
    reading: { suggested, reads: [], evidence: [], certainty: 'confirmed' },
    ...more,
  },
});
