/** Probes that the page starts and looks at. Pure: the page imports it, so nothing of Node may come in here. */
import { z } from 'zod';
import type { ProbeResult } from '../wizards/engine/probe/probe-result.ts';

/** How far the conversation of `probe smtp` can be asked to go. The message itself is never sent. */
export const PROBE_UNTIL = ['banner', 'ehlo', 'starttls', 'mail', 'rcpt', 'blob'] as const;
export const PROBE_TLS = ['none', 'starttls', 'implicit'] as const;
const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line');
const asked = {
  /** A server, a domain or an address. */
  target: line(300).min(1),
  /** For one answer. */
  seconds: z.number().int().min(1).max(600),
};

/** Name servers to ask; without any, those of the computer that the core runs on. */
const names = { resolvers: z.array(line(100).min(1)).max(10).optional() };

/** What is left out has its default on the command line. No password: a logon is tried on the command line only. */
export const probeRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('smtp'),
    ...asked,
    until: z.enum(PROBE_UNTIL),
    tls: z.enum(PROBE_TLS),
    from: line(320).optional(),
    to: line(320).optional(),
    helo: line(255).optional(),
    /** Bytes that XEXCH50 announces; with `until: blob`. */
    bytes: z.number().int().min(1).max(1_000_000).optional(),
  }),
  z.object({
    kind: z.literal('relay'),
    ...asked,
    /** A domain that the server is not responsible for, and one of its own. */
    foreign: line(255).min(1),
    own: line(255).min(1),
    /** The person says that the server is theirs. */
    isOwn: z.literal(true),
  }),
  z.object({ kind: z.literal('dns'), ...asked, ...names, followSpf: z.boolean() }),
  z.object({ kind: z.literal('ip'), ...asked, ...names, helo: line(255).optional() }),
]);
export type ProbeRequest = z.infer<typeof probeRequest>;
export type ProbeKind = ProbeRequest['kind'];

export type ProbePhase = 'running' | 'done' | 'stopped' | 'failed';
export type ProbeView = {
  id: string;
  request: ProbeRequest;
  phase: ProbePhase;
  /** Why it could not be carried out at all, such as a target that is none; else null. */
  fault: { message: string; hint: string | null } | null;
  /** What came so far; null before the first stage. */
  result: ProbeResult | null;
};
