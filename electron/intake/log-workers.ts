/** Threads that read logs: each takes the next job of a common list as soon as it is done with one. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './log-protocol.ts';

const MOST_WORKERS = 4;
/** Jobs that a worker is given ahead, so that it need not wait for the next. */
const AHEAD = 2;

export type Answer = Exclude<FromWorker, { type: 'progress' }>;
export type Listener = {
  onAnswer(answer: Answer, worker: Worker): void;
  onProgress(progress: Extract<FromWorker, { type: 'progress' }>): void;
};

export class LogWorkers {
  readonly #workers: Worker[];
  readonly #signal: AbortSignal | undefined;

  constructor(jobs: number, signal?: AbortSignal) {
    const count = Math.max(1, Math.min(MOST_WORKERS, availableParallelism(), jobs));
    this.#signal = signal;
    this.#workers = Array.from(
      { length: count },
      () => new Worker(workerFile(), { resourceLimits: { maxYoungGenerationSizeMb: 8 } }),
    );
  }

  /** Resolves once all jobs are answered; rejects with the signal's reason, or when a worker dies. */
  async all(jobs: ToWorker[], listener: Listener): Promise<void> {
    await Promise.all(this.#workers.map((worker) => this.#work(worker, jobs, listener)));
  }

  /** The same with one worker, in the order of the jobs. */
  async one(jobs: ToWorker[], listener: Listener): Promise<void> {
    await this.#work(this.#workers[0] as Worker, jobs, listener);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #work(worker: Worker, jobs: ToWorker[], { onAnswer, onProgress }: Listener): Promise<void> {
    let given = 0;
    return new Promise((resolve, reject) => {
      const give = (): void => {
        const next = jobs.shift();
        if (!next) return;
        given += 1;
        worker.postMessage(next);
      };
      const end = (settle: () => void): void => {
        this.#signal?.removeEventListener('abort', abort);
        worker.off('message', take);
        worker.off('error', fail);
        settle();
      };
      const abort = (): void => end(() => reject(this.#signal?.reason));
      const fail = (error: Error): void => end(() => reject(error));
      const take = (message: FromWorker): void => {
        if (message.type === 'progress') {
          onProgress(message);
          return;
        }
        onAnswer(message, worker);
        given -= 1;
        give();
        if (given === 0) end(resolve);
      };
      this.#signal?.addEventListener('abort', abort, { once: true });
      worker.on('message', take);
      worker.on('error', fail);
      for (let i = 0; i < AHEAD; i += 1) give();
      if (given === 0) end(resolve);
    });
  }
}

/** Beside this file when it is run as it is written, beside the program when it is built. */
const workerFile = (): string =>
  join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'log-worker.ts' : 'log-worker.js');
