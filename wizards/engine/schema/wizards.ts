/** Wizards: steps, where they lead, and what they are for. */
import { z } from 'zod';
import { STAGES } from '../logs/stages.ts';
import { MACHINES } from './names.ts';
import { certainty, commandId, covers, environments, id, line, parameterName, prose, sources } from './words.ts';

/** Where an outcome leads: a step here, a call that comes back, or a hand-over for good. */
export type Next = string | { call: string; clear: Next; unsure: Next } | { handover: string };
export const nextSchema: z.ZodType<Next> = z.lazy(() =>
  z.union([
    id.describe('A step of this wizard.'),
    z.strictObject({ call: id, clear: nextSchema, unsure: nextSchema }),
    z.strictObject({ handover: id }),
  ]),
);

const readingRef = z.string().regex(/^[A-Z]+[0-9]+(-[a-z0-9]+)*\.[a-z0-9-]+$/);

const outcome = z.strictObject({
  id,
  label: line.max(90),
  hint: line.max(160).optional().describe('What follows from it.'),
  when: z.array(readingRef).optional().describe('Readings (COMMAND.reading) each of which suggests this outcome.'),
  set: z.record(parameterName, z.string()).optional().describe('Parameters that are known once this is chosen.'),
  next: nextSchema,
});

const consolePath = z.strictObject({ environments, path: line });
const stepBase = {
  id,
  title: line.max(110),
  text: prose.optional(),
  sources,
  certainty,
  covers,
};
const asked = {
  ...stepBase,
  why: prose,
  runs_on: z.enum(MACHINES),
  console: z.array(consolePath).optional().describe('The path in the console, by generation.'),
  notes: z.array(prose).optional(),
};

const conversation = z.strictObject({
  sender: line,
  receiver: line,
  parts: z
    .array(
      z.strictObject({
        n: z.number().int().positive().optional().describe('Its number where it is counted.'),
        from: z.enum(['sender', 'receiver', 'both']),
        says: line,
        wire: line.optional().describe('As it looks on the line.'),
        stage: z
          .enum([...STAGES, 'end'])
          .optional()
          .describe('Stage of an SMTP session that it is a part of: sessions of logs are laid over the conversation.'),
        outcome: id.optional().describe('The outcome to choose when this part is the first that is missing.'),
      }),
    )
    .min(2),
});

const questionStep = z.strictObject({
  kind: z.literal('question'),
  ...asked,
  conversation: conversation
    .optional()
    .describe('Drawn as a ladder between two servers, on which the person shows what is missing.'),
  commands: z.array(commandId).optional(),
  outcomes: z.array(outcome).min(2),
});
const checkStep = z.strictObject({
  kind: z.literal('check'),
  ...asked,
  commands: z.array(commandId).min(1),
  outcomes: z.array(outcome).min(2),
});
const verdictStep = z.strictObject({
  kind: z.literal('verdict'),
  ...stepBase,
  verdict: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/)
    .describe('Unique for ever: tickets and statistics refer to it.'),
  cause: prose,
  advice: z.array(prose).optional(),
  fixes: z.array(id).optional(),
  asks: z
    .array(prose)
    .min(1)
    .optional()
    .describe('What is asked of the other side in a letter to its postmaster, where the fault lies with them.'),
  known_faults: z.array(id).min(1).optional().describe('Known faults of builds that this verdict is about.'),
  ends: z
    .enum(['open', 'waiting', 'closed'])
    .optional()
    .describe('State of the case where there is nothing to fix; default open.'),
});
const fixStep = z.strictObject({
  kind: z.literal('fix'),
  ...asked,
  change: commandId.optional(),
  affects: line.describe('Who and what is touched.'),
  effective: line.describe('When it takes effect.'),
  wait: line.describe('How long to wait before the proof.'),
  interruption: line,
  privilege: line,
  risk: z.enum(['low', 'medium', 'high']),
  rollback: prose.describe('The way back, in words; the command follows from the change.'),
  verify: z
    .strictObject({
      step: id.optional().describe('The very check that failed before.'),
      good: z
        .array(id)
        .min(1)
        .optional()
        .describe('The outcomes of that check which prove the fix, where it can say more than right or wrong.'),
      shown_by: z
        .array(readingRef)
        .min(1)
        .optional()
        .describe('For a fix of something that no check calls a fault: the readings, each of which proves it.'),
      commands: z.array(commandId).min(1),
      expect: line,
    })
    .refine((verify) => (verify.step === undefined) !== (verify.shown_by === undefined), {
      error: 'needs either `step`, the check that failed before, or `shown_by`',
    })
    .refine((verify) => verify.good === undefined || verify.step !== undefined, {
      error: '`good` names outcomes of `step`',
    })
    .describe('How the fix is proven.'),
  reminders: z.array(line).optional().describe('Open actions that the fix leaves behind.'),
  not_verified: nextSchema.optional().describe('Where the search goes on when the proof failed.'),
});
const returnStep = z.strictObject({
  kind: z.literal('return'),
  ...stepBase,
  result: z.enum(['clear', 'unsure']),
});
export const stepSchema = z.discriminatedUnion('kind', [questionStep, checkStep, verdictStep, fixStep, returnStep]);

/** What the intake finds. `event` has a trigger of its own. */
export const FINDING_KINDS = ['event', 'reply', 'ndr', 'session', 'queue', 'headers', 'tracking', 'symptom'] as const;

const eventTrigger = z.strictObject({
  source: z.union([line, z.array(line).min(1)]).optional(),
  id: z.array(z.number().int()).optional(),
  fields: z
    .record(parameterName, line)
    .optional()
    .describe('Patterns for slots of the event, as { auth_error: ^Kdc }. Tells events of one number apart.'),
  command: line.optional(),
  reply: line.optional(),
});
const findingTrigger = z.strictObject({
  kind: z.array(z.enum(FINDING_KINDS).exclude(['event', 'symptom'])).min(1),
  id: line
    .optional()
    .describe('A pattern: of sessions for the stage, of reports for the status, of queues for their delivery type.'),
  fields: z.record(parameterName, line).optional().describe('Patterns for fields of the finding.'),
  reply: line.optional(),
});
const trigger = z
  .strictObject({
    event: eventTrigger.optional(),
    finding: findingTrigger.optional().describe('Anything but an event: a session, a report, a queue, …'),
    words: z
      .array(line)
      .min(1)
      .optional()
      .describe(
        'What a person writes who has this fault. Each stands for a sentence that holds all its words, in any order and form; those in double quotes stand together.',
      ),
    score: z.number().int().min(1).max(100),
    why: line,
    step: id.optional(),
  })
  .refine(({ event, finding, words }) => [event, finding, words].filter((one) => one !== undefined).length === 1, {
    error: 'needs one of `event`, `finding` and `words`',
  })
  .refine(({ words, score }) => words === undefined || score <= 25, {
    error: 'a symptom scores 25 at most, so that it never outranks a code',
    path: ['score'],
  });

export const wizardSchema = z.strictObject({
  id,
  version: z.number().int().positive(),
  title: line,
  summary: prose,
  part_of: id.optional(),
  environments,
  symptoms: z.array(line).optional().describe('What a person says who needs this wizard.'),
  triggers: z.array(trigger).optional(),
  start: id,
  steps: z.array(stepSchema).min(1),
  covers,
});

/** A wizard that later parts bring: outcomes that lead there end in the verdict `next.<id>`. */
export const plannedFileSchema = z.strictObject({
  planned: z.array(z.strictObject({ id, title: line, about: prose, by_hand: z.array(prose).min(1) })),
});

export type Wizard = z.infer<typeof wizardSchema>;
export type Step = z.infer<typeof stepSchema>;
export type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;
export type Conversation = z.infer<typeof conversation>;
export type Outcome = z.infer<typeof outcome>;
export type Trigger = z.infer<typeof trigger>;
export type FindingKind = (typeof FINDING_KINDS)[number];
export type Planned = z.infer<typeof plannedFileSchema>['planned'][number];
