/** Whether a server passes foreign mail on: each way of asking up to the recipient, nothing is ever sent. */
import { hostname } from 'node:os';
import { provenFindings, suggestionsOf } from '../../wizards/engine/probe/conclude.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { RELAY_VARIANTS, type RelayNames, type RelayVariant } from '../../wizards/engine/probe/relay-variants.ts';
import { SOFTWARE_WORDS } from '../../wizards/engine/probe/software.ts';
import type { ProbeContext, SmtpOptions } from './probe-context.ts';
import { softwareSeen } from './probe-context.ts';
import type { SmtpConnection } from './smtp-connection.ts';
import { newContext, type RunOptions, runStages } from './smtp-probe.ts';
import { leave } from './stages/quit.ts';

type Tried = { variant: RelayVariant; line: number; accepted: boolean };

const NOTES = [
  'A recipient that is taken (250) is no proof of an open relay: many servers refuse later, or throw the message away. What would prove it: a message that arrives at a mailbox outside, or the log of the server.',
  'Only test servers that you run. Some lists note whoever tests others.',
];

/** `names.foreign` and `names.own` are domains. Throws as `probeSmtp` does. */
export async function probeRelay(
  targetText: string,
  options: SmtpOptions,
  names: Pick<RelayNames, 'foreign' | 'own'>,
  run: RunOptions,
): Promise<ProbeResult> {
  const probe = newContext(targetText, { ...options, until: 'rcpt' }, run);
  const at = (run.now ?? (() => new Date()))().toISOString();
  const tried: Tried[] = [];
  try {
    if (await runStages(probe, 'starttls')) await tryAll(probe, names, tried);
  } finally {
    probe.connection?.close();
  }
  const { stages } = probe.record;
  const known = await run.known();
  const findings = provenFindings(findingsOf(tried), stages, known);
  const software = softwareSeen(probe);
  return {
    ...{ version: 1, kind: 'relay', target: targetText.trim() },
    run_from: { host: hostname(), address: probe.localAddress },
    at,
    options: { foreign: names.foreign, own: names.own, helo: options.helo },
    stages,
    stage: stages.find(({ status }) => status === 'fail')?.name ?? 'none',
    software: software && SOFTWARE_WORDS[software],
    capabilities: probe.capabilities,
    tls: probe.tls,
    findings,
    notes: [
      ...(tried.length > 0 && findings.length === 0 ? [`None of the ${tried.length} ways of asking was taken.`] : []),
      ...NOTES,
    ],
    suggestions: suggestionsOf(findings, known, { remote_host: probe.target.host }),
  };
}

async function tryAll(
  probe: ProbeContext,
  domains: Pick<RelayNames, 'foreign' | 'own'>,
  tried: Tried[],
): Promise<void> {
  const { record } = probe;
  const connection = probe.connection as SmtpConnection;
  record.begin('rcpt');
  const greeted = record.exchanges.find(({ verb }) => verb === 'banner')?.reply?.lines[0]?.split(/\s/)[1];
  const host = greeted?.includes('.') ? greeted : probe.serverName;
  const names: RelayNames = { ...domains, host, address: connection.socket.remoteAddress ?? probe.serverName };
  for (const variant of RELAY_VARIANTS) {
    record.step('note', variant.says);
    const mail = await connection.command('MAIL', `MAIL FROM:<${variant.from(names)}>`);
    let last = mail;
    if (mail.reply?.code === 250 && !connection.isOver)
      last = await connection.command('RCPT', `RCPT TO:<${variant.to(names)}>`);
    const accepted = last !== mail && last.ended === 'reply' && [250, 251].includes(last.reply?.code ?? 0);
    tried.push({ variant, line: last.line, accepted });
    // Whoever goes on after a 421 is soon turned away for good.
    if (last.reply?.code === 421 || connection.isOver) break;
    await connection.command('RSET', 'RSET');
    if (connection.isOver) break;
  }
  const taken = tried.filter(({ accepted }) => accepted).length;
  if (taken > 0) record.end('fail', `${taken} of ${tried.length} ways of asking were taken.`);
  else if (tried.length < RELAY_VARIANTS.length)
    record.end('fail', `It broke off after ${tried.length} of ${RELAY_VARIANTS.length} ways of asking.`);
  else record.end('ok');
  if (!connection.isOver) await leave(probe);
}

/** Plain relaying is an open relay; anything else only a hole. */
function findingsOf(tried: readonly Tried[]): { code: string; lines: number[] }[] {
  const taken = tried.filter(({ accepted }) => accepted);
  if (taken.length === 0) return [];
  // The recipient as it was asked for, and what was answered.
  const lines = taken.flatMap(({ line }) => [line - 1, line]);
  return [{ code: taken.some(({ variant }) => variant.id === 'plain') ? 'relay-open' : 'relay-some', lines }];
}
