/** What the name servers' answers about an address mean for mail that comes from it. A new finding is one more rule. */
import type { AddressList } from '../../schema.ts';
import { notPublic } from './address-kinds.ts';
import { type ListVerdict, listVerdict } from './address-list.ts';
import { tells, valuesOf } from './answer.ts';
import { reverseName, sameAddress, sameName } from './names.ts';
import {
  about,
  addressesOf,
  type FindingLines,
  linesOf,
  resolverFindings,
  type Seen,
  type SeenEntry,
  shadowing,
  truthOf,
} from './seen.ts';

export type ListSeen = { list: AddressList; reply: Seen; control: Seen | null };
export type AddressSeen = {
  address: string;
  /** The name that the server introduces itself with; null where it was not given. */
  helo: string | null;
  /** Questions about the address and its names. Those to lists stand apart. */
  replies: readonly Seen[];
  lists: readonly ListSeen[];
  hosts: readonly SeenEntry[];
};

/** The names of the address, as its PTR records give them. */
export function namesOf({ address, replies }: Pick<AddressSeen, 'address' | 'replies'>): string[] {
  const ptr = truthOf(replies, 'PTR', reverseName(address) ?? '');
  return ptr ? valuesOf(ptr, 'PTR') : [];
}

const leadsBack = ({ address, replies }: AddressSeen, name: string): boolean =>
  addressesOf(replies, name).some((one) => sameAddress(one, address));

const lookupsOf = ({ replies }: AddressSeen, name: string): Seen[] =>
  (['A', 'AAAA'] as const).flatMap((type) => about(replies, type, name));

type Rule = (seen: AddressSeen) => FindingLines[];

/** Forward-confirmed reverse DNS (RFC 1912 section 2.1): one name that leads back is enough. */
const reverse: Rule = (seen) => {
  const ptr = truthOf(seen.replies, 'PTR', reverseName(seen.address) ?? '');
  if (!ptr) return [];
  const names = namesOf(seen);
  if (names.length === 0) return [{ code: 'ptr-missing', lines: [ptr.line] }];
  if (names.some((name) => leadsBack(seen, name))) return [];
  return [{ code: 'ptr-not-confirmed', lines: [ptr.line, ...names.flatMap((name) => linesOf(lookupsOf(seen, name)))] }];
};

const introduces: Rule = (seen) => {
  const { helo, address, replies } = seen;
  if (helo === null) return [];
  const fits =
    leadsBack(seen, helo) && (namesOf(seen).length === 0 || namesOf(seen).some((name) => sameName(name, helo)));
  if (fits) return [];
  const ptr = truthOf(replies, 'PTR', reverseName(address) ?? '');
  const lookups = lookupsOf(seen, helo).filter(tells);
  return lookups.length === 0 ? [] : [{ code: 'helo-mismatch', lines: linesOf([...(ptr ? [ptr] : []), ...lookups]) }];
};

const verdictOf = ({ list, reply, control }: ListSeen): ListVerdict => listVerdict(list, reply, control);

const lists: Rule = ({ lists: asked }) =>
  (
    [
      ['dnsbl-listed', 'listed'],
      ['dnsbl-refused', 'refused'],
      ['dnsbl-no-answer', 'useless'],
    ] as const
  ).map(([code, state]) => ({
    code,
    lines: linesOf(asked.filter((one) => verdictOf(one).state === state).map(({ reply }) => reply)),
  }));

const RULES: readonly Rule[] = [
  ({ replies }) => resolverFindings(replies),
  reverse,
  introduces,
  ({ hosts, replies }) => [shadowing(hosts, replies)],
  lists,
];

/** Findings with the lines that prove them. */
export const addressFindings = (seen: AddressSeen): FindingLines[] =>
  RULES.flatMap((rule) => rule(seen)).filter(({ lines: at }) => at.length > 0);

/** Why mail from the address is in doubt, in one sentence; null where nothing speaks against it. */
export function whyDoubted(seen: AddressSeen): string | null {
  if (!truthOf(seen.replies, 'PTR', reverseName(seen.address) ?? ''))
    return 'No name server gave an answer about the address.';
  const listed = seen.lists.filter((one) => verdictOf(one).state === 'listed');
  if (listed.length > 0) return `The address is on ${listed.map(({ list }) => list.title).join(', ')}.`;
  const [first] = addressFindings(seen).filter(({ code }) => code === 'ptr-missing' || code === 'ptr-not-confirmed');
  if (!first) return null;
  return first.code === 'ptr-missing'
    ? 'The address has no name.'
    : 'The name of the address does not lead back to it.';
}

/** What findings do not say: what is well, what an answer means, what was not asked. */
export function addressNotes(seen: AddressSeen): string[] {
  const { address, helo } = seen;
  const kind = notPublic(address);
  const back = namesOf(seen).find((name) => leadsBack(seen, name));
  const notes: string[] = [];
  if (kind) notes.push(`${address} is ${kind}: nobody outside sees it, and no list was asked about it.`);
  if (back !== undefined) notes.push(`The name of the address leads back to it: ${back}.`);
  if (helo === null) notes.push('The name that the server introduces itself with was not given (--helo).');
  notes.push(...listNotes(seen.lists));
  notes.push('A list that was not asked may hold the address all the same; receivers choose their lists themselves.');
  return notes;
}

function listNotes(asked: readonly ListSeen[]): string[] {
  if (asked.length === 0) return [];
  const verdicts = asked.map((one) => ({ ...one, ...verdictOf(one) }));
  const listed = verdicts.filter(({ state }) => state === 'listed');
  const unclear = verdicts.filter(({ state }) => state === 'refused' || state === 'useless');
  const notes = [
    ...listed.map(({ list, why }) => `${list.title} lists the address: ${why}. ${list.removal ?? ''}`.trimEnd()),
    ...unclear.map(({ list, why }) => `${list.title} says nothing: ${why}. ${list.needs ?? ''}`.trimEnd()),
  ];
  if (listed.length > 0) return notes;
  if (unclear.length > 0) return [...notes, 'Whether a list holds the address is not known: not all of them answered.'];
  return ['No list that was asked holds the address.'];
}
