/** One event as a structured form holds it (XML, a list of properties, a row), before its description is read. */
import type { EventFile } from '../schema.ts';
import { byteFields } from './event-bytes.ts';
import { addresses, bareFinding, describedFinding, type Logged } from './event-finding.ts';
import { type EventTemplate, type Pattern, sourcesOf, splitTemplate, templatesOf } from './event-pattern.ts';
import { type Described, findDescriptions } from './find-descriptions.ts';
import type { Finding } from './finding.ts';
import { unfold } from './unfold.ts';

export type EventRecord = Logged & {
  line: number;
  end: number;
  /** The description as the form holds it, or null. */
  message: string | null;
  /** The values of its slots in their order, with a name where the form gives one. */
  values: { name: string | null; value: string }[];
  bytes: number[] | null;
};

/** What every reader of a form returns where it has nothing to say of a part. */
export const EMPTY: Omit<EventRecord, 'line' | 'end'> = {
  id: null,
  source: null,
  level: null,
  time: null,
  computer: null,
  message: null,
  values: [],
  bytes: null,
};

const MOST_VALUES = 40;
const LONGEST_VALUE = 2000;
const LONGEST_MESSAGE = 64 * 1024;

/** The number of an event without the bits for severity and facility that `InstanceId` holds above it. */
export function eventNumber(text: string | undefined): number | null {
  const digits = text === undefined ? null : /^\s*(\d{1,10})\s*$/.exec(text);
  return digits ? Number(digits[1]) % 0x1_0000 : null;
}

/**
 * Turns records into findings. Made once for a text: the wordings of one event are looked up once. A record without
 * source or number is an event only when its description is known.
 */
export function recordReader(
  files: readonly EventFile[],
  patterns: readonly Pattern[],
): (record: EventRecord) => Finding | null {
  const spelling = new Map(files.flatMap(sourcesOf).map((source) => [bare(source), source]));
  const wordings = new Map<string, Pattern[][]>();
  return (record) => {
    const source = record.source === null ? null : spelt(record.source, spelling);
    const logged = { ...record, source };
    const key = `${source?.toLowerCase()} ${record.id}`;
    const groups = wordings.get(key) ?? groupsOf(files, patterns, source, record.id);
    wordings.set(key, groups);
    const match = record.message === null ? null : describe(record.message.slice(0, LONGEST_MESSAGE), groups);
    const place = { line: record.line, end: record.end };
    if (match) {
      const finding = describedFinding(files, logged, match, place);
      return { ...finding, fields: { ...finding.fields, ...byteFields(record.bytes, match.pattern.event.bytes) } };
    }
    if (record.id === null || source === null) return null;
    const templates = fitting(record.values, templatesOf(files, source, record.id));
    const finding = bareFinding(templates, { ...logged, id: record.id, source }, place);
    const spells = templates.find(({ bytes }) => bytes)?.bytes;
    const fields = { ...valueFields(record.values, templates), ...byteFields(record.bytes, spells) };
    return { ...finding, title: titleOf(finding, record, templates), fields: { ...finding.fields, ...fields } };
  };
}

/** A description that is there and unlike the wording is not missing; its values in their slots are as good as it. */
function titleOf(finding: Finding, record: EventRecord, templates: EventTemplate[]): string {
  const [only, ...others] = templates;
  if (!only || others.length > 0) return finding.title;
  return record.message || slotsOf(record.values, templates) ? only.title : finding.title;
}

/** As the templates spell it. A column may cut a name: it is completed where one source alone begins so. */
function spelt(written: string, spelling: ReadonlyMap<string, string>): string {
  const exact = spelling.get(bare(written));
  if (exact !== undefined) return exact;
  const cut = bare(written).replace(/(?:\.{3}|…)$/, '');
  const longer = cut.length >= 12 ? [...spelling].filter(([known]) => known.startsWith(cut)) : [];
  return longer.length === 1 ? (longer[0]?.[1] as string) : written;
}

/** A wrap may have brought a blank into the name. */
const bare = (source: string): string => source.toLowerCase().replace(/\s/g, '');

/** The wordings to try, most fitting first: of this number, then of this source (versions borrow from neighbours). */
function groupsOf(
  files: readonly EventFile[],
  patterns: readonly Pattern[],
  source: string | null,
  id: number | null,
): Pattern[][] {
  const byId = patterns.filter(({ event }) => event.id === id);
  if (source === null) return [byId];
  const owners = files.filter((file) => sourcesOf(file).includes(source)).map((file) => file.source);
  const bySource = patterns.filter((pattern) => owners.includes(pattern.source));
  return [byId.filter((pattern) => owners.includes(pattern.source)), bySource];
}

function describe(message: string, groups: Pattern[][]): Described | null {
  if (message.trim() === '') return null;
  const unfolded = unfold(message);
  for (const patterns of groups) {
    const match = patterns.length > 0 ? findDescriptions(unfolded, patterns, [], 1)[0] : undefined;
    if (match) return match;
  }
  return null;
}

/** The names of the slots where the order of the values is known and there is a value for each. */
function slotsOf(values: EventRecord['values'], templates: EventTemplate[]): string[] | null {
  const [only, ...others] = templates;
  if (!only?.strings || others.length > 0) return null;
  const orders = [only.strings, ...(only.strings_also ?? [])];
  return orders.find((slots) => slots.length === values.length) ?? null;
}

/** Of several wordings of one number the one that alone has so many values, in a known order; else all. */
function fitting(values: EventRecord['values'], templates: EventTemplate[]): EventTemplate[] {
  if (templates.length < 2 || values.length === 0) return templates;
  const fits = templates.filter((template) => sizesOf(template).includes(values.length));
  const known = templates.every((template) => sizesOf(template).length > 0);
  return known && fits.length === 1 && fits[0]?.strings ? fits : templates;
}

const sizesOf = ({ strings, strings_also = [], text }: EventTemplate): number[] => {
  if (strings) return [strings, ...strings_also].map((slots) => slots.length);
  return text === undefined ? [] : [splitTemplate(text).slots.length];
};

/** Values by the slots of the template, else by the name that the form gives them, else by their number. */
function valueFields(values: EventRecord['values'], templates: EventTemplate[]): Record<string, string> {
  const slots = slotsOf(values, templates);
  const fields: Record<string, string> = {};
  for (const [i, { name, value }] of values.slice(0, MOST_VALUES).entries()) {
    const clean = value.slice(0, LONGEST_VALUE).replace(/\s+/g, ' ').trim();
    if (clean === '') continue;
    // With `data_` in front no name of the form is taken for a parameter of the same name.
    fields[slots?.[i] ?? `data_${asName(name) ?? i + 1}`] = clean;
  }
  return slots ? addresses(fields) : fields;
}

/** `AlertDesc` to `alert_desc`. */
function asName(name: string | null): string | null {
  if (name === null || !/^[A-Za-z][\w -]{0,40}$/.test(name)) return null;
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s_-]+/g, '_')
    .toLowerCase();
}
