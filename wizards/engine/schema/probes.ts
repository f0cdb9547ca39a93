/** What probes can find: the published list of codes; and the lists of addresses that they ask. */
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

const code = z
  .string()
  .regex(/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/, 'must be an address such as 127.0.0.2')
  .describe('An address that the list answers with.');
const addressList = z.strictObject({
  zone: z
    .string()
    .max(200)
    .regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/, 'must be a domain in lower case, such as zen.spamhaus.org')
    .describe('The domain below which the addresses are asked for.'),
  title: prose,
  families: z
    .array(z.union([z.literal(4), z.literal(6)]))
    .min(1)
    .describe('Versions of IP that the list knows.'),
  codes: z
    .array(z.strictObject({ code, means: prose.describe('Goes on after "the address is listed: ".') }))
    .describe('What an answer means. Any other in 127.0.0.0/8 is a listing whose reason is not known.'),
  removal: prose.optional().describe('How an address is taken off the list.'),
  needs: prose.optional().describe('What the list asks of those who ask it.'),
  certainty,
  sources,
});
export const addressListsFileSchema = z.strictObject({ address_lists: z.array(addressList).min(1).max(100) });

export type AddressListsFile = z.infer<typeof addressListsFileSchema>;
/** A list of addresses that senders of spam used (RFC 5782). */
export type AddressList = z.infer<typeof addressList>;
