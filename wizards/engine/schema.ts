/**
 * What the YAML below `wizards/` may say. The JSON Schema that editors use is generated from this
 * file, so every description here is also the help an author sees while typing.
 */
import { z } from 'zod';

export const ENVIRONMENTS = ['2000-2003', '2007-2010', '2013+'] as const;
export const SHELLS = ['powershell', 'pwsh', 'ems', 'cmd', 'bash', 'zsh', 'device', 'console'] as const;
export const MACHINES = [
  'sending-server',
  'receiving-server',
  'exchange-server',
  'domain-controller',
  'outside',
  'anywhere',
] as const;
export const CERTAINTIES = ['confirmed', 'reconstructed', 'unverified'] as const;
export const PARAMETER_TYPES = [
  'host',
  'fqdn',
  'ip',
  'cidr',
  'domain',
  'dn',
  'mailbox',
  'smtp',
  'connector',
  'port',
  'integer',
  'path',
  'enum',
  'thumbprint',
  'guid',
  'messageid',
  'datetime',
  'text',
  'secret',
] as const;
/** The last way on of every question and check. */
export const UNKNOWN = 'unknown';
export const FIX_OUTCOMES = ['verified', 'not-verified', 'rolled-back', 'left'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];
export type Shell = (typeof SHELLS)[number];
export type Machine = (typeof MACHINES)[number];
export type Certainty = (typeof CERTAINTIES)[number];
export type ParameterType = (typeof PARAMETER_TYPES)[number];

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Lower-case words joined by hyphens.');
const commandId = z
  .string()
  .regex(/^[A-Z]+[0-9]+(-[a-z0-9]+)*$/)
  .describe('A catalogue id such as E1 or X1-list.');
const parameterName = z.string().regex(/^[a-z][a-z0-9_]*$/);
const line = z
  .string()
  .min(1)
  .regex(/^[^\r\n]*$/, 'must be one line');
const prose = z.string().min(1).max(2000);
const covers = z
  .array(z.string().regex(/^S[0-4]-[0-9]{2}$/))
  .optional()
  .describe('Rows of the source inventory that this element carries.');
const certainty = z.enum(CERTAINTIES).describe('confirmed: read in a source; reconstructed; unverified: say so.');
const sources = z.array(line).min(1).describe('Titles of documents, KB or RFC numbers. No row ids.');
const environments = z.array(z.enum(ENVIRONMENTS)).min(1).optional();

// ---------------------------------------------------------------------------------------- parameters

const parameterBody = {
  type: z.enum(PARAMETER_TYPES),
  prompt: line.describe('The label of the field.'),
  label: line.optional().describe('What the value is called where it is shown, not asked for. Default: the prompt.'),
  help: prose.optional(),
  example: line,
  list: z.boolean().optional().describe('Several values, separated by commas.'),
  values: z.array(line).min(1).optional().describe('The values of an enum.'),
};
export const parameterSchema = z.strictObject({ name: parameterName, ...parameterBody });
export const parameterFileSchema = z.strictObject({ parameters: z.array(parameterSchema) });

/** A value taken from an earlier capture of this case: the old value of a change, or a starting point. */
export const capturedValueSchema = z.strictObject({
  command: commandId,
  field: line.describe('Property of the Format-List block (or attribute of the LDIF) that holds the value.'),
  add: z.array(line).optional().describe('List values that are added when missing.'),
  bits: z.number().int().positive().optional().describe('Bits that are set in the number.'),
});

const capturedFrom = z.union([capturedValueSchema, z.array(capturedValueSchema).min(1)]);

const commandParameter = z.strictObject({
  name: parameterName,
  required: z.boolean().optional().describe('Default true.'),
  default: line.optional(),
  from: capturedFrom
    .optional()
    .describe('Where the value starts from, when such a capture is there; the first that is.'),
});

// ---------------------------------------------------------------------------------------- conditions

const comparators = {
  equals: z.string().optional().describe('The whole value, case ignored.'),
  has: z
    .union([line, z.array(line).min(1)])
    .optional()
    .describe('The list holds this value (each of these).'),
  lacks: z
    .union([line, z.array(line).min(1)])
    .optional()
    .describe('The list holds none of these.'),
  lacks_any: z.array(line).min(1).optional().describe('At least one of these is not in the list.'),
  matches: z.string().optional().describe('A regular expression, case ignored.'),
  bits: z.number().int().positive().optional().describe('All these bits are set in the number.'),
  no_bits: z.number().int().positive().optional().describe('None of these bits is set in the number.'),
  at_least: z.number().optional(),
  at_most: z.number().optional(),
  empty: z.boolean().optional(),
  same_as: parameterName.optional().describe('Equals the value of this parameter of the case.'),
  not_same_as: parameterName.optional(),
  holds_ip: parameterName.optional().describe('One of the address ranges holds the address in this parameter.'),
  holds_no_ip: parameterName.optional(),
};

const field = z
  .strictObject({ name: line, ...comparators })
  .describe('A property of a Format-List block, or `Name : value`.');
const column = z
  .strictObject({ name: line, ...comparators })
  .describe('A column of a table with a header line; true when a row fulfils it.');
const lineRule = z.strictObject({
  pattern: z.string().describe('A regular expression, case ignored, tried on each line.'),
  english: z
    .boolean()
    .optional()
    .describe(
      'true: a sentence that the system translates, so it is recognised in English output only. false: words that stay as they are in every language, as in SMTP.',
    ),
});
const count = z.strictObject({
  ...lineRule.shape,
  at_least: z.number().int().optional(),
  at_most: z.number().int().optional(),
});

export type Condition =
  | { field: z.infer<typeof field> }
  | { column: z.infer<typeof column> }
  | { line: z.infer<typeof lineRule> }
  | { count: z.infer<typeof count> }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { block: Condition }
  | { whole: string };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field }),
    z.strictObject({ column }),
    z.strictObject({ line: lineRule }),
    z.strictObject({ count }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z
      .strictObject({ whole: line })
      .describe('The output is whole: `BeginOfNAME : 1` stands before all else and `EndOfNAME : 1` at its end.'),
    z.strictObject({ block: conditionSchema }).describe('One blank-line separated block fulfils it as a whole.'),
  ]),
);

// ------------------------------------------------------------------------------------------ commands

const template = z.strictObject({
  shell: z.union([z.enum(SHELLS), z.array(z.enum(SHELLS)).min(1)]),
  environments,
  native: z
    .boolean()
    .optional()
    .describe('The text starts a program, not a cmdlet: Windows PowerShell 5.1 then needs another quoting.'),
  text: line.describe('One line. {name} stands for a whole literal; never put it inside quotes.'),
  file: z
    .strictObject({ name: line, as: z.literal('ldif'), text: z.string() })
    .optional()
    .describe('A file that has to be written before the command runs.'),
});

const literal = z
  .strictObject({
    as: z
      .enum(['plain', 'dn', 'ldap-filter', 'opath', 'wql', 'xpath', 'ps-hashtable'])
      .describe('How values are escaped inside.'),
    text: line,
  })
  .describe('A literal made of fixed text and values: escaped inside, quoted once outside.');

const sample = z.strictObject({
  id,
  kind: z.enum(['healthy', 'faulty']),
  origin: z.enum(['captured', 'reconstructed', 'produced']),
  note: prose.optional().describe('What to look at.'),
  environments,
  parameters: z.record(parameterName, z.string()).optional().describe('Values that the rules compare with.'),
  reads: z.array(id).describe('Exactly the readings that the rules must find in it.'),
  output: z.string(),
});

const read = z.strictObject({
  id,
  title: line.describe('What the output says, as a sentence.'),
  when: conditionSchema,
  certainty: certainty.optional(),
});

export const commandSchema = z.strictObject({
  id: commandId,
  title: line,
  about: prose.optional(),
  effect: z.enum(['read', 'change']),
  runs_on: z.enum(MACHINES),
  needs: z.array(line).describe('Privileges, roles, modules, tools; an empty list when nothing.'),
  warning: prose.optional().describe('What may be slow, wide or harmful.'),
  parameters: z.array(commandParameter).optional(),
  literals: z.record(parameterName, literal).optional(),
  templates: z.array(template).min(1),
  changes: line.optional().describe('The object that a change touches; {name} is replaced by the value.'),
  preview: z
    .union([commandId, z.literal('what-if')])
    .optional()
    .describe('A command that shows what the change would do; what-if: the same text with -WhatIf at its end.'),
  rollback: z
    .strictObject({
      command: commandId.optional(),
      with: z.record(parameterName, capturedFrom).optional().describe('Old values for that command.'),
      note: prose.optional(),
    })
    .optional(),
  sets: z
    .record(parameterName, capturedFrom)
    .optional()
    .describe('New values that the change leaves behind and none of its own parameters names.'),
  interactive: z.boolean().optional().describe('The command asks, so it needs a terminal with a person.'),
  exits: z.record(z.string(), line).optional().describe('What exit codes other than 0 mean when they are no failure.'),
  samples: z.array(sample).optional(),
  reads: z.array(read).optional(),
  sources,
  certainty,
  covers,
});
export const commandFileSchema = z.strictObject({
  group: line,
  about: prose.optional(),
  parameters: z.array(parameterSchema).optional().describe('Parameters that only this group uses.'),
  commands: z.array(commandSchema).min(1),
});

// ------------------------------------------------------------------------------------------- wizards

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

const trigger = z.strictObject({
  event: z.strictObject({
    source: z.union([line, z.array(line).min(1)]).optional(),
    id: z.array(z.number().int()).optional(),
    fields: z
      .record(parameterName, line)
      .optional()
      .describe('Patterns for slots of the event, as { auth_error: ^Kdc }. Tells events of one number apart.'),
    command: line.optional(),
    reply: line.optional(),
  }),
  score: z.number().int().min(1).max(100),
  why: line,
  step: id.optional(),
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

// -------------------------------------------------------------------------------------------- events

export const eventFileSchema = z.strictObject({
  source: line,
  other_sources: z.array(line).min(1).optional().describe('Further sources that write the same events.'),
  events: z.array(
    z.strictObject({
      id: z.number().int(),
      level: line,
      category: line,
      title: line,
      text: line
        .optional()
        .describe(
          'The template; <name> is a slot, named like the shared parameter where it fits. Left out where no source quotes it: the event is then known by its source and number alone.',
        ),
      also: z.array(line).optional().describe('Other wordings seen.'),
      local: line.describe('What the logging server is in this event.'),
      remote: line,
      seen_from: z.enum(['sender', 'receiver']),
      parameters: z
        .record(
          parameterName,
          z.strictObject({
            field: z
              .union([parameterName, z.array(parameterName).min(1)])
              .describe('Of several the first whose value the parameter takes.'),
            part: z.literal('first-label').optional(),
          }),
        )
        .optional()
        .describe('Parameters that follow from a slot or header field under another name.'),
      kept_apart: z
        .array(parameterName)
        .optional()
        .describe(
          'Slots that are named like a parameter but belong to the other machine: shown, never set in a case unasked.',
        ),
      sources,
      certainty,
      covers,
    }),
  ),
});

// ------------------------------------------------------------------------------------------- replies

export const CULPRITS = ['us', 'them', 'between', 'unknown'] as const;

const replyEntry = z
  .strictObject({
    says: z
      .array(line)
      .min(1)
      .describe('How it reads, the first as it is mostly seen. Each must be explained by this entry.'),
    code: z.array(z.number().int().min(200).max(599)).min(1).optional(),
    enhanced: z
      .array(z.string().regex(/^[245X]\.\d{1,3}\.\d{1,3}(-\d{1,3})?$/, 'must look like 5.7.1, X.7.1 or 5.7.606-649'))
      .min(1)
      .optional(),
    text: line.optional().describe('A pattern for the words of the reply, whatever the case of the letters.'),
    from: line.optional().describe('Who writes it, where that is known.'),
    meaning: prose,
    culprit: z
      .enum(CULPRITS)
      .describe('Whose side has to be mended, seen from the one who reads it in a queue or log.'),
    wizard: id.optional(),
    sources,
    certainty,
    covers,
  })
  .refine((entry) => entry.code !== undefined || entry.enhanced !== undefined || entry.text !== undefined, {
    error: 'needs `code`, `enhanced` or `text`',
  });

export const replyFileSchema = z.strictObject({
  group: line,
  about: line.optional(),
  replies: z.array(replyEntry).min(1),
});

// -------------------------------------------------------------------------------------- known faults

/** Faults of builds and updates. Dated, because they come and go; an organisation replaces the whole file. */
export const knownFaultFileSchema = z.strictObject({
  as_of: z.iso.date().describe('The day on which the list was last compared with its sources.'),
  known_faults: z.array(
    z.strictObject({
      id,
      title: line,
      affects: line.describe('Which products, builds and updates.'),
      since: z.iso.date().optional().describe('When it began.'),
      mended: line.optional().describe('Which build or update mends it.'),
      recognise: z.array(prose).min(1).describe('How to see that it is this fault.'),
      remedy: z.array(prose).min(1),
      wizard: id.optional().describe('The wizard that leads there.'),
      sources,
      certainty,
    }),
  ),
});

// ---------------------------------------------------------------------------------------------- labs

export const labSchema = z.strictObject({
  id,
  title: line,
  level: z.enum(['first', 'second', 'third']),
  minutes: z.number().int().positive(),
  about: prose,
  wizard: id,
  evidence: z.string().optional().describe('The text that the trainee finds: goes through the intake.'),
  parameters: z.record(parameterName, z.string()).optional(),
  answers: z
    .array(
      z.strictObject({
        command: commandId,
        sample: id,
        parameters: z
          .record(parameterName, z.string())
          .optional()
          .describe('Only when these parameters have these values.'),
        after: commandId.optional().describe('Only after this change was made.'),
      }),
    )
    .describe('What the simulated servers print: samples of the catalogue. The last answer that fits wins.'),
  questions: z
    .array(z.strictObject({ wizard: id, step: id, outcome: id, hint: prose }))
    .describe('What only a person can know here.'),
  verdict: line,
});

export type Parameter = z.infer<typeof parameterSchema>;
export type CapturedValue = z.infer<typeof capturedValueSchema>;
export type Command = z.infer<typeof commandSchema>;
export type CommandFile = z.infer<typeof commandFileSchema>;
export type Template = z.infer<typeof template>;
export type Sample = z.infer<typeof sample>;
export type Wizard = z.infer<typeof wizardSchema>;
export type Step = z.infer<typeof stepSchema>;
export type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;
export type Conversation = z.infer<typeof conversation>;
export type Outcome = z.infer<typeof outcome>;
export type EventFile = z.infer<typeof eventFileSchema>;
export type ReplyFile = z.infer<typeof replyFileSchema>;
export type ReplyEntry = ReplyFile['replies'][number];
export type KnownFaultFile = z.infer<typeof knownFaultFileSchema>;
export type KnownFault = KnownFaultFile['known_faults'][number];
export type Culprit = (typeof CULPRITS)[number];
export type Lab = z.infer<typeof labSchema>;
export type Comparison = Omit<z.infer<typeof field>, 'name'>;
export type Planned = z.infer<typeof plannedFileSchema>['planned'][number];
