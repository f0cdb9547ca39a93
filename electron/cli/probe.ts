/**
 * `probe smtp`, `probe compare` and `probe relay` of the command line. What a plain probe does not need is loaded by what
 * needs it: the start of the program is most of its time.
 */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { STAGES } from '../../wizards/engine/logs/stages.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { Fault } from '../fault.ts';
import { inParallel } from '../probe/in-parallel.ts';
import type { Logon, SmtpOptions, Until } from '../probe/probe-context.ts';
import { probeSmtp, type RunOptions } from '../probe/smtp-probe.ts';
import { parseTarget } from '../probe/target.ts';
import type { Output } from './output.ts';
import {
  LadderPrinter,
  outcomeOf,
  type ProbeOutcome,
  printConclusion,
  printDifferences,
  printLine,
  printVaried,
} from './probe-screen.ts';

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
  const targets = [...named, ...(verb.targets === undefined ? [] : listIn(await textOf(verb.targets)))];
  if (targets.length === 0)
    throw new Fault('no-target', 'No target was named.', 'Such as `fieldguide probe smtp mail.contoso.com`.');
  for (const target of targets) parseTarget(target);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Fault('stopped', 'Stopped.')));
  // The wizards are read once the conversation is over: the first byte goes out sooner.
  const known = knownFindings(out);
  const single = targets.length === 1 && verb.repeat === 1;
  // Of each result only so much: there may be many thousand.
  const outcomes: ProbeOutcome[] = [];
  for (let round = 0; round < verb.repeat; round += 1) {
    if (round > 0) await pause(verb.interval * 1000, stop.signal);
    const printer = single && !out.json ? new LadderPrinter(out) : null;
    const probed = inParallel(targets, verb.parallel, (target) =>
      probeSmtp(target, options, { known, signal: stop.signal, ...(printer ? { onProgress: printer.show } : {}) }),
    );
    for await (const result of probed) {
      outcomes.push(outcomeOf(result));
      if (printer) printConclusion(out, result);
      else if (!out.json) printLine(out, result);
      else if (single) out.document(result);
      else out.line(JSON.stringify(result));
      await out.ready();
    }
  }
  if (!single && !out.json) printVaried(out, outcomes);
  return outcomes.some(({ stage }) => stage !== 'none') ? 1 : 0;
}

/** Read when the first conversation is over, and once. */
export function knownFindings(out: Output): RunOptions['known'] {
  let reading: ReturnType<RunOptions['known']> | undefined;
  return () => {
    reading ??= import('./content.ts')
      .then(({ loadIntakeContent }) => loadIntakeContent(out))
      .then(({ probeFindings }) => probeFindings);
    return reading;
  };
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
  const password = async (): Promise<string> => {
    const { askSecret } = await import('./ask-secret.ts');
    if (!passwordStdin) return askSecret(`Password of ${user}`, false);
    fromStdin ??= askSecret('', true);
    return fromStdin;
  };
  return { mechanism, user, password };
}

const textOf = async (named: string): Promise<string> => (await import('./read-input.ts')).readInput(named);

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

/** Two results that were saved, or two hosts that are asked now. Exit 0: a difference is an answer. */
export async function compare(out: Output, a: string, b: string, verb: SmtpVerbOptions): Promise<number> {
  const [one, other] = await Promise.all([a, b].map((named) => resultOf(out, named, verb)));
  if (!one || !other) return 1;
  const { comparison } = await import('../../wizards/engine/probe/compare-probes.ts');
  const compared = comparison(one, other);
  if (out.json) out.document({ ...compared, a: one, b: other });
  else printDifferences(out, [one.target, other.target], compared.differences);
  return 0;
}

async function resultOf(out: Output, named: string, verb: SmtpVerbOptions): Promise<ProbeResult> {
  if (!existsSync(named)) {
    const known = knownFindings(out);
    return probeSmtp(named, optionsOf(verb), { known });
  }
  const { probeResult } = await import('../../wizards/engine/probe/probe-result.ts');
  const text = await textOf(named);
  const read = probeResult.safeParse(jsonIn(text));
  if (read.success) return read.data;
  throw new Fault(
    'no-result',
    `${named} is no result of a probe.`,
    'Save one with `fieldguide probe smtp HOST --json`.',
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type RelayVerbOptions = { foreign: string; own: string; helo?: string; timeout: number; yes?: boolean };

/** Exit 1 when a foreign recipient was taken, or the conversation broke off. */
export async function relay(out: Output, target: string, verb: RelayVerbOptions): Promise<number> {
  parseTarget(target);
  if (
    !verb.yes &&
    !(await confirmed(
      `This asks ${target} to take foreign mail, up to the recipient. Only test servers that you run. Is it yours?`,
    ))
  )
    throw new Fault('not-confirmed', 'The relay test was not confirmed.', 'Answer yes at a terminal, or add --yes.');
  const { probeRelay } = await import('../probe/relay-probe.ts');
  const options = optionsOf({
    ...RELAY_DEFAULTS,
    ...(verb.helo === undefined ? {} : { helo: verb.helo }),
    timeout: verb.timeout,
  });
  const known = knownFindings(out);
  const printer = out.json ? null : new LadderPrinter(out);
  const result = await probeRelay(target, options, verb, { known, ...(printer ? { onProgress: printer.show } : {}) });
  if (out.json) out.document(result);
  else printConclusion(out, result);
  return result.stage === 'none' ? 0 : 1;
}

const RELAY_DEFAULTS = { tls: 'none', slow: 60, parallel: 1, repeat: 1, interval: 0 };

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const { lineReader } = await import('./line-reader.ts');
  const reader = lineReader(process.stdin, process.stderr as NodeJS.WriteStream);
  const answer = await reader.ask(`${question} (yes/no) `);
  reader.close();
  return answer?.trim().toLowerCase() === 'yes';
}
