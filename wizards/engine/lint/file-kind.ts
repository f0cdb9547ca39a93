/** Which kind of content a file holds: told by its keys, else by its folder. */
import type { z } from 'zod';
import type { FileKind } from '../library.ts';
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
} from '../schema.ts';

export const SCHEMAS: Record<FileKind, z.ZodType> = {
  wizard: wizardSchema,
  commands: commandFileSchema,
  parameters: parameterFileSchema,
  planned: plannedFileSchema,
  events: eventFileSchema,
  replies: replyFileSchema,
  'known-faults': knownFaultFileSchema,
  'symptom-words': symptomWordsFileSchema,
  lab: labSchema,
  'lab-server': labServerSchema,
  'lab-profile': labProfileSchema,
  'probe-findings': probeFindingsFileSchema,
  'address-lists': addressListsFileSchema,
};
/** A key that only this kind has. The order matters: a group of commands may have parameters too. */
const BY_KEY: [string, FileKind][] = [
  ['texts', 'lab-server'],
  ['servers', 'lab-profile'],
  ['commands', 'commands'],
  ['steps', 'wizard'],
  ['planned', 'planned'],
  ['events', 'events'],
  ['replies', 'replies'],
  ['known_faults', 'known-faults'],
  ['symptom_words', 'symptom-words'],
  ['probe_findings', 'probe-findings'],
  ['address_lists', 'address-lists'],
  ['answers', 'lab'],
  ['parameters', 'parameters'],
];
const BY_FOLDER: [RegExp, FileKind][] = [
  [/(^|\/)trees\//, 'wizard'],
  [/(^|\/)commands\//, 'commands'],
  [/(^|\/)events\//, 'events'],
  [/(^|\/)replies\//, 'replies'],
  [/(^|\/)known-faults\.ya?ml$/, 'known-faults'],
  [/(^|\/)symptom-words\.ya?ml$/, 'symptom-words'],
  [/(^|\/)probe-findings\.ya?ml$/, 'probe-findings'],
  [/(^|\/)address-lists\.ya?ml$/, 'address-lists'],
  [/(^|\/)labs\/servers\//, 'lab-server'],
  [/(^|\/)labs\/profiles\//, 'lab-profile'],
  [/(^|\/)labs\//, 'lab'],
  [/(^|\/)parameters\.ya?ml$/, 'parameters'],
  [/(^|\/)planned\.ya?ml$/, 'planned'],
];

export function kindOf(path: string, data: unknown): FileKind | null {
  if (typeof data === 'object' && data !== null) {
    const found = BY_KEY.find(([key]) => Object.hasOwn(data, key));
    if (found) return found[1];
  }
  return BY_FOLDER.find(([folder]) => folder.test(path.replaceAll('\\', '/')))?.[1] ?? null;
}
