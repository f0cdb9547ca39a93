/** What probes can find: the published list of codes. */
import { z } from 'zod';
import { certainty, covers, id, prose, sources } from './words.ts';

const probeFinding = z.strictObject({
  code: id,
  message: prose.describe('What it means, in one or two sentences.'),
  wizard: id.describe('The wizard that goes on from here.'),
  step: id.describe('The step of that wizard that asks about it.'),
  score: z.int().min(1).max(100).describe('How much it speaks for that wizard.'),
  certainty,
  sources,
  covers,
});
export const probeFindingsFileSchema = z.strictObject({ probe_findings: z.array(probeFinding).min(1) });

export type ProbeFindingsFile = z.infer<typeof probeFindingsFileSchema>;
/** An entry of the list. */
export type KnownProbeFinding = z.infer<typeof probeFinding>;
