/** Finds events in a text: by their wording, by the block above it, best by both. */
import type { EventFile } from '../schema.ts';
import { byteFields, readDump } from './event-bytes.ts';
import { bareFinding, describedFinding } from './event-finding.ts';
import { findHeaders, type Header } from './event-header.ts';
import { compileTemplates, coreAt, sourcesOf, templatesOf } from './event-pattern.ts';
import { findDescriptions } from './find-descriptions.ts';
import type { Finding } from './finding.ts';
import { paragraphEnd } from './read-slots.ts';
import { lineOf, type Unfolded } from './unfold.ts';

/** `from` and `to` are places in the stream: where its block begins, and where its last fixed text ends. */
type Placed = { from: number; to: number; finding: Finding; described: boolean };
/** How far a block may stand above its description, in letters and digits. */
const NEAR = 200;

/**
 * In the order in which they stand. Fields are named as the slots of the templates, and `event_id level time
 * time_utc local_server`, and `data_code` and its like for the data bytes. Looking ends once more than `most` are
 * found.
 */
export function findEvents(files: readonly EventFile[], unfolded: Unfolded, most: number): Finding[] {
  const patterns = compileTemplates(files);
  const headers = findHeaders(unfolded, [...new Set(files.flatMap(sourcesOf))], most + 1);
  const described = findDescriptions(unfolded, patterns, headers, most + 1);
  const lineAt = (index: number): number => lineOf(unfolded, unfolded.at[index] ?? 0);
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
    const from = belongs ? header.from : match.from;
    const next = described[i + 1]?.from ?? unfolded.stream.length;
    // A value at the end of the wording, and what is left of a cut one, go on to the end of their paragraph.
    const open = match.missing.length > 0 || coreAt(match.pattern, match.pattern.literals.length - 1) === '';
    const end = endOf(unfolded, match.to, open, headers[h]?.from ?? next, next);
    const place = { line: lineAt(from), end: lineOf(unfolded, end) };
    placed.push({
      from,
      to: match.to,
      finding: describedFinding(files, belongs ? header : null, match, place),
      described: true,
    });
  }
  for (const [i, header] of headers.entries()) {
    const { id, source } = header;
    if (used.has(header) || source === null || id === null) continue;
    const end = endOf(unfolded, header.to, true, headers[i + 1]?.from ?? unfolded.stream.length);
    const place = { line: lineAt(header.from), end: lineOf(unfolded, end) };
    placed.push({
      from: header.from,
      to: header.to,
      finding: bareFinding(templatesOf(files, source, id), { ...header, id, source }, place),
      described: false,
    });
  }
  const kept = withoutMentions(placed.sort((a, b) => a.from - b.from));
  for (const [i, one] of kept.entries()) addBytes(files, unfolded, one, kept[i + 1]);
  return kept.map((entry) => entry.finding);
}

/** Offset of the last character before `to` in the stream, or of the end of its paragraph; before what comes `next`. */
function endOf({ text, at }: Unfolded, to: number, paragraph: boolean, ...next: number[]): number {
  const last = at[to - 1] ?? 0;
  if (!paragraph) return last;
  const until = Math.min(...next.map((index) => at[index] ?? text.length));
  return until <= last ? last : paragraphEnd(text, last, until);
}

/** What Event Viewer prints below the description as `Data:`. */
function addBytes(files: readonly EventFile[], unfolded: Unfolded, one: Placed, next: Placed | undefined): void {
  const { text, at } = unfolded;
  const dump = readDump(text, (at[one.to - 1] ?? 0) + 1, next ? (at[next.from] ?? text.length) : text.length);
  if (!dump) return;
  const { finding } = one;
  const spells = templatesOf(files, finding.source, Number(finding.id)).find(({ bytes }) => bytes)?.bytes;
  finding.fields = { ...finding.fields, ...byteFields(dump.bytes, spells) };
  finding.end = Math.max(finding.end ?? 0, lineOf(unfolded, dump.end - 1));
}

/** A block that only repeats an event described elsewhere in the text (a page's footer, say) is no event of its own. */
function withoutMentions(placed: Placed[]): Placed[] {
  const key = ({ source, id }: Finding) => `${source} ${id}`;
  const known = new Set(placed.filter((entry) => entry.described).map((entry) => key(entry.finding)));
  return placed.filter(({ described, finding }) => {
    return described || finding.fields.time || finding.fields.local_server || !known.has(key(finding));
  });
}
