/** The events of message tracking: which of them decide, and what they mean for the message. Facts 4.4, additions B1. */

/** Worst first. */
export const OUTCOMES = ['refused', 'lost', 'waiting', 'accepted', 'handed-over', 'delivered'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const MEANING: Record<string, Outcome> = {
  FAIL: 'refused',
  SUBMITFAIL: 'refused',
  DROP: 'lost',
  BADMAIL: 'lost',
  POISONMESSAGE: 'lost',
  DEFER: 'waiting',
  SUBMITDEFER: 'waiting',
  THROTTLE: 'waiting',
  SEND: 'handed-over',
  SENDEXTERNAL: 'handed-over',
  TRANSFER: 'accepted',
  DELIVER: 'delivered',
  DUPLICATEDELIVER: 'delivered',
  PROCESS: 'delivered',
};

/** Events of other kinds (RECEIVE, SUBMIT, NOTIFYMAPI, HARECEIVE, …) say that the message was there. */
export const outcomeOf = (event: string): Outcome => MEANING[event] ?? 'accepted';

/** Names of events that are known, to tell a row of tracking from any other list. */
export const EVENTS: ReadonlySet<string> = new Set([
  ...Object.keys(MEANING),
  ...'AGENTINFO DSN DUPLICATEEXPAND DUPLICATEREDIRECT EXPAND HADISCARD HARECEIVE HAREDIRECT HAREDIRECTFAIL INITMESSAGECREATED LOAD MODERATIONEXPIRE MODERATORAPPROVE MODERATORREJECT MODERATORSALLNDR NOTIFYMAPI NOTIFYSHADOW RECEIVE REDIRECT RESOLVE RESUBMIT RESUBMITDEFER RESUBMITFAIL SUBMIT SUPPRESSED'.split(
    ' ',
  ),
]);
export const SOURCES: ReadonlySet<string> = new Set(
  'ADMIN AGENT APPROVAL BOOTLOADER DNS DSN GATEWAY MAILBOXRULE MEETINGMESSAGEPROCESSOR ORAR PICKUP POISONMESSAGE PUBLICFOLDER QUEUE REDUNDANCY ROUTING SAFETYNET SMTP STOREDRIVER'.split(
    ' ',
  ),
);

/** The message came in, or began again. */
const ON_ITS_WAY = new Set(['RECEIVE', 'SUBMIT', 'RESUBMIT', 'LOAD', 'TRANSFER']);

/** 2: for good. 1: on its way, so that what happens later counts. 0: a remark on the side. */
export function rankOf(event: string): 0 | 1 | 2 {
  const outcome = outcomeOf(event);
  if (outcome === 'waiting' || outcome === 'handed-over' || ON_ITS_WAY.has(event)) return 1;
  return outcome === 'accepted' ? 0 : 2;
}

type Dated = { rank: number; at: string; order: number };

/**
 * Whether a row says more about a recipient than the one known so far. What is for good beats what is not, whatever
 * the clocks of two servers say; else the later one counts.
 */
export function decisive(next: Dated, known: Dated): boolean {
  if (next.rank !== known.rank) return next.rank > known.rank;
  return next.at === known.at ? next.order > known.order : next.at > known.at;
}
