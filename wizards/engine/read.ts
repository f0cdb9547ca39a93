/** Reads the output of a command by its rules. Pure text in, findings with their lines out. */
import type { Evidence, Reading } from './model.ts';
import {
  blocksHolding,
  blocksIn,
  type Cell,
  fieldsOf,
  holdsCutValues,
  type Structure,
  tablesOf,
} from './output-structure.ts';
import { normaliseOutput, plainLines } from './output-text.ts';
import { ipInRanges } from './parameters.ts';
import { UNKNOWN } from './schema/names.ts';
import type { Certainty, Command, Comparison, Condition, Step } from './schema.ts';

export type ReadHit = { id: string; title: string; evidence: Evidence[]; certainty: Certainty; englishOnly: boolean };
export type ReadResult = { hits: ReadHit[]; unreadable: Evidence[] };
type Values = Record<string, string>;
type Found = { evidence: Evidence[]; englishOnly: boolean };

/** Lines beyond this are cut before a pattern is tried: no value that rules look for is longer. */
const LONGEST_LINE = 8000;
const MOST_EVIDENCE = 5;

/**
 * All readings of a command that hold in an output. `values` are the parameters of the case, which some rules
 * compare with; `sent` is the command as sent, whose echo in a pasted text is not evidence.
 */
export function readOutput(command: Command, text: string, values: Values = {}, sent?: string): ReadResult {
  const structure: Structure = { lines: normaliseOutput(text, sent), source: { text, sent } };
  const unreadable: Evidence[] = [];
  const hits: ReadHit[] = [];
  for (const read of command.reads ?? []) {
    const found = evaluate(read.when, structure, values, unreadable);
    if (!found || found.evidence.length === 0) continue;
    const evidence = distinct(found.evidence).slice(0, MOST_EVIDENCE);
    const certainty = read.certainty ?? command.certainty;
    hits.push({ id: read.id, title: read.title, evidence, certainty, englishOnly: found.englishOnly });
  }
  return { hits, unreadable: distinct(unreadable) };
}

/** What an output suggests for a step: one outcome with its evidence, or none and why. Never guesses. */
export function readForStep(step: Step, command: Command, text: string, values: Values = {}, sent?: string): Reading {
  const result = readOutput(command, text, values, sent);
  const outcomes = step.kind === 'question' || step.kind === 'check' ? step.outcomes : [];
  const reads = result.hits.map((hit) => hit.id);
  const fitting = outcomes.filter((outcome) =>
    outcome.when?.some((ref) => reads.some((id) => ref === `${command.id}.${id}`)),
  );
  const usable = result.hits.filter((hit) => fitting.some((o) => o.when?.includes(`${command.id}.${hit.id}`)));
  const hits = usable.length > 0 ? usable : result.hits;
  const evidence = distinct(hits.flatMap((hit) => hit.evidence));
  const certainty = lowest([command.certainty, ...hits.map((hit) => hit.certainty)]);
  const only = fitting.length === 1 ? fitting[0] : undefined;
  if (only) {
    const note = usable.every((hit) => hit.englishOnly) ? 'Recognised in English output only.' : undefined;
    return { suggested: only.id, reads, evidence, certainty, ...(note ? { note } : {}) };
  }
  return { suggested: null, reads, evidence, certainty, note: whyNone(result, fitting.length, text) };
}

function whyNone(result: ReadResult, fitting: number, text: string): string {
  if (fitting > 1) return 'The output says two different things; decide by the lines.';
  const cut = result.unreadable[0];
  if (cut) return `The value in line ${cut.line} is cut off, so it is not read. Ask for it in full and run it again.`;
  if (text.trim() === '') return 'The output is empty.';
  if (result.hits.length > 0) return 'Read, but it does not settle this question.';
  return 'Not recognised as an answer to this question.';
}

/**
 * The verdict of a proof: the check that failed before, read again. `says` tells what an outcome of it means for the
 * fix; null where it is another fault, which neither proves nor denies it.
 */
export function readForProof(says: (outcome: string) => 'verified' | 'not-verified' | null, reading: Reading): Reading {
  const { suggested } = reading;
  if (suggested === null || suggested === UNKNOWN) return { ...reading, suggested: null };
  const verdict = says(suggested);
  if (verdict !== null) return { ...reading, suggested: verdict };
  return { ...reading, suggested: null, note: 'The output shows something else than before; decide by the lines.' };
}

/** The verdict of a proof that names its readings (COMMAND.reading) itself: any other reading says the contrary. */
export function readForOwnProof(shownBy: readonly string[], command: string, reading: Reading): Reading {
  const { note: _, ...read } = reading;
  const proving = read.reads.filter((id) => shownBy.includes(`${command}.${id}`)).length;
  if (read.reads.length === 0 || (proving > 0 && proving < read.reads.length)) return { ...reading, suggested: null };
  return { ...read, suggested: proving > 0 ? 'verified' : 'not-verified' };
}

function evaluate(condition: Condition, on: Structure, values: Values, unreadable: Evidence[]): Found | null {
  if ('all' in condition) return every(condition.all, on, values, unreadable);
  if ('any' in condition) {
    for (const part of condition.any) {
      const found = evaluate(part, on, values, unreadable);
      if (found) return found;
    }
    return null;
  }
  if ('not' in condition) {
    const cut: Evidence[] = [];
    const found = evaluate(condition.not, on, values, cut);
    unreadable.push(...cut);
    // A value that cannot be read is neither a match nor the absence of one.
    return found || cut.length > 0 ? null : { evidence: [], englishOnly: false };
  }
  if ('block' in condition) {
    for (const block of blocksWorthALook(condition.block, on, values)) {
      const found = evaluate(condition.block, block, values, unreadable);
      if (found) return found;
    }
    return null;
  }
  if ('typed' in condition) {
    const evidence = typedLines(on.whole ?? on, condition.typed);
    return evidence.length > 0 ? { evidence, englishOnly: false } : null;
  }
  if ('whole' in condition) {
    const end = endOfWhole(on, condition.whole);
    return end ? { evidence: [end], englishOnly: false } : null;
  }
  if ('line' in condition) {
    const evidence = linesMatching(on, condition.line.pattern);
    return evidence.length > 0 ? { evidence, englishOnly: condition.line.english === true } : null;
  }
  if ('count' in condition) {
    const { pattern, at_least = 0, at_most = Number.POSITIVE_INFINITY } = condition.count;
    const evidence = linesMatching(on, pattern, Number.POSITIVE_INFINITY);
    const englishOnly = condition.count.english === true;
    return evidence.length >= at_least && evidence.length <= at_most ? { evidence, englishOnly } : null;
  }
  const comparison = 'field' in condition ? condition.field : condition.column;
  const cells = 'field' in condition ? fieldsOf(on, comparison.name) : tablesOf(on, comparison.name);
  return compareCells(cells, comparer(on, comparison, values), unreadable);
}

/**
 * The line that ends the output, when the one that begins it is there too. What is missing in an output proves
 * something only then: half of it was perhaps not copied.
 */
function endOfWhole(on: Structure, name: string): Evidence | null {
  const whole = on.whole ?? on;
  const begin = fieldsOf(whole, `BeginOf${name}`)[0];
  const end = fieldsOf(whole, `EndOf${name}`).at(-1);
  return begin && end && begin.line < end.line && end.value === '1' ? { line: end.line, text: end.text } : null;
}

/**
 * The blocks that could fulfil a condition: those with a cell that fulfils the rarest field of it. Spares most rules
 * the way through all blocks of a long output. Where a value was cut all are looked at, so that the person hears of it.
 */
function blocksWorthALook(condition: Condition, on: Structure, values: Values): Structure[] {
  if (holdsCutValues(on)) return blocksIn(on);
  const parts = 'all' in condition ? condition.all : [condition];
  let rarest: Cell[] | null = null;
  for (const part of parts) {
    if (!('field' in part)) continue;
    const fulfils = comparer(on, part.field, values);
    const cells = fieldsOf(on, part.field.name).filter(({ value }) => fulfils(value));
    if (rarest === null || cells.length < rarest.length) rarest = cells;
    if (cells.length === 0) break;
  }
  return rarest === null ? blocksIn(on) : blocksHolding(on, rarest);
}

function every(parts: Condition[], on: Structure, values: Values, unreadable: Evidence[]): Found | null {
  const evidence: Evidence[] = [];
  let englishOnly = false;
  for (const part of parts) {
    const found = evaluate(part, on, values, unreadable);
    if (!found) return null;
    evidence.push(...found.evidence);
    englishOnly ||= found.englishOnly;
  }
  return { evidence, englishOnly };
}

/** Ends once there are as many lines as are shown: further ones prove nothing more. */
function compareCells(cells: Cell[], fulfils: (value: string) => boolean, unreadable: Evidence[]): Found | null {
  const evidence: Evidence[] = [];
  for (const cell of cells) {
    if (evidence.length === MOST_EVIDENCE) break;
    if (cell.cut) {
      unreadable.push({ line: cell.line, text: cell.text });
      continue;
    }
    if (fulfils(cell.value)) evidence.push({ line: cell.line, text: cell.text });
  }
  return evidence.length > 0 ? { evidence, englishOnly: false } : null;
}

/** Answers of one reading, by comparison and value: rules ask the same again, and outputs repeat most of their values. */
const answers = new WeakMap<Structure, Map<Comparison, Map<string, boolean>>>();

/** `compare` with an answer kept where it takes time. Only to be used within one `readOutput`, whose values are the same. */
function comparer(on: Structure, by: Comparison, values: Values): (value: string) => boolean {
  const whole = on.whole ?? on;
  if (by.matches === undefined && listWanted(by) === undefined) return (value) => compare(value, by, values);
  const kept = answers.get(whole) ?? new Map<Comparison, Map<string, boolean>>();
  answers.set(whole, kept);
  const known = kept.get(by) ?? new Map<string, boolean>();
  kept.set(by, known);
  return (value) => {
    let answer = known.get(value);
    if (answer === undefined) {
      answer = compare(value, by, values);
      known.set(value, answer);
    }
    return answer;
  };
}

const listWanted = (by: Comparison) => by.has ?? by.lacks ?? by.lacks_any ?? by.holds_ip ?? by.holds_no_ip;

/** All comparators that are given must hold. A parameter that is not known makes its comparator fail. */
export function compare(value: string, by: Comparison, values: Values): boolean {
  if (by.equals !== undefined && !same(value, by.equals)) return false;
  const list = listWanted(by) === undefined ? [] : listOf(value);
  const holds = (item: string) => list.some((entry) => same(entry, item));
  if (by.has !== undefined && ![by.has].flat().every(holds)) return false;
  if (by.lacks !== undefined && [by.lacks].flat().some(holds)) return false;
  if (by.lacks_any?.every(holds)) return false;
  if (by.matches !== undefined && !regexOf(by.matches).test(value)) return false;
  const wantsNumber = by.bits ?? by.no_bits ?? by.at_least ?? by.at_most;
  const number = wantsNumber === undefined ? Number.NaN : numberIn(value);
  if (by.bits !== undefined && !(Number.isInteger(number) && (number & by.bits) === by.bits)) return false;
  if (by.no_bits !== undefined && !(Number.isInteger(number) && (number & by.no_bits) === 0)) return false;
  if (by.at_least !== undefined && !(number >= by.at_least)) return false;
  if (by.at_most !== undefined && !(number <= by.at_most)) return false;
  if (by.empty !== undefined && (value.replace(/[{}]/g, '').trim() === '') !== by.empty) return false;
  if (by.same_as !== undefined && !same(value, values[by.same_as])) return false;
  if (by.not_same_as !== undefined && (!values[by.not_same_as] || same(value, values[by.not_same_as]))) return false;
  if (by.holds_ip !== undefined && ipInRanges(values[by.holds_ip] ?? '', list) !== true) return false;
  if (by.holds_no_ip !== undefined && ipInRanges(values[by.holds_no_ip] ?? '', list) !== false) return false;
  return true;
}

/** The first number of a value, the type that adsutil prints before it left out. */
const numberIn = (value: string): number =>
  Number(/-?\d+(\.\d+)?/.exec(value.replace(/^\([A-Z]+\)\s*/, ''))?.[0] ?? Number.NaN);

const regexes = new Map<string, RegExp>();

/** The patterns of the library, each compiled once. None has a state of its own. */
function regexOf(pattern: string): RegExp {
  let regex = regexes.get(pattern);
  if (!regex) {
    regex = new RegExp(pattern, 'i');
    regexes.set(pattern, regex);
  }
  return regex;
}

/** The entries of a printed list: `{a, b}` or `a;b`. */
export function listOf(value: string): string[] {
  const inner = value.trim().replace(/^\{(.*)\}$/, '$1');
  if (inner !== '' && !/[,;]/.test(inner)) return [inner];
  return inner
    .split(/[,;]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function same(a: string, b: string | undefined): boolean {
  if (b === undefined || a === b) return b !== undefined;
  const [left, right] = [a.trim(), b.trim()];
  return left.length === right.length && left.toLowerCase() === right.toLowerCase();
}

/** Lines that show what was typed. Of a command that was sent from here the first line of its output stands for it. */
function typedLines({ lines, source }: Structure, pattern: string): Evidence[] {
  if (!source) return [];
  const regex = regexOf(pattern);
  const found = plainLines(source.text).flatMap((text, index) => (regex.test(text) ? [{ line: index + 1, text }] : []));
  const first = lines.findIndex((line) => line !== '');
  if (found.length === 0 && source.sent && regex.test(source.sent) && first >= 0)
    found.push({ line: first + 1, text: lines[first] as string });
  return found.slice(0, MOST_EVIDENCE);
}

function linesMatching(on: Structure, pattern: string, most = MOST_EVIDENCE): Evidence[] {
  const regex = regexOf(pattern);
  const evidence: Evidence[] = [];
  const first = on.first ?? 0;
  const last = on.last ?? on.lines.length;
  for (let index = first; index < last && evidence.length < most; index += 1) {
    const text = on.lines[index] as string;
    if (text !== '' && regex.test(text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) : text)) {
      evidence.push({ line: index + 1, text });
    }
  }
  return evidence;
}

function lowest(all: Certainty[]): Certainty {
  if (all.includes('unverified')) return 'unverified';
  return all.includes('reconstructed') ? 'reconstructed' : 'confirmed';
}

function distinct(evidence: Evidence[]): Evidence[] {
  const seen = new Set<number>();
  return evidence.filter(({ line }) => !seen.has(line) && seen.add(line)).sort((a, b) => a.line - b.line);
}
