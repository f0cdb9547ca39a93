/** Practice cases. */
import { z } from 'zod';
import { commandId, id, line, parameterName, prose } from './words.ts';

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

export type Lab = z.infer<typeof labSchema>;
