/** What the case itself says about names and addresses: these are found wherever they occur. */
import type { Checklist } from '../checklist/model.ts';
import { classify, type RedactKind } from './kinds.ts';

export type KnownValue = { kind: RedactKind; value: string };

/** Names of parameters and fields whose values name somebody or something. */
const BY_NAME: [pattern: RegExp, kind: RedactKind][] = [
  [/host|server|^dc$|computer|machine|ehlo_name|helo/, 'host'],
  [/domain|zone/, 'domain'],
  [/(^|_)ip$|address$|_ips$|range/, 'ip'],
  [/sender|recipient|mailbox|user|account|owner/, 'account'],
  [/connector|queue/, 'host'],
];

/** Without repetition, longest first. Values that are numbers or words of a list say nothing and are left out. */
export function knownValues(checklist: Checklist): KnownValue[] {
  const found = new Map<string, KnownValue>();
  const add = (value: string | null, fallback: RedactKind | null): void => {
    const text = value?.trim() ?? '';
    if (text.length < 3 || text.length > 300 || /^\d+$/.test(text)) return;
    const kind = classify(text) ?? fallback;
    if (kind && !found.has(text.toLowerCase())) found.set(text.toLowerCase(), { kind, value: text });
  };
  const named = (name: string, value: string): void => {
    const kind = BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null;
    for (const part of value.split(',')) {
      // `MBX02\Default MBX02`: the server before the backslash.
      const [first] = part.split('\\');
      if (/connector|virtual/.test(name) && part.includes('\\')) add(first ?? null, 'host');
      else if (!/connector|queue/.test(name)) add(part, kind);
    }
  };
  for (const { name, value } of checklist.parameters) named(name, value);
  for (const { fields } of checklist.evidence) for (const { name, value } of fields) named(name, value);
  for (const { host, user } of [...checklist.places, ...capturesIn(checklist)]) {
    add(host, 'host');
    add(user, 'account');
  }
  for (const person of [checklist.exported.by, ...checklist.case.people]) add(person, 'account');
  return [...found.values()].sort((a, b) => b.value.length - a.value.length);
}

function capturesIn({ path, superseded }: Checklist) {
  return [path, ...superseded].flatMap(({ steps, verdicts }) => [
    ...steps.flatMap(({ captures }) => captures),
    ...verdicts.flatMap(({ fixes }) =>
      fixes.flatMap(({ change, proof, captures }) => [...(change?.sent ?? []), ...proof.captures, ...captures]),
    ),
  ]);
}
