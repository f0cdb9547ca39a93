/** What a probe saw, before it is said what that means. */
import type { Stage } from '../logs/stages.ts';
import type { ProbeResult } from './probe-result.ts';
import type { Reply } from './reply-reader.ts';

/**
 * How it ended: with a reply; with silence up to the time limit; with a closed or a reset connection; or not at all, with
 * more than a reply may be.
 */
export type Ending = 'reply' | 'silence' | 'closed' | 'reset' | 'endless';
/** Something that was said, and what came back. */
export type Exchange = {
  stage: Stage;
  /** `banner`, or the verb in capitals: `EHLO`, `MAIL`, `XEXCH50`, `BLOB` for the bytes behind it. */
  verb: string;
  /** Null where none came; one without an end has the flaw `malformed`. */
  reply: Reply | null;
  ended: Ending;
  /** From the last byte sent to the last of the reply. */
  ms: number;
  /** Line of the result at which the answer begins. */
  line: number;
};

export type Attempt = { line: number; error: 'refused' | 'timeout' | 'reset' | 'unreachable' | 'other'; text: string };

export type Observation = {
  exchanges: readonly Exchange[];
  /** Connections that did not come about. */
  attempts: readonly Attempt[];
  connected: boolean;
  capabilities: ProbeResult['capabilities'];
  tls: ProbeResult['tls'];
  /** Line that says what TLS agreed upon. */
  tlsLine: number | null;
  /** What the handshake failed with; null where it went well or was never tried. */
  handshake: { line: number; text: string; ours: boolean } | null;
  /** The answer to a command that was hidden in the clear behind STARTTLS; null where it was not tried or not answered. */
  injected: { line: number } | null;
  /** As asked for. */
  wants: { tls: boolean; bytes: number | null };
  /** Milliseconds from which on an answer counts as slow. */
  slowMs: number;
  now: Date;
};
