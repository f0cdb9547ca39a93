/** The shape of a journal line. What comes from disk is checked against it before it is folded. */
import { z } from 'zod';
import type { RecordedEvent } from '../../wizards/engine/model.ts';
import { FINDING_KINDS, nextSchema, SHELLS } from '../../wizards/engine/schema.ts';

const text = z.string();
const blob = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().nonnegative() });
const frame = z.object({ wizard: text, hash: text, step: text, clear: nextSchema, unsure: nextSchema });
const target = z.object({
  wizard: text,
  hash: text,
  step: text,
  kind: z.enum(['question', 'check', 'verdict', 'fix']),
  title: text,
  stack: z.array(frame).max(100),
  verdict: text.optional(),
  via: z.enum(['start', 'call', 'return', 'handover']).optional(),
});
const reading = z.object({
  suggested: text.nullable(),
  reads: z.array(text),
  evidence: z.array(z.object({ line: z.number().int(), text })),
  certainty: z.enum(['confirmed', 'reconstructed', 'unverified']),
  note: text.optional(),
});
const status = z.enum(['open', 'waiting', 'closed']);
const from = z.enum(['evidence', 'person', 'outcome', 'capture', 'default']);
const values = z.record(text, text);
const capture = z.object({
  id: text,
  visit: z.number().int().positive(),
  command: text.nullable(),
  shell: z.enum(SHELLS),
  text,
  source: z.enum(['run', 'pasted', 'typed', 'simulated']),
  output: blob,
  raw: blob.nullable(),
  truncated: z.boolean(),
  result: z.enum(['ok', 'failed', 'parse-error', 'unknown']),
  exit: z.number().nullable(),
  ended: z.enum(['exit', 'timeout', 'shell-died']),
  startedAt: text,
  ms: z.number().nullable(),
  host: text.nullable(),
  user: text.nullable(),
  directory: text.nullable(),
  shellVersion: text.nullable(),
  parameters: values,
  reading: reading.nullable(),
});
const evidence = z.object({
  kind: z.enum([...FINDING_KINDS, 'text']),
  id: text,
  source: text,
  title: text,
  line: z.number(),
  fields: values,
  text: blob,
});
const route = { to: z.array(target).max(10), files: z.array(text), end: status.optional() };

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('opened'),
    format: z.literal(1),
    case: text,
    title: text,
    ticket: text,
    operator: text,
    product: text,
    practice: text.optional(),
    evidence: z.array(evidence),
    parameters: z.record(text, z.object({ value: text, from })),
    ...route,
  }),
  z.object({
    type: z.literal('described'),
    title: text.optional(),
    ticket: text.optional(),
    operator: text.optional(),
  }),
  z.object({ type: z.literal('parameter-set'), name: text, value: text.nullable(), from }),
  z.object({ type: z.literal('captured'), capture }),
  z.object({ type: z.literal('reused'), visit: z.number().int(), capture: text, reading: reading.nullable() }),
  z.object({
    type: z.literal('chosen'),
    visit: z.number().int(),
    outcome: text,
    label: text,
    note: text.optional(),
    suggested: text.nullable(),
    captures: z.array(text),
    set: values.optional(),
    ...route,
  }),
  z.object({ type: z.literal('went-back'), to: z.number().int(), target }),
  z.object({ type: z.literal('done-by-hand'), visit: z.number().int(), command: text, text, parameters: values }),
  z.object({ type: z.literal('noted'), visit: z.number().int().nullable(), text }),
  z.object({ type: z.literal('state-set'), state: status }),
  z.object({ type: z.literal('version-taken'), visit: z.number().int(), target, files: z.array(text) }),
]);
const envelope = z.object({ seq: z.number().int().positive(), at: text, actor: text, host: text, prev: text });

/** The event of a line, or a sentence that says what is wrong with it. */
export function parseEvent(value: unknown): { event: RecordedEvent } | { fault: string } {
  const head = envelope.safeParse(value);
  if (!head.success) return { fault: firstIssue(head.error) };
  const body = event.safeParse(value);
  if (!body.success) return { fault: firstIssue(body.error) };
  const { seq, at, actor, host } = head.data;
  return { event: { ...body.data, seq, at, actor, host } as RecordedEvent };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || 'line'}: ${issue.message}` : 'unknown fault';
}
