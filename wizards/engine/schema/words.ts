/** What all kinds of files are made of: ids, lines of text, sources. */
import { z } from 'zod';
import { CERTAINTIES, ENVIRONMENTS } from './names.ts';

export const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Lower-case words joined by hyphens.');
export const commandId = z
  .string()
  .regex(/^[A-Z]+[0-9]+(-[a-z0-9]+)*$/)
  .describe('A catalogue id such as E1 or X1-list.');
export const parameterName = z.string().regex(/^[a-z][a-z0-9_]*$/);
export const line = z
  .string()
  .min(1)
  .regex(/^[^\r\n]*$/, 'must be one line');
export const prose = z.string().min(1).max(2000);
export const covers = z
  .array(z.string().regex(/^S[0-4]-[0-9]{2}$/))
  .optional()
  .describe('Rows of the source inventory that this element carries.');
export const certainty = z
  .enum(CERTAINTIES)
  .describe('confirmed: read in a source; reconstructed; unverified: say so.');
export const sources = z.array(line).min(1).describe('Titles of documents, KB or RFC numbers. No row ids.');
export const environments = z.array(z.enum(ENVIRONMENTS)).min(1).optional();
