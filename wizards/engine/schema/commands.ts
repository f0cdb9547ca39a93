/** Parameters, the rules over outputs, and the commands of the catalogue. */
import { z } from 'zod';
import { MACHINES, PARAMETER_TYPES, SHELLS } from './names.ts';
import { certainty, commandId, covers, environments, id, line, parameterName, prose, sources } from './words.ts';

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
  | { whole: string }
  | { typed: string };

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
    z
      .strictObject({ typed: line })
      .describe('A regular expression on what was typed, where a copy shows it behind the prompt: for mistakes.'),
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
  probe: z
    .enum(['smtp', 'dns', 'ip', 'relay'])
    .optional()
    .describe('The probe of the program itself: the page has a screen for it.'),
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

export type Parameter = z.infer<typeof parameterSchema>;
export type CapturedValue = z.infer<typeof capturedValueSchema>;
export type Command = z.infer<typeof commandSchema>;
export type CommandFile = z.infer<typeof commandFileSchema>;
export type Template = z.infer<typeof template>;
export type Sample = z.infer<typeof sample>;
export type Comparison = Omit<z.infer<typeof field>, 'name'>;
