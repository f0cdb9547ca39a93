/** Finds events in a text: by their wording, by the block above it, best by both. */
import { parseAddress } from '../parameters/ip-ranges.ts';
import type { EventFile } from '../schema.ts';
import { findHeaders, type Header } from './event-header.ts';
import { compileTemplates, type EventTemplate, sourcesOf, templatesOf } from './event-pattern.ts';
import { type Described, findDescriptions } from './find-descriptions.ts';
import type { Finding } from './finding.ts';
import { lineOf, type Unfolded } from './unfold.ts';

type Placed = { from: number; finding: Finding; described: boolean };
/** How far a block may stand above its description, in letters and digits. */
const NEAR = 200;

/**
 * In the order in which they stand. Fields are named as the slots of the templates, and `event_id level time
 * local_server`. Looking ends once more than `most` are found.
 */
export function findEvents(files: readonly EventFile[], unfolded: Unfolded, most: number): Finding[] {
  const patterns = compileTemplates(files);
  const headers = findHeaders(unfolded, [...new Set(files.flatMap(sourcesOf))], most + 1);
  const described = findDescriptions(unfolded, patterns, headers, most + 1);
  const placed: Placed[] = [];
  const used = new Set<Header>();
  let h = 0;
  for (const [i, match] of described.entries()) {
    while (h < headers.length && (headers[h] as Header).to <= match.from) h += 1;
    const header = headers[h - 1];
    const previous = described[i - 1];
    const belongs =
      header && match.from - header.to <= NEAR && !used.has(header) && (!previous || header.from >= previous.to);
    if (belongs) used.add(header);
    placed.push({
      from: belongs ? header.from : match.from,
      finding: ofDescription(files, unfolded, match, belongs ? header : null),
      described: true,
    });
  }
  for (const header of headers) {
    if (!used.has(header) && header.source !== null) {
      placed.push({ from: header.from, finding: ofHeader(files, unfolded, header, header.source), described: false });
    }
  }
  return withoutMentions(placed.sort((a, b) => a.from - b.from)).map((entry) => entry.finding);
}

function ofDescription(
  files: readonly EventFile[],
  unfolded: Unfolded,
  match: Described,
  header: Header | null,
): Finding {
  const source = header?.source ?? match.pattern.source;
  // The block above says what was logged; the wording of some versions is that of another event.
  const named = header?.id ?? null;
  const own = named === null || named === match.pattern.event.id;
  const event = own ? match.pattern.event : templatesOf(files, source, named)[0];
  const ids = named === null ? [...new Set(match.candidates.map((one) => one.id))].sort() : [named];
  const title = event?.title ?? `Event ${named} of ${source}`;
  const partial = match.missing.length > 0 || ids.length > 1;
  const which = ids.length > 1 ? `${ids.join(' or ')}, ` : '';
  return {
    kind: 'event',
    id: String(named ?? match.pattern.event.id),
    source,
    title: partial ? `${title} (${which}partial copy)` : title,
    line: lineOf(unfolded, unfolded.at[header?.from ?? match.from] ?? 0),
    fields: { event_id: String(named ?? match.pattern.event.id), ...headerFields(header), ...addresses(match.fields) },
    local: event?.local ?? null,
    remote: event?.remote ?? null,
  };
}

function ofHeader(files: readonly EventFile[], unfolded: Unfolded, header: Header, source: string): Finding {
  const id = header.id as number;
  const [event, ...others] = templatesOf(files, source, id);
  return {
    kind: 'event',
    id: String(id),
    source,
    title: event ? titleWithoutText(event, others) : `Event ${id} of ${source}`,
    line: lineOf(unfolded, unfolded.at[header.from] ?? 0),
    fields: { event_id: String(id), ...headerFields(header) },
    local: event?.local ?? null,
    remote: event?.remote ?? null,
  };
}

/** The block above says which event it is. Where one number has several wordings, only the description would tell. */
function titleWithoutText({ title, text }: EventTemplate, others: EventTemplate[]): string {
  if (others.length > 0)
    return `${[title, ...others.map((other) => other.title)].join(', or: ')} (its description decides)`;
  return text === undefined ? title : `${title} (partial copy: the description is missing)`;
}

function headerFields(header: Header | null): Record<string, string> {
  const fields: Record<string, string> = {};
  if (header?.level) fields.level = header.level;
  if (header?.time) fields.time = header.time;
  if (header?.computer) fields.local_server = header.computer;
  return fields;
}

/** The remote side is logged by name or by address in the same place: each goes where it belongs. */
function addresses(fields: Record<string, string>): Record<string, string> {
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

/** A block that only repeats an event described elsewhere in the text (a page's footer, say) is no event of its own. */
function withoutMentions(placed: Placed[]): Placed[] {
  const key = ({ source, id }: Finding) => `${source} ${id}`;
  const known = new Set(placed.filter((entry) => entry.described).map((entry) => key(entry.finding)));
  return placed.filter(({ described, finding }) => {
    return described || finding.fields.time || finding.fields.local_server || !known.has(key(finding));
  });
}
