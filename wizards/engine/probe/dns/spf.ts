/**
 * A record of the Sender Policy Framework (RFC 7208), read without asking anybody: terms, faults, and how many
 * further lookups it causes by itself.
 */
import { parseRange } from '../../parameters/ip-ranges.ts';

/** More lookups than these, those of included records counted, and the receiver gives up (RFC 7208 section 4.6.4). */
export const MOST_LOOKUPS = 10;

/** Longer records are not read to the end: more than a name server can send in one text is no policy. */
const LONGEST = 20_000;

export type SpfTerm = { name: string; value: string; qualifier: '+' | '-' | '~' | '?'; modifier: boolean };
export type Spf = {
  terms: SpfTerm[];
  /** Terms that ask the name servers. */
  lookups: number;
  /** Domains whose records belong to this one: of include and redirect, those without macros. */
  leadsTo: string[];
  faults: string[];
  /** What is allowed and nevertheless unwise. */
  doubts: string[];
};

const ASKING = new Set(['include', 'a', 'mx', 'ptr', 'exists', 'redirect']);
const NEEDS_VALUE = new Set(['include', 'ip4', 'ip6', 'exists', 'redirect', 'exp']);
const MECHANISMS = new Set(['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists']);

/** A record counts as SPF by its first word alone (RFC 7208 section 4.5). */
export const isSpf = (text: string): boolean => /^v=spf1(?: |$)/i.test(text);

/** Reads a record that isSpf. Never throws; what cannot be read is a fault in words. */
export function parseSpf(text: string): Spf {
  const spf: Spf = { terms: [], lookups: 0, leadsTo: [], faults: [], doubts: [] };
  if (text.length > LONGEST) spf.faults.push(`it is ${text.length} characters long`);
  const words = text.slice(0, LONGEST).split(' ').slice(1);
  for (const word of words) if (word !== '') readTerm(word, spf);
  if (spf.lookups > MOST_LOOKUPS)
    spf.faults.push(`it causes ${spf.lookups} lookups by itself, and ${MOST_LOOKUPS} are allowed`);
  doubt(spf);
  return spf;
}

function readTerm(word: string, spf: Spf): void {
  // RFC 7208 section 12: a modifier is a name and "=", a mechanism is anything else.
  const modifier = /^([a-z][a-z0-9_.-]*)=(.*)$/is.exec(word);
  const mechanism = /^([+\-~?]?)([a-z][a-z0-9_.-]*)(?:[:/].*)?$/is.exec(word);
  const found = modifier ? modifier[1] : mechanism?.[2];
  if (found === undefined) {
    spf.faults.push(`“${shown(word)}” is no term`);
    return;
  }
  const name = found.toLowerCase();
  const value = modifier?.[2] ?? /[:/].*$/s.exec(word)?.[0].replace(/^:/, '') ?? '';
  const term: SpfTerm = {
    name,
    value,
    qualifier: (mechanism?.[1] || '+') as SpfTerm['qualifier'],
    modifier: modifier !== null,
  };
  spf.terms.push(term);
  const fault = faultOf(term, spf.terms);
  if (fault) spf.faults.push(`“${shown(word)}” ${fault}`);
  if (ASKING.has(name)) spf.lookups += 1;
  if ((name === 'include' || name === 'redirect') && value !== '' && !value.includes('%')) spf.leadsTo.push(value);
}

function faultOf({ name, value, modifier }: SpfTerm, terms: SpfTerm[]): string | null {
  if (modifier) {
    if (MECHANISMS.has(name)) return 'is written with = in place of :';
    if (NEEDS_VALUE.has(name) && value === '') return 'names nothing';
    const twice = terms.filter((one) => one.modifier && one.name === name).length > 1;
    // Modifiers that are not known are to be ignored (RFC 7208 section 6).
    return twice && (name === 'redirect' || name === 'exp') ? 'stands there twice' : null;
  }
  if (!MECHANISMS.has(name)) return 'is a mechanism that nobody knows';
  if (name === 'all') return value === '' ? null : 'takes no value';
  if (NEEDS_VALUE.has(name) && value === '') return 'names nothing';
  if (name === 'ip4' || name === 'ip6') {
    const range = /^[0-9a-f.:]+(?:\/\d{1,3})?$/i.test(value) ? parseRange(value) : null;
    return range?.version === (name === 'ip4' ? 4 : 6) ? null : `is no range of IPv${name.slice(2)}`;
  }
  return null;
}

function doubt(spf: Spf): void {
  const all = spf.terms.find(({ name, modifier }) => name === 'all' && !modifier);
  if (all?.qualifier === '+') spf.doubts.push('It lets everybody send: the all at its end has no - or ~ before it.');
  if (spf.terms.some(({ name, modifier }) => name === 'ptr' && !modifier))
    spf.doubts.push('It uses ptr, which many receivers no longer ask for (RFC 7208 section 5.5).');
  const behind = all ? spf.terms.slice(spf.terms.indexOf(all) + 1).filter(({ modifier }) => !modifier) : [];
  if (behind.length > 0) spf.doubts.push('What stands behind all is never looked at.');
}

const shown = (word: string): string => (word.length > 80 ? `${word.slice(0, 79)}…` : word);
