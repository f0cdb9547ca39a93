/** The stages of a probe as they come: every line with its time, and each exchange for the findings. */
import type { Stage } from '../../wizards/engine/logs/stages.ts';
import type { Attempt, Exchange } from '../../wizards/engine/probe/observation.ts';
import type { ProbeStage, ProbeStep } from '../../wizards/engine/probe/probe-result.ts';

/** Number in the 15-step conversation of what is sent, received or noted at a stage. */
const NUMBERS: Partial<Record<Stage, Partial<Record<ProbeStep['direction'], number>>>> = {
  dns: { note: 1 },
  connect: { note: 2 },
  banner: { received: 3, note: 3 },
  ehlo: { sent: 4, received: 5, note: 5 },
  mail: { sent: 6, received: 7, note: 7 },
  rcpt: { sent: 8, received: 9, note: 9 },
  xexch50: { sent: 10, received: 11, note: 11 },
  blob: { sent: 12, received: 13, note: 13 },
  quit: { sent: 13, received: 14, note: 15 },
};

export class ProbeRecord {
  readonly stages: ProbeStage[] = [];
  readonly exchanges: Exchange[] = [];
  readonly attempts: Attempt[] = [];
  readonly #onProgress: () => void;
  #began = 0;
  /** Lines so far, of all stages. */
  lines = 0;

  constructor(onProgress: () => void) {
    this.#onProgress = onProgress;
  }

  get #stage(): ProbeStage {
    return this.stages.at(-1) as ProbeStage;
  }

  get stage(): Stage {
    return this.#stage.name;
  }

  /** What follows is of this stage. Until it ends otherwise it counts as failed: a probe may be broken off. */
  begin(name: Stage): void {
    this.#began = performance.now();
    this.stages.push({ name, status: 'fail', ms: 0, steps: [] });
    this.#onProgress();
  }

  /** Adds a line and returns its number among all. */
  step(direction: ProbeStep['direction'], text: string): number {
    const { name, steps } = this.#stage;
    steps.push({ n: NUMBERS[name]?.[direction] ?? null, direction, text, ms: this.#ms() });
    this.lines += 1;
    this.#onProgress();
    return this.lines;
  }

  end(status: ProbeStage['status'], why?: string): void {
    this.#stage.status = status;
    this.#stage.ms = this.#ms();
    if (why !== undefined) this.#stage.why = why;
    this.#onProgress();
  }

  #ms(): number {
    return Math.round(performance.now() - this.#began);
  }
}
