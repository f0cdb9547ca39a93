/** What is recognised and explained: events, replies, known faults. */
import { z } from 'zod';
import { certainty, covers, id, line, parameterName, prose, sources } from './words.ts';

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
      strings: z
        .array(parameterName)
        .min(1)
        .optional()
        .describe(
          'The slots in the order in which the event holds their values (%1, %2, …), where a source says it. An event without its description, as in XML, is read by them.',
        ),
      strings_also: z
        .array(z.array(parameterName).min(1))
        .min(1)
        .optional()
        .describe('Other orders, where versions hold more or fewer values.'),
      bytes: parameterName.optional().describe('The field that the data bytes spell in letters.'),
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

// -------------------------------------------------------------------------------- words of symptoms

export const symptomWordsFileSchema = z.strictObject({
  symptom_words: z
    .array(
      z.strictObject({
        word: line.describe('What phrases of triggers are written with.'),
        same: z.array(line).min(1).describe('What people say as well: single words, or several that stand together.'),
      }),
    )
    .describe('Words that mean the same in the complaint of a person. Forms of one word need not be listed.'),
});

export type EventFile = z.infer<typeof eventFileSchema>;
export type ReplyFile = z.infer<typeof replyFileSchema>;
export type ReplyEntry = ReplyFile['replies'][number];
export type KnownFaultFile = z.infer<typeof knownFaultFileSchema>;
export type KnownFault = KnownFaultFile['known_faults'][number];
export type SymptomWordsFile = z.infer<typeof symptomWordsFileSchema>;
export type Culprit = (typeof CULPRITS)[number];
