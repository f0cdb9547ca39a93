/**
 * Events in XML: `wevtutil … /f:xml`, Event Viewer's XML view and export, Get-WinEvent's ToXml. The elements are those
 * of Microsoft's schema of events (namespace http://schemas.microsoft.com/win/2004/08/events/event).
 */
import { bytesOfHex } from './event-bytes.ts';
import { linesToLabel } from './event-copy.ts';
import { EMPTY, type EventRecord, eventNumber } from './event-record.ts';
import { withoutQuoteMarks } from './quote-marks.ts';
import { unescaped, xmlPieces } from './xml-pieces.ts';

const BEGIN = /<(?:[\w.-]{1,20}:)?Event(?=[\s>])/g;
const END = /<\/(?:[\w.-]{1,20}:)?Event\s*>/;
/** Windows writes no event larger than 64 KB; escapes make it longer. */
const LONGEST_EVENT = 256 * 1024;
/** What the numbers of `Level` mean. */
const LEVELS: Record<string, string> = {
  '0': 'Information',
  '1': 'Critical',
  '2': 'Error',
  '3': 'Warning',
  '4': 'Information',
  '5': 'Verbose',
};

/** The first `most` events of the text, in order. An element of this name without provider and number is none. */
export function readEventXml(text: string, most: number): EventRecord[] {
  const prepared = prepare(text);
  if (prepared === null) return [];
  const records: EventRecord[] = [];
  const begins = [...startsIn(prepared, most)];
  let line = 1;
  let counted = 0;
  for (const [i, begin] of begins.entries()) {
    const limit = Math.min(begins[i + 1] ?? prepared.length, begin + LONGEST_EVENT);
    const end = closing(prepared, begin, limit);
    const xml = prepared.slice(begin, end);
    line += breaksIn(prepared, counted, begin);
    counted = begin;
    const record = recordOf(xml) ?? recordOf(xml.replace(/\r?\n/g, ''));
    if (!record) continue;
    const first = line - linesToLabel(prepared, begin);
    records.push({ ...record, line: first, end: line + breaksIn(prepared, begin, begin + xml.trimEnd().length) });
    if (records.length === most) break;
  }
  return records;
}

/** Quote signs taken away, and escapes where a page shows the XML as text. Null where there is no event in XML. */
function prepare(text: string): string | null {
  const escaped = !/<(?:[\w.-]{1,20}:)?Event[\s>]/.test(text);
  if (escaped && !/&lt;(?:[\w.-]{1,20}:)?Event(?:[\s]|&gt;)/.test(text)) return null;
  const quoted = /^[ \t]{0,8}>[^\r\n]*(?:<|&lt;)(?:[\w.-]{1,20}:)?Event/m.test(text);
  const plain = quoted ? withoutQuoteMarks(text) : text;
  return escaped ? unescaped(plain) : plain;
}

function* startsIn(text: string, most: number): Generator<number> {
  let n = 0;
  for (const { index } of text.matchAll(BEGIN)) {
    // Elements of other programs have this name too: a few more are looked at than are wanted.
    if (n === 2 * most) return;
    n += 1;
    yield index;
  }
}

function closing(text: string, from: number, limit: number): number {
  const end = END.exec(text.slice(from, limit));
  return end ? from + end.index + end[0].length : limit;
}

function breaksIn(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}

type Found = Omit<EventRecord, 'line' | 'end'>;

function recordOf(xml: string): Found | null {
  const found: Found = { ...EMPTY, values: [] };
  const path: string[] = [];
  let text = '';
  for (const piece of xmlPieces(xml)) {
    if (piece.kind === 'text') {
      text += piece.text;
      continue;
    }
    if (piece.kind === 'close') {
      if (path.at(-1) === piece.name) leave(found, path, text);
      // An element that was never closed ends with the one around it.
      const depth = path.lastIndexOf(piece.name);
      if (depth >= 0) path.length = depth;
      text = '';
      continue;
    }
    text = '';
    enter(found, path, piece);
    if (!piece.empty && path.length < 32) path.push(piece.name);
  }
  return found.id !== null && found.source !== null ? found : null;
}

function enter(
  found: Found,
  path: readonly string[],
  piece: { name: string; attributes: Record<string, string>; empty: boolean },
): void {
  const { name, attributes } = piece;
  // Its texts have names of the same elements: a provider without attributes, a level as a word.
  if (path.includes('RenderingInfo')) return;
  if (name === 'Provider') {
    // Of a program with a manifest the second name is the one that older versions and Event Viewer show.
    found.source = attributes.Name || attributes.EventSourceName || null;
  } else if (name === 'TimeCreated') found.time = attributes.SystemTime || null;
  else if (isValue(name, path)) found.values.push({ name: valueName(name, attributes), value: '' });
}

/** `Data` in EventData, or whatever a program has put into UserData. */
function isValue(name: string, path: readonly string[]): boolean {
  return name === 'Data' ? path.includes('EventData') : path.includes('UserData') && path.at(-1) !== 'UserData';
}

const valueName = (name: string, attributes: Record<string, string>): string | null =>
  name === 'Data' ? attributes.Name || null : name;

function leave(found: Found, path: readonly string[], text: string): void {
  const name = path.at(-1) as string;
  const value = text.trim();
  if (path.includes('RenderingInfo')) {
    if (name === 'Message' && value !== '') found.message = value;
    if (name === 'Level' && value !== '') found.level = value;
  } else if (name === 'EventID') found.id = eventNumber(value);
  else if (name === 'Level') found.level ??= LEVELS[value] ?? (value || null);
  else if (name === 'Computer') found.computer = value || null;
  else if (name === 'Binary') found.bytes = bytesOfHex(value);
  else {
    const last = found.values.at(-1);
    if (last && isValue(name, path.slice(0, -1))) last.value = value;
  }
}
