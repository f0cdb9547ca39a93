/** What the lab server announces, and what a device in the path leaves of it. */
import type { Conversation } from './conversation.ts';
import type { LabState } from './session-state.ts';

const keywordOf = (capability: string): string => (capability.split(/[ =]/)[0] ?? '').toUpperCase();

/** The lines of the answer to EHLO behind the first, before a device in the path sees them. */
export function capabilitiesOf({ server, profile }: Conversation, state: LabState): string[] {
  const { plain, encrypted, internal = encrypted } = server.capabilities;
  const all = { none: plain, starttls: encrypted, internal }[state.tls];
  const without = [...(profile.without ?? []), ...(state.tls === 'none' ? (profile.without_before_tls ?? []) : [])];
  return all.filter((capability) => !without.includes(keywordOf(capability)));
}

export function announced(conversation: Conversation, state: LabState, keyword: string): boolean {
  return capabilitiesOf(conversation, state).some((capability) => keywordOf(capability) === keyword);
}

/** The mechanisms of AUTH or X-EXPS; `AUTH=LOGIN` is the form that clients from before RFC 2554 look for. */
export function mechanismsOf(conversation: Conversation, state: LabState, verb: string): string[] {
  return capabilitiesOf(conversation, state)
    .filter((capability) => keywordOf(capability) === verb)
    .flatMap((capability) => capability.toUpperCase().split(/[ =]/).slice(1));
}

/** As inspection of SMTP overwrites it: letter for letter, STARTTLS with an A at its end (facts 2.1.5, 2.2.E). */
export function maskedKeyword(capability: string, passing: readonly string[]): string {
  if (passing.includes(keywordOf(capability))) return capability;
  if (keywordOf(capability) === 'STARTTLS') return 'XXXXXXXA';
  return 'X'.repeat(capability.length);
}

/** `220 ` and asterisks; of the digits 0 and 2 some devices let pass (facts 2.2.E). */
export function maskedBanner(line: string): string {
  return line.slice(0, 4) + line.slice(4).replace(/[^02]/g, '*');
}
