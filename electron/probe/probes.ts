/** The probes that a page started: under way or kept to be looked at, compared and put into a case. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Library } from '../../wizards/engine/library.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import type { ProbeKind, ProbePhase, ProbeRequest, ProbeView } from '../contract-probe.ts';
import { Fault } from '../fault.ts';
import { addressIn, probeAddress } from './dns/probe-address.ts';
import { domainIn, probeDomain } from './dns/probe-domain.ts';
import { resolversFrom } from './dns/resolvers.ts';
import type { SmtpOptions } from './probe-context.ts';
import { probeRelay } from './relay-probe.ts';
import { probeSmtp, type RunOptions } from './smtp-probe.ts';
import { parseTarget } from './target.ts';

/** Older ones are forgotten. */
const MOST_KEPT = 20;
/** An answer that takes so long counts as held back. */
const SLOW_MS = 5000;

export class Probes {
  readonly #running = new Map<string, RunningProbe>();

  /** Starts a probe and returns at once. Throws a Fault for what is no target. */
  start(library: Library, request: ProbeRequest): RunningProbe {
    checkTarget(request);
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
    const { kind, target } = this.#request;
    const at = new Date().toISOString();
    try {
      this.#result = await carryOut(this.#request, library, {
        signal: this.#stop.signal,
        known: async () => library.probeFindings,
        onProgress: (stages) => {
          this.#result = unfinished(kind, target, at, structuredClone(stages) as ProbeResult['stages']);
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

/** Throws a Fault at once for what is no target; anything else is found out on the way. */
function checkTarget(request: ProbeRequest): void {
  const { kind, target } = request;
  if (kind === 'dns' || kind === 'ip') resolversFrom(request.resolvers ?? []);
  if (kind === 'dns') domainIn(target);
  else if (kind === 'ip') addressIn(target);
  else parseTarget(target);
}

function carryOut(request: ProbeRequest, library: Library, run: RunOptions): Promise<ProbeResult> {
  const { target } = request;
  const timeoutMs = request.seconds * 1000;
  switch (request.kind) {
    case 'smtp':
      return probeSmtp(target, conversation(request), run);
    case 'relay':
      return probeRelay(target, { ...CONVERSATION, helo: hostname(), timeoutMs, tls: 'none' }, request, run);
    case 'dns':
      return probeDomain(
        target,
        { resolvers: resolversFrom(request.resolvers ?? []), timeoutMs, hosts: null, followSpf: request.followSpf },
        run,
      );
    case 'ip': {
      const asked = { helo: request.helo || null, lists: library.addressLists };
      return probeAddress(
        target,
        { resolvers: resolversFrom(request.resolvers ?? []), timeoutMs, hosts: null, ...asked },
        run,
      );
    }
  }
}

const CONVERSATION: Omit<SmtpOptions, 'timeoutMs' | 'tls'> = {
  ...{ until: 'rcpt', helo: '', from: '', to: [], mx: false, family: 0, source: null, bytes: null },
  ...{ pipelining: false, injection: false, logon: null, insecureLogon: false, slowMs: SLOW_MS },
};

function conversation(request: ProbeRequest & { kind: 'smtp' }): SmtpOptions {
  return {
    ...CONVERSATION,
    ...{ until: request.until, helo: request.helo || hostname(), from: request.from ?? '' },
    ...{ to: request.to ? [request.to] : [], timeoutMs: request.seconds * 1000, tls: request.tls },
    bytes: request.until === 'blob' ? (request.bytes ?? null) : null,
  };
}

/** What came so far, in the form of a result that says nothing yet. */
function unfinished(kind: ProbeKind, target: string, at: string, stages: ProbeResult['stages']): ProbeResult {
  return {
    ...{ version: 1, kind, target, run_from: { host: hostname(), address: null }, at, options: {}, stages },
    ...{ stage: 'none', software: null, capabilities: { before: null, after: null }, tls: null },
    ...{ findings: [], notes: [], suggestions: [] },
  };
}
