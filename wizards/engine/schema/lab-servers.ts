/** The lab server: personalities (how a kind of mail server speaks) and profiles (what is wrong with it). */
import { z } from 'zod';
import { LAB_CONDITIONS, LAB_VERBS } from '../lab/words.ts';
import { STAGES } from '../logs/stages.ts';
import { certainty, id, line, prose, sources } from './words.ts';

const PLACEHOLDERS =
  'host|date|client|hello|verb|argument|address|sender|recipient|mechanism|bytes|limit|message|capabilities';
const placeholders = new RegExp(`^(?:[^{}]|\\{(?:${PLACEHOLDERS})\\})*$`);
const replyLine = line
  .regex(/^[2-5][0-9][0-9] /, 'must begin with a reply code and a blank')
  .regex(placeholders, `knows only the slots ${PLACEHOLDERS.replaceAll('|', ' ')}`);
const reply = z.union([replyLine, z.array(replyLine).min(1)]);
const seconds = z.number().positive().max(3600);

const rule = z
  .strictObject({
    when: z.array(z.enum(LAB_CONDITIONS)).min(1).optional().describe('All of these hold; without it always.'),
    reply: reply.optional().describe('Each line begins with its code; the hyphens of several lines are added.'),
    say: id
      .optional()
      .describe('The name of a text of the server instead, so that each generation uses its own words.'),
    raw: z.string().max(4096).optional().describe('Bytes sent as they are, each character below U+0100 one byte.'),
    delay: seconds.optional().describe('Seconds that pass before it is said.'),
    next: z
      .enum(['close', 'reset', 'silence', 'authenticate', 'message'])
      .optional()
      .describe(
        'What follows: the end, a reset of the connection, silence for ever, the exchange of an AUTH, the answer to the message.',
      ),
  })
  .refine(({ reply, say, raw, next }) => {
    const said = [reply, say, raw].filter((one) => one !== undefined).length;
    return said === 1 || (said === 0 && next !== undefined);
  }, 'has one of `reply`, `say` and `raw`, or only a `next`');
export type LabRule = z.infer<typeof rule>;

const replies = z.partialRecord(z.enum(LAB_VERBS), z.array(rule).min(1));
const keyword = line.regex(/^[!-~]+(?: [!-~]+)*$/);
const protocols = z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
const tls = z.strictObject({
  from: protocols.describe('The oldest version that is spoken.'),
  to: protocols.describe('The newest.'),
  ciphers: line.optional().describe('As OpenSSL lists them.'),
});

export const labServerSchema = z.strictObject({
  id,
  title: line,
  about: prose,
  host: line.describe('The name by which it calls itself.'),
  tls,
  limit: z.number().int().positive().describe('The largest message, in bytes.'),
  errors: z.number().int().positive().describe('After so many errors of one client it ends the session.'),
  idle: seconds.describe('Seconds that it waits for a client.'),
  log: z.strictObject({
    version: line,
    connector: line,
    capabilities: z
      .enum(['lines', 'joined'])
      .describe('One record for each line of the answer to EHLO, or one for all.'),
  }),
  capabilities: z.strictObject({
    plain: z.array(keyword).describe('Announced before TLS, in this order.'),
    encrypted: z.array(keyword).describe('Announced after STARTTLS.'),
    internal: z.array(keyword).optional().describe('Announced after X-ANONYMOUSTLS.'),
  }),
  texts: z.record(id, reply).describe('What profiles let it say: every server has all of them that its profiles use.'),
  replies: replies.describe('For each verb what is answered; the first rule that holds.'),
  sources,
  certainty,
});
export type LabServer = z.infer<typeof labServerSchema>;

export const labProfileSchema = z.strictObject({
  id,
  title: line,
  about: line.describe('One sentence that says what goes wrong.'),
  servers: z
    .array(id)
    .min(1)
    .describe('The servers with which it makes sense; the first is taken where none is named.'),
  stage: z.enum([...STAGES, 'none']).describe('The stage that the log of a whole session shows.'),
  certificate: z.enum(['valid', 'expired', 'not-yet-valid', 'other-name']).optional(),
  tls: tls.optional().describe('In place of what the server speaks.'),
  local: z.array(line).optional().describe('Domains whose mail it takes, in place of contoso.com and fabrikam.com.'),
  without: z.array(keyword).min(1).optional().describe('Keywords that are not announced.'),
  without_before_tls: z.array(keyword).min(1).optional().describe('Keywords that are announced after TLS only.'),
  first_contact: seconds.optional().describe('So long the same sender and recipient count as new.'),
  mask: z
    .strictObject({
      verbs: z.array(z.enum(LAB_VERBS)).min(1).describe('Verbs that pass; all others reach the server as X.'),
      keywords: z.array(keyword).describe('Announced keywords that pass.'),
      banner: z.boolean().describe('The greeting arrives as asterisks.'),
    })
    .optional()
    .describe('A device in the path that overwrites what it does not know.'),
  dribble: z
    .strictObject({ bytes: z.number().int().positive(), every: seconds })
    .optional()
    .describe('Replies arrive in pieces of so many bytes, so many seconds apart.'),
  keeps_plaintext: z.boolean().optional().describe('What came with STARTTLS is carried out after TLS.'),
  replies: replies.optional().describe('Rules that come before those of the server.'),
  sources: sources.optional(),
});
export type LabProfile = z.infer<typeof labProfileSchema>;
