/** The words in which servers and profiles of the lab are written. */

/** What a rule may wait for; `conditions.ts` says what each means. */
export const LAB_CONDITIONS = [
  'not-greeted',
  'plain',
  'encrypted',
  'anonymous',
  'authenticated',
  'no-sender',
  'sender-given',
  'no-recipient',
  'no-argument',
  'with-argument',
  'malformed',
  'too-long',
  'too-large',
  'last-chunk',
  'not-local',
  'not-announced',
  'mechanism-not-announced',
  'in-order',
  'cancelled',
  'wrong-login',
  'first-contact',
  'masked',
] as const;
export type LabCondition = (typeof LAB_CONDITIONS)[number];

/**
 * Besides verbs: CONNECT is the greeting, LOGIN the end of an authentication, BLOB the bytes behind XEXCH50, BODY a
 * message, IDLE a client that says nothing any more, ERRORS one that erred too often, `*` every other verb.
 */
export const LAB_VERBS = [
  'CONNECT',
  'EHLO',
  'HELO',
  'STARTTLS',
  'X-ANONYMOUSTLS',
  'AUTH',
  'X-EXPS',
  'LOGIN',
  'MAIL',
  'RCPT',
  'XEXCH50',
  'BLOB',
  'DATA',
  'BDAT',
  'BODY',
  'RSET',
  'NOOP',
  'VRFY',
  'HELP',
  'QUIT',
  'IDLE',
  'ERRORS',
  '*',
] as const;
export type LabVerb = (typeof LAB_VERBS)[number];
