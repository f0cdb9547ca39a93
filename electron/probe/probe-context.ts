/** What the stages of one probe share. */
import type { Stage } from '../../wizards/engine/logs/stages.ts';
import type { Exchange, Observation } from '../../wizards/engine/probe/observation.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { softwareOf } from '../../wizards/engine/probe/software.ts';
import type { ProbeRecord } from './probe-record.ts';
import type { SmtpConnection } from './smtp-connection.ts';
import type { Target } from './target.ts';

/** How far a probe can go: `data` is never reached. */
export type Until = Exclude<Stage, 'data' | 'quit'>;
export type Logon = {
  mechanism: 'LOGIN' | 'PLAIN';
  user: string;
  /** Asked for when it is needed, and forgotten at once. */
  password: () => Promise<string>;
};
export type SmtpOptions = {
  until: Until;
  helo: string;
  /** Empty is the null sender. */
  from: string;
  to: readonly string[];
  /** For one answer. */
  timeoutMs: number;
  tls: 'none' | 'starttls' | 'implicit';
  /** Looks the mail exchangers of the target up and takes the first. */
  mx: boolean;
  family: 0 | 4 | 6;
  /** Local address to connect from. */
  source: string | null;
  /** Bytes that XEXCH50 announces and, once permitted, sends; null leaves it out. */
  bytes: number | null;
  pipelining: boolean;
  /** Whether commands hidden behind STARTTLS are carried out, tried over a connection of its own. */
  injection: boolean;
  logon: Logon | null;
  insecureLogon: boolean;
  slowMs: number;
};

export type ProbeContext = {
  readonly target: Target;
  readonly options: SmtpOptions;
  readonly record: ProbeRecord;
  readonly signal: AbortSignal;
  /** Where to connect, in the order in which it is tried. */
  addresses: string[];
  /** Name that the certificate is to bear. */
  serverName: string;
  connection: SmtpConnection | null;
  localAddress: string | null;
  capabilities: ProbeResult['capabilities'];
  tls: ProbeResult['tls'];
  tlsLine: number | null;
  handshake: Observation['handshake'];
  injected: Observation['injected'];
  /** RCPT was sent together with MAIL. */
  rcptOnItsWay: boolean;
};

/** The list that holds now: that after TLS, where there is one. */
export const currentCapabilities = ({ capabilities }: ProbeContext): string[] =>
  capabilities.after ?? capabilities.before ?? [];

export const softwareSeen = ({ record }: ProbeContext) =>
  softwareOf(record.exchanges.find(({ verb }) => verb === 'banner')?.reply?.lines[0]);

/** Ends a stage by what was answered: any 2xx or 3xx is well, another reply or none is not. */
export function endByReply({ record }: ProbeContext, { reply, ended }: Exchange): boolean {
  if (ended === 'reply' && reply && reply.code >= 200 && reply.code < 400) {
    record.end('ok');
    return true;
  }
  record.end('fail', whyFailed(reply?.lines.at(-1), ended));
  return false;
}

function whyFailed(line: string | undefined, ended: Exchange['ended']): string {
  if (ended === 'silence') return 'No answer came in time.';
  if (ended === 'endless') return 'The answer does not end.';
  if (ended === 'reset') return 'The connection was reset.';
  if (ended === 'closed') return 'The connection was closed.';
  return line === undefined ? 'The answer is no reply.' : `It was answered: ${line}`;
}
