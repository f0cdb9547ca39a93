/**
 * JSON Schemas of the content files, generated from the schema in zod, so that an editor completes keys and
 * shows their descriptions. The files below `wizards/schema` hold what this gives.
 */
import { z } from 'zod';
import type { FileKind } from './library.ts';
import {
  addressListsFileSchema,
  commandFileSchema,
  eventFileSchema,
  knownFaultFileSchema,
  labProfileSchema,
  labSchema,
  labServerSchema,
  parameterFileSchema,
  plannedFileSchema,
  probeFindingsFileSchema,
  replyFileSchema,
  symptomWordsFileSchema,
  wizardSchema,
} from './schema.ts';

export type JsonSchema = Record<string, unknown>;

/** `recursive` names the part that refers to itself, for which the generator has a number only. */
const KINDS: Record<FileKind, { schema: z.ZodType; title: string; recursive?: string }> = {
  wizard: { schema: wizardSchema, title: 'Fieldguide: a wizard', recursive: 'next' },
  commands: { schema: commandFileSchema, title: 'Fieldguide: a group of commands', recursive: 'condition' },
  parameters: { schema: parameterFileSchema, title: 'Fieldguide: parameters that wizards share' },
  planned: { schema: plannedFileSchema, title: 'Fieldguide: wizards still to come' },
  events: { schema: eventFileSchema, title: 'Fieldguide: events and their wording' },
  replies: { schema: replyFileSchema, title: 'Fieldguide: SMTP replies and what they mean' },
  'known-faults': { schema: knownFaultFileSchema, title: 'Fieldguide: known faults of builds and updates' },
  'symptom-words': { schema: symptomWordsFileSchema, title: 'Fieldguide: words of symptoms that mean the same' },
  lab: { schema: labSchema, title: 'Fieldguide: a practice case' },
  'lab-server': { schema: labServerSchema, title: 'Fieldguide: how a kind of mail server speaks' },
  'probe-findings': { schema: probeFindingsFileSchema, title: 'Fieldguide: what probes can find' },
  'address-lists': { schema: addressListsFileSchema, title: 'Fieldguide: lists of addresses that probes ask' },
  'lab-profile': { schema: labProfileSchema, title: 'Fieldguide: what is wrong with the lab server' },
};

/** One JSON Schema (draft 2020-12) for each kind of content file. */
export function jsonSchemas(): Record<FileKind, JsonSchema> {
  const entries = Object.entries(KINDS).map(([kind, { schema, title, recursive }]) => {
    const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
    const text = JSON.stringify({ $schema, title, ...rest });
    return [kind, JSON.parse(recursive ? text.replaceAll('__schema0', recursive) : text)];
  });
  return Object.fromEntries(entries);
}
