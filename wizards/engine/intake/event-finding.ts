/** Makes the finding of an event out of what its form says of it and of what its description says. */
import { parseAddress } from '../parameters/ip-ranges.ts';
import type { EventFile } from '../schema.ts';
import { type EventTemplate, type Pattern, splitTemplate, templatesOf } from './event-pattern.ts';
import { utcOf } from './event-time.ts';
import type { Described } from './find-descriptions.ts';
import type { Finding } from './finding.ts';

/** What stands around the description, however the form calls it. */
export type Logged = {
  id: number | null;
  source: string | null;
  level: string | null;
  time: string | null;
  computer: string | null;
};
type Place = { line: number; end: number };

/** An event whose description was recognised. `logged` may be missing: the wording alone says which it is. */
export function describedFinding(
  files: readonly EventFile[],
  logged: Logged | null,
  match: Described,
  { line, end }: Place,
): Finding {
  const source = logged?.source ?? match.pattern.source;
  // The form says what was logged; the wording of some versions is that of another event.
  const named = logged?.id ?? null;
  const own = named === null || named === match.pattern.event.id;
  const event = own ? match.pattern.event : eventUnder(templatesOf(files, source, named)[0], match.pattern);
  const ids = named === null ? [...new Set(match.candidates.map((one) => one.id))].sort() : [named];
  const title = event?.title ?? `Event ${named} of ${source}`;
  const partial = match.missing.length > 0 || ids.length > 1;
  const which = ids.length > 1 ? `${ids.join(' or ')}, ` : '';
  return {
    kind: 'event',
    id: String(named ?? match.pattern.event.id),
    source,
    title: partial ? `${title} (${which}partial copy)` : title,
    line,
    end,
    fields: { event_id: String(named ?? match.pattern.event.id), ...loggedFields(logged), ...addresses(match.fields) },
    local: event?.local ?? null,
    remote: event?.remote ?? null,
  };
}

/** An event under the wording of another: the wording says what it is where both have nothing in common. */
function eventUnder(named: EventTemplate | undefined, { event, slots }: Pattern): EventTemplate | undefined {
  const own = named?.text === undefined ? [] : splitTemplate(named.text).slots;
  return own.length > 0 && !own.some((slot) => slots.includes(slot)) ? event : named;
}

/** An event of which the source and number are known and no description. `templates` are what it may be. */
export function bareFinding(
  templates: readonly EventTemplate[],
  logged: Logged & { id: number; source: string },
  { line, end }: Place,
): Finding {
  const { id, source } = logged;
  const [event, ...others] = templates;
  return {
    kind: 'event',
    id: String(id),
    source,
    title: event ? titleWithoutText(event, others) : `Event ${id} of ${source}`,
    line,
    end,
    fields: { event_id: String(id), ...loggedFields(logged) },
    local: event?.local ?? null,
    remote: event?.remote ?? null,
  };
}

/** Where one number has several wordings, only the description would tell which it is. */
function titleWithoutText({ title, text }: EventTemplate, others: EventTemplate[]): string {
  if (others.length > 0)
    return `${[title, ...others.map((other) => other.title)].join(', or: ')} (its description decides)`;
  return text === undefined ? title : `${title} (partial copy: the description is missing)`;
}

/** The time stays as it is written; beside it stands the time in UTC where the text itself states the offset. */
function loggedFields(logged: Logged | null): Record<string, string> {
  const fields: Record<string, string> = {};
  if (logged?.level) fields.level = logged.level;
  if (logged?.time) {
    fields.time = logged.time;
    const utc = utcOf(logged.time);
    if (utc) fields.time_utc = utc;
  }
  if (logged?.computer) fields.local_server = logged.computer;
  return fields;
}

/** The remote side is logged by name or by address in the same place: each goes where it belongs. */
export function addresses(fields: Record<string, string>): Record<string, string> {
  const { remote_host: host, remote_ip: ip } = fields;
  const bare = host?.replace(/^\[(.*)\]$/, '$1');
  if (bare && parseAddress(bare) && !ip) return { ...fields, remote_host: bare, remote_ip: bare };
  if (ip) {
    const { remote_ip: _, ...rest } = fields;
    const address = ip.replace(/^\[(.*)\]$/, '$1');
    return parseAddress(address) ? { ...rest, remote_ip: address } : { remote_host: address, ...rest };
  }
  return fields;
}
