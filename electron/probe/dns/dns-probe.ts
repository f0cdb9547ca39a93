/** What the probes of domains and addresses share: questions that become lines of the result. */
import { readFile } from 'node:fs/promises';
import { hostname, platform } from 'node:os';
import { type ProbeParameters, provenFindings, suggestionsOf } from '../../../wizards/engine/probe/conclude.ts';
import type { DnsQuestion, DnsReply } from '../../../wizards/engine/probe/dns/answer.ts';
import { hostsEntries, hostsPath } from '../../../wizards/engine/probe/dns/hosts-file.ts';
import { replyText } from '../../../wizards/engine/probe/dns/reply-text.ts';
import type { FindingLines, Seen, SeenEntry } from '../../../wizards/engine/probe/dns/seen.ts';
import type { ProbeResult } from '../../../wizards/engine/probe/probe-result.ts';
import { ProbeRecord } from '../probe-record.ts';
import type { RunOptions } from '../smtp-probe.ts';
import { type AskOptions, ask } from './ask.ts';
import type { Resolver } from './resolvers.ts';

export type DnsOptions = {
  resolvers: readonly Resolver[];
  /** For one answer. */
  timeoutMs: number;
  /** The hosts file; null for that of this computer. */
  hosts: string | null;
};

/** What RFC 9715 advises to ask for. */
export const EDNS = 1232;
/** What older name servers ask for; such answers come in fragments. */
export const LARGE_EDNS = 4096;

const MOST_HOSTS_BYTES = 10 * 1024 * 1024;

export class DnsProbe {
  readonly record: ProbeRecord;
  readonly replies: Seen[] = [];
  readonly #options: DnsOptions;
  readonly #ask: AskOptions;

  constructor(options: DnsOptions, { signal = new AbortController().signal, onProgress }: RunOptions) {
    this.#options = options;
    this.#ask = { timeoutMs: options.timeoutMs, signal };
    const record: ProbeRecord = new ProbeRecord(() => onProgress?.(record.stages));
    this.record = record;
    record.begin('dns');
  }

  get resolvers(): readonly Resolver[] {
    return this.#options.resolvers;
  }

  /**
   * By UDP with room for long answers; where that is not answered well, once more as in the days before EDNS. What is
   * cut off is asked for by TCP.
   */
  async lookUp(resolver: Resolver, question: DnsQuestion): Promise<DnsReply[]> {
    const first = await this.ask(resolver, question, EDNS);
    const replies = [first];
    const spoiled = first.outcome === 'silent' || first.code === 'FORMERR' || first.code === 'NOTIMP';
    if (spoiled) replies.push(await this.ask(resolver, question, null));
    if (replies.some(({ truncated }) => truncated)) replies.push(await this.askByTcp(resolver, question));
    return replies;
  }

  ask(resolver: Resolver, question: DnsQuestion, edns: number | null): Promise<DnsReply> {
    return ask(resolver, question, { transport: 'UDP', ...(edns === null ? {} : { edns }) }, this.#ask);
  }

  askByTcp(resolver: Resolver, question: DnsQuestion): Promise<DnsReply> {
    return ask(resolver, question, { transport: 'TCP' }, this.#ask);
  }

  /** Writes replies down in the order of the questions, not in that in which they came in. */
  async noted(questions: readonly Promise<DnsReply[]>[]): Promise<Seen[][]> {
    // The first that is stopped ends it all; of the others nobody is to hear.
    for (const question of questions) question.catch(() => {});
    const seen: Seen[][] = [];
    for (const question of questions)
      seen.push((await question).map((reply) => ({ ...reply, line: this.record.step('note', replyText(reply)) })));
    return seen;
  }

  async note(questions: readonly Promise<DnsReply[]>[]): Promise<void> {
    this.replies.push(...(await this.noted(questions)).flat());
  }

  /** Entries of the hosts file for these names; a file that cannot be read is a note. */
  async hostsEntries(names: readonly string[]): Promise<SeenEntry[]> {
    const path = this.#options.hosts ?? hostsPath(platform(), process.env.SystemRoot);
    try {
      const text = (await readFile(path)).subarray(0, MOST_HOSTS_BYTES).toString('utf8');
      return hostsEntries(text, names).map((entry) => ({
        ...entry,
        at: this.record.step('note', `${path} line ${entry.line}: ${entry.address} ${entry.name}`),
      }));
    } catch {
      this.record.step('note', `${path} cannot be read`);
      return [];
    }
  }
}

type Concluded = { target: string; kind: 'dns' | 'ip'; why: string | null; lines: FindingLines[]; notes: string[] };

/** The whole as a result. `why` says why the stage failed; null when it went well. */
export async function dnsResult(
  probe: DnsProbe,
  { target, kind, why, lines, notes }: Concluded,
  parameters: ProbeParameters,
  options: ProbeResult['options'],
  at: Date,
  known: RunOptions['known'],
): Promise<ProbeResult> {
  if (why === null) probe.record.end('ok');
  else probe.record.end('fail', why);
  const { stages } = probe.record;
  const published = await known();
  const findings = provenFindings(lines, stages, published);
  return {
    ...{ version: 1, kind, target, run_from: { host: hostname(), address: null }, at: at.toISOString(), options },
    ...{ stages, stage: why === null ? 'none' : 'dns', software: null },
    capabilities: { before: null, after: null },
    tls: null,
    ...{ findings, notes, suggestions: suggestionsOf(findings, published, parameters) },
  };
}
