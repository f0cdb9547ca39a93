/** What the walk protocol takes in: one JSON object a line, checked before anything is done with it. */
import { z } from 'zod';
import { SHELLS } from '../../wizards/engine/schema.ts';
import { LARGEST_PASTE } from '../contract-files.ts';
import { Fault } from '../fault.ts';

const text = (most: number) => z.string().max(most);
const shell = z.enum(SHELLS).optional();

const input = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set'), name: text(60), value: text(20_000) }),
  z.object({ type: z.literal('paste'), command: text(60), shell, output: text(LARGEST_PASTE) }),
  z.object({
    type: z.literal('run'),
    command: text(60),
    shell,
    timeout: z.number().positive().max(86_400).optional().describe('Seconds.'),
    confirm: z.boolean().optional(),
  }),
  z.object({ type: z.literal('choose'), outcome: text(80), note: text(10_000).optional() }),
  z.object({ type: z.literal('back'), to: z.number().int().positive() }),
  z.object({ type: z.literal('quit') }),
]);
export type WalkInput = z.infer<typeof input>;

/** Bytes of a line: JSON may write every character of a paste as two. */
export const LONGEST_LINE = LARGEST_PASTE * 2;

/** The input in a line. Throws a Fault that says what is wrong with it. */
export function parseLine(line: string): WalkInput {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Fault('bad-json', 'This line is not JSON.', 'Send one JSON object a line.');
  }
  const parsed = input.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.code === 'invalid_union') {
    throw new Fault('unknown-input', 'There is no input of this type.', 'One of: set, paste, run, choose, back, quit.');
  }
  const place = issue?.path.join('.') || 'The line';
  throw new Fault('bad-input', `${place}: ${issue?.message ?? 'not understood'}.`);
}

const LONGEST_ECHO = 200;

/** The refused line as it is sent back: recognisable, never large, and without the value of a secret. */
export function echoOf(line: string, code: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return clip(line);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return clip(line);
  const entries = Object.entries(value).slice(0, 10);
  return Object.fromEntries(
    entries.map(([key, item]) => {
      if (code === 'secret' && key === 'value') return [key, null];
      if (typeof item === 'string') return [key, clip(item)];
      return [key, typeof item === 'object' && item !== null ? clip(JSON.stringify(item)) : item];
    }),
  );
}

const clip = (text: string): string => (text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO)}…` : text);
