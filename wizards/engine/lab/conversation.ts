/** A server with a profile: the rules of both as one table. */
import type { LabProfile, LabRule, LabServer } from '../schema/lab-servers.ts';
import type { LabVerb } from './words.ts';

/** The domains whose mail the lab takes where its profile names none. */
export const LOCAL_DOMAINS: readonly string[] = ['contoso.com', 'fabrikam.com'];

export type Conversation = {
  server: LabServer;
  profile: LabProfile;
  local: readonly string[];
  /** For each verb the rules of the profile, then those of the server. */
  rules: ReadonlyMap<LabVerb, readonly LabRule[]>;
};

export function conversationOf(server: LabServer, profile: LabProfile): Conversation {
  const rules = new Map<LabVerb, LabRule[]>();
  for (const { replies } of [profile, server]) {
    for (const [verb, more] of Object.entries(replies ?? {}) as [LabVerb, LabRule[]][])
      rules.set(verb, [...(rules.get(verb) ?? []), ...more]);
  }
  return { server, profile, local: profile.local ?? LOCAL_DOMAINS, rules };
}
