/** Speaks the SMTP conversation step by step, up to where it is asked to go, and never delivers a message. */
import { hostname } from 'node:os';
import { STAGES } from '../../wizards/engine/logs/stages.ts';
import { conclude } from '../../wizards/engine/probe/conclude.ts';
import type { ProbeResult, ProbeStage } from '../../wizards/engine/probe/probe-result.ts';
import type { KnownProbeFinding } from '../../wizards/engine/schema.ts';
import type { ProbeContext, SmtpOptions, Until } from './probe-context.ts';
import { ProbeRecord } from './probe-record.ts';
import { authenticate } from './stages/auth.ts';
import { awaitBanner } from './stages/banner.ts';
import { openConnection } from './stages/connect.ts';
import { lookUp } from './stages/dns.ts';
import { introduce } from './stages/ehlo.ts';
import { nameRecipients, nameSender } from './stages/envelope.ts';
import { leave } from './stages/quit.ts';
import { startImplicitTls, startTls } from './stages/starttls.ts';
import { announceBlob, sendBlob } from './stages/xexch50.ts';
import { parseTarget } from './target.ts';

/** A stage goes on to the next, or says that there is no use in it. A new one is a line here. */
type RunStage = [name: Until, run: (probe: ProbeContext) => Promise<boolean>];
const RUN: readonly RunStage[] = [
  ['dns', lookUp],
  ['connect', openConnection],
  ['banner', awaitBanner],
  ['ehlo', introduce],
  ['starttls', startTls],
  ['auth', authenticate],
  ['mail', nameSender],
  ['rcpt', nameRecipients],
  ['xexch50', announceBlob],
  ['blob', sendBlob],
];

export type RunOptions = {
  signal?: AbortSignal;
  /** Called with the stages so far, whenever there is more. They are the ones of the result, still growing. */
  onProgress?: (stages: readonly ProbeStage[]) => void;
  /** The published findings; asked for once the conversation is over. */
  known: () => Promise<ReadonlyMap<string, KnownProbeFinding>>;
  now?: () => Date;
};

/** Throws a Fault for what is no target, and the signal's reason when it is stopped. */
export async function probeSmtp(targetText: string, options: SmtpOptions, run: RunOptions): Promise<ProbeResult> {
  const { known, now = () => new Date() } = run;
  const probe = newContext(targetText, options, run);
  const { record } = probe;
  const at = now().toISOString();
  try {
    await converse(probe);
  } finally {
    probe.connection?.close();
  }
  fillIn(record.stages, options.until);
  const { stages, exchanges, attempts } = record;
  const observation = {
    ...{ exchanges, attempts, connected: probe.connection !== null, capabilities: probe.capabilities },
    ...{ tls: probe.tls, tlsLine: probe.tlsLine, handshake: probe.handshake, injected: probe.injected },
    wants: { tls: options.tls !== 'none' && reaches(options.until, 'starttls'), bytes: options.bytes },
    ...{ slowMs: options.slowMs, now: now() },
  };
  return {
    version: 1,
    kind: 'smtp',
    target: targetText.trim(),
    run_from: { host: hostname(), address: probe.localAddress },
    at,
    options: shownOptions(options),
    stages,
    capabilities: probe.capabilities,
    tls: probe.tls,
    ...(await conclude(observation, stages, known, parametersOf(probe))),
  };
}
/** A conversation that has not begun. Throws a Fault for what is no target. */
export function newContext(targetText: string, options: SmtpOptions, run: RunOptions): ProbeContext {
  const { signal = new AbortController().signal, onProgress } = run;
  const target = parseTarget(targetText, options.tls === 'implicit' ? 465 : 25);
  const record: ProbeRecord = new ProbeRecord(() => onProgress?.(record.stages));
  return {
    ...{
      target,
      options,
      record,
      signal,
      addresses: [],
      serverName: target.host,
      connection: null,
      localAddress: null,
    },
    ...{ capabilities: { before: null, after: null }, tls: null, tlsLine: null, handshake: null, injected: null },
    rcptOnItsWay: false,
  };
}

/** Up to and with a stage. False once there is no use in going on. */
export async function runStages(probe: ProbeContext, until: Until): Promise<boolean> {
  for (const [name, run] of RUN) {
    if (!reaches(until, name)) break;
    if (name === 'banner' && probe.options.tls === 'implicit' && !(await startImplicitTls(probe))) return false;
    if (!(await run(probe))) return false;
  }
  return true;
}

async function converse(probe: ProbeContext): Promise<void> {
  await runStages(probe, probe.options.until);
  // Behind bytes that nobody acknowledged a QUIT would be taken for more of them.
  const last = probe.record.exchanges.at(-1);
  if (probe.connection && !probe.connection.isOver && last?.ended === 'reply') await leave(probe);
}

const reaches = (until: Until, stage: Until): boolean => STAGES.indexOf(stage) <= STAGES.indexOf(until);

/** Stages that were asked for and never begun. Those that were keep their order: findings count their lines. */
function fillIn(stages: ProbeStage[], until: Until): void {
  for (const [name] of RUN) {
    if (!reaches(until, name) || stages.some((stage) => stage.name === name)) continue;
    const behind = stages.findIndex((stage) => STAGES.indexOf(stage.name) > STAGES.indexOf(name));
    const missing: ProbeStage = { name, status: 'skipped', ms: 0, steps: [], why: 'It was not reached.' };
    stages.splice(behind < 0 ? stages.length : behind, 0, missing);
  }
}

function shownOptions({
  until,
  helo,
  from,
  to,
  timeoutMs,
  tls,
  bytes,
  pipelining,
}: SmtpOptions): ProbeResult['options'] {
  return {
    ...{ until, helo, from, to: to.join(', '), timeout_ms: timeoutMs, tls, pipelining },
    ...(bytes === null ? {} : { xexch50: bytes }),
  };
}

function parametersOf({ target, options, addresses, connection }: ProbeContext): Record<string, string> {
  const values = {
    remote_host: target.isAddress ? '' : target.host,
    receiving_host: target.host,
    port: target.port === 25 ? '' : String(target.port),
    remote_ip: target.isAddress ? target.host : connection ? (addresses[0] ?? '') : '',
    sender: options.from,
    recipient: options.to[0] ?? '',
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
