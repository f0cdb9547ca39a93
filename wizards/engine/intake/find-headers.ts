/** Finds message headers and the way of the message that their `Received` lines tell. */
import { type Finding, linesOf } from './finding.ts';
import { findHeaderBlocks, type Header, type HeaderBlock } from './header-block.ts';
import { type Hop, SLOW_SECONDS, type Way, wayOf } from './hops.ts';
import { addressIn } from './report-part.ts';
import type { Unfolded } from './unfold.ts';

/** How far below a report its returned headers stand. */
const BELOW_REPORT = 60;

/** In the order of their lines; `most` at the most. The subject is left out: the content of mail is nobody's evidence. */
export function findHeaders(unfolded: Unfolded, found: readonly Finding[], most: number): Finding[] {
  const blocks = findHeaderBlocks(unfolded, most);
  if (blocks.length === 0) return [];
  const taken = linesOf(found.filter(({ kind }) => kind !== 'ndr'));
  const reports = found.filter(({ kind }) => kind === 'ndr');
  let after = 0;
  return blocks.flatMap((block) => {
    const report = refusalAbove(reports, block, after);
    after = block.end;
    const finding = taken(block.line) ? null : findingOf(block, report);
    return finding ? [finding] : [];
  });
}

/** The report above the headers, behind line `after`, in which a server refused the message; else one that names its ID. */
function refusalAbove(reports: readonly Finding[], { headers, line }: HeaderBlock, after: number): Finding | null {
  const id = headerValue(headers, 'message-id');
  const refusals = reports.filter(
    ({ fields }) => fields.action === 'failed' && fields.reply && (fields.remote_host || fields.remote_ip),
  );
  const ends = (report: Finding) => report.end ?? report.line;
  return (
    refusals.find((report) => report.line > after && ends(report) < line && line - ends(report) <= BELOW_REPORT) ??
    refusals.find(({ fields }) => fields.message_id && id?.includes(fields.message_id)) ??
    null
  );
}

function findingOf(block: HeaderBlock, report: Finding | null): Finding | null {
  const { headers, line, end } = block;
  const way = wayOf(headers.filter(({ name }) => name === 'received'));
  // Prose that begins with the word has no date behind a semicolon.
  if (way.hops.every(({ utc }) => utc === null)) return null;
  addAuthentication(way.hops, headers);
  const id = way.loop ? 'loop' : way.clock ? 'clock' : (way.slowest?.delay ?? 0) >= SLOW_SECONDS ? 'slow' : 'way';
  const refusal = report?.fields;
  const refusedBy = refusal?.remote_host ?? refusal?.remote_ip;
  const results = authenticationResults(
    headerValue(headers, 'authentication-results') ?? headerValue(headers, 'arc-authentication-results') ?? '',
  );
  const fields: Record<string, string | undefined> = {
    message_id: /<[^<>\s]{1,900}>/.exec(headerValue(headers, 'message-id') ?? '')?.[0],
    hops: String(way.hops.length),
    total_delay: way.totalDelay === null ? undefined : String(way.totalDelay),
    slowest_hop: way.slowest?.delay ? `${nameOf(way.slowest)}, ${way.slowest.delay} s` : undefined,
    loop: way.loop ? `${way.loop.by}, ${way.loop.times} times` : undefined,
    clock_fault: way.clock ?? undefined,
    refused_by: refusedBy,
    sender: addressIn(headerValue(headers, 'from') ?? '') ?? addressIn(headerValue(headers, 'return-path') ?? ''),
    recipient: addressIn(headerValue(headers, 'to') ?? '') ?? way.hops.at(-1)?.for ?? undefined,
    ...results,
  };
  const hops = refusedBy === undefined ? way.hops : [...way.hops, refusingHop(way.hops, refusedBy, refusal ?? {})];
  return {
    kind: 'headers',
    id,
    source: 'Message headers',
    title: titleOf(way, id, refusedBy),
    line,
    end,
    fields: Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
    ),
    local: null,
    remote: null,
    hops,
  };
}

/** The end of the way: the server that did not take the message. */
function refusingHop(hops: readonly Hop[], by: string, refusal: Finding['fields']): Hop {
  const last = hops.at(-1) as Hop;
  return {
    ...last,
    from: last.by,
    from_ip: null,
    by,
    with: null,
    tls: null,
    authenticated: null,
    id: null,
    for: refusal.recipient ?? null,
    time: null,
    utc: null,
    delay: null,
    flags: [],
    notes: [],
    refused: refusal.reply ?? '',
  };
}

/** Exchange notes how a message was authenticated, and by which server, in headers of its own. */
function addAuthentication(hops: Hop[], headers: readonly Header[]): void {
  const as =
    headerValue(headers, 'x-ms-exchange-organization-authas') ??
    headerValue(headers, 'x-ms-exchange-crosstenant-authas');
  const source =
    headerValue(headers, 'x-ms-exchange-organization-authsource') ??
    headerValue(headers, 'x-ms-exchange-crosstenant-authsource');
  const hop = hops.find(({ by }) => by !== null && by.toLowerCase() === source?.trim().toLowerCase());
  if (hop && as && hop.authenticated === null) hop.authenticated = as.trim().slice(0, 60);
}

/** RFC 8601: `mx.contoso.com; spf=pass …; dkim=fail …; dmarc=none …`. */
function authenticationResults(value: string): Record<string, string> {
  const results: Record<string, string> = {};
  for (const [, method = '', result = ''] of value
    .slice(0, 4000)
    .matchAll(/(?:^|[;\s])(spf|dkim|dmarc)=([a-z]{2,12})\b/gi)) {
    results[method.toLowerCase()] ??= result.toLowerCase();
  }
  return results;
}

const headerValue = (headers: readonly Header[], wanted: string): string | undefined =>
  headers.find(({ name }) => name === wanted)?.value;
const nameOf = ({ by, from }: Hop): string => by ?? from ?? 'a server without a name';

function titleOf({ hops, totalDelay, slowest, loop, clock }: Way, id: string, refusedBy: string | undefined): string {
  if (id === 'loop' && loop) return `Message headers: a loop, ${loop.by} had the message ${loop.times} times`;
  if (id === 'clock' && clock) return `Message headers: a clock is wrong (${clock})`;
  const many = hops.length === 1 ? '1 hop' : `${hops.length} hops`;
  const took = totalDelay === null ? '' : ` in ${totalDelay} s`;
  const where = slowest?.delay ? `, the slowest at ${nameOf(slowest)}` : '';
  return `Message headers: ${many}${took}${where}${refusedBy === undefined ? '' : `, refused by ${refusedBy}`}`;
}
