/**
 * The checklist without what tells who and where. Pseudonyms are stable within one export; nothing in it leads back.
 * The journal keeps the original.
 */
import type { Checklist } from '../checklist/model.ts';
import { bytesOfBase64 } from './base64.ts';
import { isCommon, type RedactKind, SHAPES } from './kinds.ts';
import { type KnownValue, knownValues } from './known-values.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { withoutSecrets } from './secrets.ts';

/** `keep`: values that stay. `words`: further ones to replace. Both without regard to case. */
export type RedactOptions = { keep: readonly string[]; words: readonly string[] };
export type RedactHit = {
  kind: RedactKind;
  original: string;
  pseudonym: string;
  count: number;
  /** The first places, each with some text before and behind. */
  contexts: string[];
};
export type Redacted = { checklist: Checklist; hits: RedactHit[] };

const MOST_CONTEXTS = 3;
const CONTEXT = 30;
/** Fields of the model that hold words of the program or of a wizard, hashes and times: nothing of the case. */
const OURS = new Set([
  ...['schema', 'sha256', 'hash', 'head', 'statement', 'timeZone', 'product', 'kind', 'status', 'shell'],
  ...['shellVersion', 'result', 'ended', 'followed', 'certainty', 'risk', 'machine', 'via', 'from', 'effect', 'utc'],
  ...['local', 'sources', 'why', 'cause', 'advice', 'asks', 'expect', 'words', 'affects', 'effective', 'wait'],
  ...['interruption', 'privilege', 'wizardTitle', 'name', 'step', 'wizard', 'wizards', 'command', 'id', 'state'],
  ...['reminders', 'redacted', 'missing', 'practice'],
]);

export function redact(checklist: Checklist, { keep, words }: RedactOptions): Redacted {
  const kept = new Set(keep.map((value) => value.toLowerCase()));
  const known = [
    ...words.map((value): KnownValue => ({ kind: 'word', value: value.trim() })).filter(({ value }) => value !== ''),
    ...expanded(knownValues(checklist)),
  ].filter(({ kind, value }) => !kept.has(value.toLowerCase()) && !isCommon(kind, value));
  const replacer = new Replacer(known, kept);
  const redacted = mapTexts(checklist, (text) => replacer.replace(text)) as Checklist;
  return { checklist: { ...redacted, redacted: true }, hits: replacer.hits() };
}

/** Names of which the case knows the long form, in their short one, and the other way round where that is clear. */
function expanded(known: readonly KnownValue[]): KnownValue[] {
  const all = new Map(known.map((one) => [one.value.toLowerCase(), one]));
  const add = (kind: RedactKind, value: string): void => {
    if (value.length >= 3 && !all.has(value.toLowerCase())) all.set(value.toLowerCase(), { kind, value });
  };
  for (const { kind, value } of known) {
    const name = kind === 'mail' ? value.slice(value.lastIndexOf('@') + 1) : value;
    if (kind === 'account' && value.includes('\\')) {
      const [domain = '', user = ''] = value.split('\\');
      // An administrator is called so everywhere.
      if (!/^(?:administrator|admin|user|system|local ?system)$/i.test(user)) add('account', user);
      add('domain', domain);
    }
    if ((kind === 'host' || kind === 'domain' || kind === 'mail') && name.includes('.')) {
      const [first = '', ...rest] = name.split('.');
      // `mail` alone is a word; `ex01` is a name.
      if (/[\d-]/.test(first)) add('host', first);
      if (rest.length >= 2) add('domain', rest.join('.'));
      if (rest.length === 1 && first.length >= 4) add('domain', first);
      if (rest.length >= 2 && (rest[0] ?? '').length >= 4) add('domain', rest[0] ?? '');
    }
  }
  return [...all.values()].sort((a, b) => b.value.length - a.value.length);
}

class Replacer {
  readonly #pseudonyms = new Pseudonyms();
  readonly #kinds: Map<string, RedactKind>;
  readonly #kept: ReadonlySet<string>;
  readonly #pattern: RegExp;
  readonly #hits = new Map<string, RedactHit>();

  constructor(known: readonly KnownValue[], kept: ReadonlySet<string>) {
    this.#kept = kept;
    this.#kinds = new Map(known.map(({ kind, value }) => [value.toLowerCase(), kind]));
    const literals = known.map(({ value }) => `(?<![A-Za-z0-9])${escaped(value)}(?![A-Za-z0-9])`);
    const shapes = SHAPES.map(([, pattern]) => `(${pattern})`);
    // What has a shape of its own may hold a known value and is longer: a mail address, a name below a domain.
    this.#pattern = new RegExp(
      [...shapes, ...(literals.length > 0 ? [`(${literals.join('|')})`] : [])].join('|'),
      'gi',
    );
  }

  replace(text: string): string {
    const clean = withoutSecrets(text);
    const plain = clean.includes('\u0000') ? this.#wide(clean) : this.#plain(clean);
    return plain.replace(/[A-Za-z0-9+/]{16,}={0,2}/g, (token) => this.#packed(token));
  }

  hits(): RedactHit[] {
    return [...this.#hits.values()].sort((a, b) => (a.kind === b.kind ? b.count - a.count : a.kind < b.kind ? -1 : 1));
  }

  #plain(text: string): string {
    return text.replace(this.#pattern, (found, ...rest) => {
      const groups = rest.slice(0, SHAPES.length) as (string | undefined)[];
      const shape = groups.findIndex((group) => group !== undefined);
      const kind = this.#kinds.get(found.toLowerCase()) ?? SHAPES[shape]?.[0] ?? 'word';
      if (this.#kept.has(found.toLowerCase()) || isCommon(kind, found) || isVersion(kind, text, rest.at(-2) as number))
        return found;
      // A known value stands within something that only looks like a whole.
      if (shape >= 0 && kind === 'account' && !this.#kinds.has(found.toLowerCase())) {
        const [first = '', second = ''] = found.split('\\');
        if (this.#kinds.get(first.toLowerCase()) === 'host')
          return `${this.#named('host', first, text, rest.at(-2) as number)}\\${second}`;
      }
      return this.#named(kind, found, text, rest.at(-2) as number);
    });
  }

  #named(kind: RedactKind, found: string, text: string, at: number): string {
    const pseudonym = this.#pseudonyms.of(kind, found);
    const key = `${kind} ${found.toLowerCase()}`;
    const hit = this.#hits.get(key) ?? { kind, original: found, pseudonym, count: 0, contexts: [] };
    hit.count += 1;
    if (hit.contexts.length < MOST_CONTEXTS)
      hit.contexts.push(text.slice(Math.max(0, at - CONTEXT), at + found.length + CONTEXT).toWellFormed());
    this.#hits.set(key, hit);
    return pseudonym;
  }

  /** UTF-16 that was taken for bytes: a zero beside each sign. Only where it hides something it is put together. */
  #wide(text: string): string {
    const narrow = text.replaceAll('\u0000', '');
    const clean = this.#plain(narrow);
    return clean === narrow ? this.#plain(text) : clean;
  }

  /** Base64 that holds something that would be replaced, as UTF-8 or UTF-16. */
  #packed(token: string): string {
    const bytes = bytesOfBase64(token);
    if (bytes === null) return token;
    const text = bytes.replaceAll('\u0000', '');
    // Noise has no names of its own; only what the case knows is looked for.
    const found = [...this.#kinds].find(([value]) => value.length >= 4 && text.toLowerCase().includes(value));
    return found ? `[base64 with ${this.#named(found[1], found[0], token, 0)}]` : token;
  }
}

/** `15.1.225.42` behind the word Version is a build of Exchange. */
const isVersion = (kind: RedactKind, text: string, at: number): boolean =>
  kind === 'ip' && /(?:version|build|\bv)[\s:="'(]*$/i.test(text.slice(Math.max(0, at - 16), at));

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, OURS.has(key) ? entry : mapTexts(entry, change)]),
  );
}
