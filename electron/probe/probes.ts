/** The probes that a page started: under way or kept to be looked at, compared and put into a case. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Library } from '../../wizards/engine/library.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import type { ProbePhase, ProbeRequest, ProbeView } from '../contract-probe.ts';
import { Fault } from '../fault.ts';
import type { SmtpOptions } from './probe-context.ts';
import { probeSmtp } from './smtp-probe.ts';
import { parseTarget } from './target.ts';

/** Older ones are forgotten. */
const MOST_KEPT = 20;
/** An answer that takes so long counts as held back. */
const SLOW_MS = 5000;

export class Probes {
  readonly #running = new Map<string, RunningProbe>();

  /** Starts a probe and returns at once. Throws a Fault for what is no target. */
  start(library: Library, request: ProbeRequest): RunningProbe {
    parseTarget(request.target);
    const probe = new RunningProbe(randomUUID(), request);
    this.#running.set(probe.id, probe);
    for (const [id, old] of this.#running) {
      if (this.#running.size <= MOST_KEPT) break;
      if (old.view().phase !== 'running') this.#running.delete(id);
    }
    void probe.run(library);
    return probe;
  }

  get(id: string): RunningProbe {
    const probe = this.#running.get(id);
    if (probe) return probe;
    throw new Fault('no-probe', 'This probe is not there any more.', 'Start it again.');
  }

  close(): void {
    for (const probe of this.#running.values()) probe.stop();
  }
}

class RunningProbe {
  readonly id: string;
  readonly #request: ProbeRequest;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  #phase: ProbePhase = 'running';
  #fault: ProbeView['fault'] = null;
  #result: ProbeResult | null = null;

  constructor(id: string, request: ProbeRequest) {
    this.id = id;
    this.#request = request;
  }

  view(): ProbeView {
    return { id: this.id, request: this.#request, phase: this.#phase, fault: this.#fault, result: this.#result };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#stop.abort(new Fault('stopped', 'The probe was stopped.'));
  }

  async run(library: Library): Promise<void> {
    const { target } = this.#request;
    const at = new Date().toISOString();
    try {
      this.#result = await probeSmtp(target, optionsOf(this.#request), {
        signal: this.#stop.signal,
        known: async () => library.probeFindings,
        onProgress: (stages) => {
          this.#result = unfinished(target, at, structuredClone(stages) as ProbeResult['stages']);
          this.#tell();
        },
      });
      this.#phase = 'done';
    } catch (error) {
      this.#phase = this.#stop.signal.aborted ? 'stopped' : 'failed';
      if (this.#phase === 'failed')
        this.#fault =
          error instanceof Fault
            ? { message: error.message, hint: error.hint }
            : { message: error instanceof Error ? error.message : String(error), hint: null };
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function optionsOf(request: ProbeRequest): SmtpOptions {
  const bytes = request.until === 'blob' ? (request.bytes ?? null) : null;
  return {
    ...{ until: request.until, helo: request.helo || hostname(), from: request.from ?? '' },
    to: request.to ? [request.to] : [],
    ...{ timeoutMs: request.seconds * 1000, tls: request.tls, mx: false, family: 0, source: null, bytes },
    ...{ pipelining: false, injection: false, logon: null, insecureLogon: false, slowMs: SLOW_MS },
  };
}

/** What came so far, in the form of a result that says nothing yet. */
function unfinished(target: string, at: string, stages: ProbeResult['stages']): ProbeResult {
  return {
    ...{ version: 1, kind: 'smtp', target, run_from: { host: hostname(), address: null }, at, options: {}, stages },
    ...{ stage: 'none', software: null, capabilities: { before: null, after: null }, tls: null },
    ...{ findings: [], notes: [], suggestions: [] },
  };
}
