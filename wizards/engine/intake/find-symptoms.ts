/**
 * Finds what a person says in a sentence of plain English: "mail to the other site hangs in the queue". A phrase of a
 * wizard fits a sentence that holds all its words near each other, in whatever order and form, and says that it is so.
 */
import type { Library } from '../library.ts';
import { type Finding, linesOf } from './finding.ts';
import { foldWord, NOT } from './fold-words.ts';
import { readClauses, type Said } from './read-clauses.ts';
import { sentencesIn } from './sentences.ts';
import { meaningsOf, type Phrase, type PhraseBook, phraseBook, standsAt } from './symptom-phrases.ts';
import type { Unfolded } from './unfold.ts';

/** Words from the first to the last word of a phrase. */
const WIDEST = 18;
/** Of one sentence the best wizards, and none that is so much worse than the best. */
const MOST_OF_SENTENCE = 3;
const WORSE_BY = 5;
const LONGEST_SHOWN = 200;
/** Lines of an event whose end is not known. */
const MOST_LINES = 40;

/**
 * Findings whose `id` is the wizard's and whose fields are `words`, the phrase, and `sentence`. Each wizard once,
 * with its best phrase; of one sentence the best first. Lines of other findings are left to them.
 */
export function findSymptoms(library: Library, unfolded: Unfolded, known: readonly Finding[]): Finding[] {
  const book = phraseBook(library);
  if (book.byWord.size === 0) return [];
  const best = new Map<string, { phrase: Phrase; finding: Finding }>();
  for (const { text, line, end } of sentencesIn(unfolded, linesOf(known.map((one) => withEnd(one, unfolded))))) {
    for (const phrase of bestPhrases(book, text)) {
      if (!isBetter(phrase, best.get(phrase.wizard)?.phrase)) continue;
      // Taken out and put in again, so that the order is that of the sentences.
      best.delete(phrase.wizard);
      best.set(phrase.wizard, { phrase, finding: findingOf(phrase, text, line, end) });
    }
  }
  return [...best.values()].map(({ finding }) => finding).sort((a, b) => a.line - b.line);
}

/** What is not known to end goes on to the end of its paragraph. */
function withEnd(finding: Finding, { text, starts }: Unfolded): Finding {
  if (finding.end !== undefined) return finding;
  let end = finding.line;
  while (
    end < starts.length &&
    text.slice(starts[end], starts[end + 1]).trim() !== '' &&
    end - finding.line < MOST_LINES
  )
    end += 1;
  return { ...finding, end };
}

const isBetter = (one: Phrase, other: Phrase | undefined): boolean =>
  other === undefined || one.score > other.score || (one.score === other.score && one.weight > other.weight);

function findingOf({ wizard, text }: Phrase, sentence: string, line: number, end: number): Finding {
  const shown = sentence.replace(/\s+/g, ' ');
  return {
    kind: 'symptom',
    id: wizard,
    source: 'sentence',
    title: `Symptom: “${text.replaceAll('"', '')}”`,
    line,
    end,
    fields: {
      words: text,
      sentence: shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN - 1)}…` : shown,
    },
    local: null,
    remote: null,
  };
}

/** The best phrase of each wizard that fits, best first. */
function bestPhrases(book: PhraseBook, sentence: string): Phrase[] {
  const said = readClauses(sentence);
  const stems = said.map(({ word }) => foldWord(word));
  const places = placesOf(stems, book);
  const best = new Map<string, Phrase>();
  for (const word of places.keys()) {
    for (const phrase of book.byWord.get(word) ?? []) {
      if (isBetter(phrase, best.get(phrase.wizard)) && fits(phrase, said, stems, places))
        best.set(phrase.wizard, phrase);
    }
  }
  const all = [...best.values()].sort((a, b) => b.score - a.score || b.weight - a.weight);
  const worst = (all[0]?.score ?? 0) - WORSE_BY;
  return all.filter(({ score }) => score >= worst).slice(0, MOST_OF_SENTENCE);
}

type Places = ReadonlyMap<string, number[]>;

/** Where in the sentence each meaning stands. */
function placesOf(stems: readonly string[], { same }: PhraseBook): Places {
  const places = new Map<string, number[]>();
  const add = (meaning: string, at: number): void => {
    const known = places.get(meaning);
    if (known) known.push(at);
    else places.set(meaning, [at]);
  };
  for (const { meaning, at } of meaningsOf(stems, same)) add(meaning, at);
  return places;
}

/**
 * Whether a sentence holds all of a phrase. What it denies or only supposes does not count. Where the phrase itself
 * says "not", the word behind it must be denied, and the others may be.
 */
function fits({ words, parts }: Phrase, said: readonly Said[], stems: readonly string[], places: Places): boolean {
  const not = words.indexOf(NOT);
  const denied = not >= 0 || parts.some((part) => part.includes(NOT));
  const wanted: number[][] = [];
  for (const [i, word] of words.entries()) {
    const found = (places.get(word) ?? []).filter((at) => {
      const how = said[at]?.how;
      if (word === NOT || how === undefined) return how !== undefined;
      if (not >= 0 && i === not + 1) return how === 'denied';
      return how === 'said' || (denied && how === 'denied');
    });
    if (found.length === 0) return false;
    wanted.push(found);
  }
  for (const part of parts) {
    const found = [...stems.keys()].filter(
      (at) =>
        standsAt(part, stems, at) &&
        part.every((_, i) => said[at + i]?.how === 'said' || (denied && said[at + i]?.how === 'denied')),
    );
    if (found.length === 0) return false;
    wanted.push(found);
  }
  return narrowest(wanted) < WIDEST;
}

/** The smallest stretch that holds a place of each list. */
function narrowest(lists: readonly number[][]): number {
  const all = lists.flatMap((list, of) => list.map((at) => ({ at, of }))).sort((a, b) => a.at - b.at);
  const held = lists.map(() => 0);
  let missing = lists.length;
  let from = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const { at, of } of all) {
    held[of] = (held[of] as number) + 1;
    if (held[of] === 1) missing -= 1;
    while (missing === 0) {
      const first = all[from] as { at: number; of: number };
      smallest = Math.min(smallest, at - first.at);
      held[first.of] = (held[first.of] as number) - 1;
      if (held[first.of] === 0) missing += 1;
      from += 1;
    }
  }
  return smallest;
}
