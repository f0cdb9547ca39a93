/** `probe smtp` and `probe compare` of the command line. */
import { hostname } from 'node:os';
import { STAGES } from '../../wizards/engine/logs/stages.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { Fault } from '../fault.ts';
import { inParallel } from '../probe/in-parallel.ts';
import type { Logon, SmtpOptions, Until } from '../probe/probe-context.ts';
import { probeSmtp } from '../probe/smtp-probe.ts';
import { parseTarget } from '../probe/target.ts';
import { askSecret } from './ask-secret.ts';
import { loadIntakeContent } from './content.ts';
import type { Output } from './output.ts';
import { LadderPrinter, printConclusion, printLine, printVaried } from './probe-screen.ts';
import { readInput } from './read-input.ts';

export type SmtpVerbOptions = {
  until?: string;
  helo?: string;
  from?: string;
  to?: string[];
  timeout: number;
  tls: string;
  mx?: boolean;
  4?: boolean;
  6?: boolean;
  source?: string;
  xexch50?: number;
  pipelining?: boolean;
  injection?: boolean;
  auth?: string;
  user?: string;
  passwordStdin?: boolean;
  insecureAuth?: boolean;
  slow: number;
  targets?: string;
  parallel: number;
  repeat: number;
  interval: number;
};

const PROBED: readonly string[] = STAGES.filter((stage) => stage !== 'data' && stage !== 'quit');
const TLS = ['none', 'starttls', 'implicit'] as const;

/** Exit 1 when a stage failed anywhere. */
export async function smtp(out: Output, named: string[], verb: SmtpVerbOptions): Promise<number> {
  const options = optionsOf(verb);
  const targets = [...named, ...(verb.targets === undefined ? [] : listIn(await readInput(verb.targets)))];
  if (targets.length === 0)
    throw new Fault('no-target', 'No target was named.', 'Such as `fieldguide probe smtp mail.contoso.com`.');
  for (const target of targets) parseTarget(target);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Fault('stopped', 'Stopped.')));
  // The wizards are read once the conversation is over: the first byte goes out sooner.
  const known = async () => (await loadIntakeContent(out)).probeFindings;
  const single = targets.length === 1 && verb.repeat === 1;
  const results: ProbeResult[] = [];
  for (let round = 0; round < verb.repeat; round += 1) {
    if (round > 0) await pause(verb.interval * 1000, stop.signal);
    const printer = single && !out.json ? new LadderPrinter(out) : null;
    const probed = inParallel(targets, verb.parallel, (target) =>
      probeSmtp(target, options, { known, signal: stop.signal, ...(printer ? { onProgress: printer.show } : {}) }),
    );
    for await (const result of probed) {
      results.push(result);
      if (printer) printConclusion(out, result);
      else if (!out.json) printLine(out, result);
      else if (single) out.document(result);
      else out.line(JSON.stringify(result));
      await out.ready();
    }
  }
  if (!single && !out.json) printVaried(out, results);
  return results.some(({ stage }) => stage !== 'none') ? 1 : 0;
}

function optionsOf(verb: SmtpVerbOptions): SmtpOptions {
  const to = verb.to ?? [];
  const bytes = verb.xexch50 ?? null;
  if (bytes !== null && to.length === 0)
    throw new Fault(
      'no-recipient',
      'XEXCH50 belongs to a message: it needs a sender and a recipient.',
      'Add --from and --to.',
    );
  return {
    until: untilOf(verb.until, bytes),
    helo: verb.helo ?? hostname(),
    from: verb.from ?? '',
    to,
    timeoutMs: verb.timeout * 1000,
    tls: oneOf(verb.tls, TLS, '--tls'),
    mx: verb.mx === true,
    family: verb[4] ? 4 : verb[6] ? 6 : 0,
    source: verb.source ?? null,
    bytes,
    pipelining: verb.pipelining === true,
    injection: verb.injection === true,
    logon: logonOf(verb),
    insecureLogon: verb.insecureAuth === true,
    slowMs: verb.slow * 1000,
  };
}

function untilOf(text: string | undefined, bytes: number | null): Until {
  if (text === undefined) return bytes === null ? 'rcpt' : 'blob';
  return oneOf(text, PROBED as readonly Until[], '--until');
}

function oneOf<T extends string>(text: string, known: readonly T[], option: string): T {
  const found = known.find((one) => one === text.toLowerCase());
  if (found === undefined)
    throw new Fault('unknown-value', `${option} does not know "${text}".`, `It knows ${known.join(', ')}.`);
  return found;
}

function logonOf({ auth, user, passwordStdin }: SmtpVerbOptions): Logon | null {
  if (auth === undefined) return null;
  const mechanism = oneOf(auth, ['login', 'plain'], '--auth').toUpperCase() as Logon['mechanism'];
  if (user === undefined) throw new Fault('no-user', 'A logon needs a user.', 'Add --user.');
  let fromStdin: Promise<string> | undefined;
  const password = (): Promise<string> => {
    if (!passwordStdin) return askSecret(`Password of ${user}`, false);
    fromStdin ??= askSecret('', true);
    return fromStdin;
  };
  return { mechanism, user, password };
}

/** One a line; what stands behind # is not read. */
const listIn = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
