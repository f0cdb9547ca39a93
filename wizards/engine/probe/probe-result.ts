/** What a probe found. The command line prints it, the page draws it, cases keep it, two of them can be compared. */
import { z } from 'zod';
import { STAGES } from '../logs/stages.ts';

/** Whole milliseconds since the stage began. */
const ms = z.int().nonnegative();

const step = z.strictObject({
  n: z.int().min(1).max(15).nullable().describe('Number in the 15-step conversation, where it has one.'),
  direction: z
    .enum(['sent', 'received', 'note'])
    .describe('A note is of the probe itself: a lookup, a connection, a handshake, silence.'),
  text: z.string().describe('One line of the wire without its end; what is secret is replaced by its length.'),
  ms,
});

const stage = z.strictObject({
  name: z.enum(STAGES),
  status: z.enum(['ok', 'fail', 'skipped']),
  ms,
  steps: z.array(step),
  why: z.string().optional().describe('Why it failed or was skipped, in one sentence.'),
});

const evidence = z.strictObject({
  stage: z.enum(STAGES),
  line: z.int().positive().describe('Its number among all steps of the result, from 1.'),
  text: z.string(),
});

export const probeFinding = z.strictObject({
  code: z.string().describe('One of the published list (wizards/probe-findings.yaml).'),
  message: z.string(),
  evidence: z.array(evidence),
});

const suggestion = z.strictObject({
  wizard: z.string(),
  step: z.string(),
  score: z.number(),
  why: z.string(),
  parameters: z.record(z.string(), z.string()),
});

const certificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  valid_from: z.iso.datetime(),
  valid_to: z.iso.datetime(),
  key: z.string().describe('Such as RSA 2048 or EC P-256.'),
  signature: z.string().nullable(),
  sha256: z.string().regex(/^[0-9A-F]{64}$/),
});

const tls = z.strictObject({
  protocol: z.string().describe('As TLS names it: TLSv1.2.'),
  cipher: z.string(),
  lowered: z.boolean().describe('Only after this tool was told to accept what it refuses by default.'),
  chain: z.array(certificate).describe('The certificate of the server first.'),
  trusted: z.boolean(),
  distrust: z.string().nullable().describe('Why this machine does not trust it.'),
  matches: z.boolean().describe('It names the host that was asked for.'),
});

const capabilities = z.strictObject({
  before: z.array(z.string()).nullable().describe('Keywords with their parameters, as announced; null: never asked.'),
  after: z.array(z.string()).nullable().describe('The same after TLS.'),
});

/** Result of every probe. One document for each target and repetition. */
export const probeResult = z.strictObject({
  version: z.literal(1),
  kind: z.enum(['smtp', 'relay', 'dns', 'ip', 'compare']),
  target: z.string(),
  run_from: z.strictObject({
    host: z.string(),
    address: z.string().nullable().describe('Local address of the connection; null where none came about.'),
  }),
  at: z.iso.datetime(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).describe('As given, without secrets.'),
  stages: z.array(stage),
  stage: z.enum([...STAGES, 'none']).describe('The first that failed.'),
  software: z.string().nullable().describe('What the server says to be, where that can be told.'),
  capabilities,
  tls: tls.nullable(),
  findings: z.array(probeFinding),
  notes: z.array(z.string()).describe('What is normal for such a server, and what this result does not prove.'),
  suggestions: z.array(suggestion),
});

export type ProbeResult = z.infer<typeof probeResult>;
export type ProbeStage = ProbeResult['stages'][number];
export type ProbeStep = ProbeStage['steps'][number];
export type ProbeFinding = ProbeResult['findings'][number];
