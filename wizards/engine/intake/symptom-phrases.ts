/** The phrases of all wizards' `words` triggers, folded and indexed once for a library. */
import type { Library } from '../library.ts';
import { foldWord, isStopWord, NOT, wordsOf } from './fold-words.ts';

/**
 * Words that mean the same here: the stem of each to the stem of the first, and those of several words by their first
 * stem, the longest first.
 */
export type SameWords = { single: ReadonlyMap<string, string>; several: ReadonlyMap<string, [string[], string][]> };
export type FoldedPhrase = {
  /** The single words, each as what it means, in their order. Together with the parts all must be in a sentence. */
  words: string[];
  /** Quoted parts: stems that stand together. */
  parts: string[][];
};
export type Phrase = FoldedPhrase & {
  wizard: string;
  /** As it was written: what a finding and its trigger have in common. */
  text: string;
  /** The score of its trigger, less what it loses for words that say little. */
  score: number;
  weight: number;
};
export type PhraseBook = {
  same: SameWords;
  /** By the rarest word that a sentence must have. */
  byWord: ReadonlyMap<string, Phrase[]>;
  scores: ReadonlyMap<string, number>;
};

/** A phrase of this weight has the whole score of its trigger. */
const FULL_WEIGHT = 6;

const BOOKS = new WeakMap<Library, PhraseBook>();

/** The phrases of a library. Wizards and words may come from anywhere: nothing in them makes it fail. */
export function phraseBook(library: Library): PhraseBook {
  let book = BOOKS.get(library);
  if (!book) {
    book = compile(library);
    BOOKS.set(library, book);
  }
  return book;
}

/** The score that a phrase of a wizard gives, or 0 for a phrase that it does not have. */
export const scoreOfPhrase = (library: Library, wizard: string, text: string): number =>
  phraseBook(library).scores.get(`${wizard} ${text}`) ?? 0;

export function sameWords(groups: readonly (readonly string[])[]): SameWords {
  const single = new Map<string, string>();
  const several = new Map<string, [string[], string][]>();
  for (const group of groups) {
    const meaning = wordsOf(group[0] ?? '').map(foldWord)[0] ?? '';
    for (const text of group) {
      const stems = wordsOf(text).map(foldWord);
      const [first] = stems;
      if (first === undefined) continue;
      if (stems.length === 1) single.set(first, meaning);
      else several.set(first, [...(several.get(first) ?? []), [stems, meaning]]);
    }
  }
  for (const lists of several.values()) lists.sort(([a], [b]) => b.length - a.length);
  return { single, several };
}

/**
 * What the words of a sentence mean, each with its place. Words that mean something together are one: a virus scanner
 * is no scanner.
 */
export function meaningsOf(stems: readonly string[], same: SameWords): { meaning: string; at: number }[] {
  const found: { meaning: string; at: number }[] = [];
  for (let at = 0; at < stems.length; ) {
    const stem = stems[at] as string;
    const [words, together] = same.several.get(stem)?.find(([list]) => standsAt(list, stems, at)) ?? [];
    found.push({ meaning: together ?? meaningOf(stem, same), at });
    at += words?.length ?? 1;
  }
  return found;
}

export const standsAt = (words: readonly string[], stems: readonly string[], at: number): boolean =>
  words.every((word, i) => stems[at + i] === word);

/** A phrase as it is written in a trigger: its words of meaning, each once, and its quoted parts. */
export function foldPhrase(text: string, same: SameWords): FoldedPhrase {
  const parts: string[][] = [];
  const rest = text.replace(/"([^"]*)"/g, (_, part: string) => {
    const words = wordsOf(part);
    if (words.length > 1) parts.push(words.map(foldWord));
    return words.length > 1 ? ' ' : ` ${part} `;
  });
  const words = wordsOf(rest);
  const meant = meaningsOf(words.map(foldWord), same)
    // What means something together may begin with a word that means nothing alone.
    .filter(({ meaning, at }) => !isStopWord(words[at] as string) || meaning !== foldWord(words[at] as string))
    .map(({ meaning }) => meaning);
  return { words: [...new Set(meant)], parts };
}

const meaningOf = (stem: string, { single }: SameWords): string => single.get(stem) ?? stem;

/** How many words a phrase asks for; of a quoted part all count, and "not" alone says nothing. */
export const sizeOf = ({ words, parts }: FoldedPhrase): number =>
  [...words, ...parts.flat()].filter((word) => word !== NOT).length;

/** Equal for phrases that fit the same sentences. */
export const keyOf = ({ words, parts }: FoldedPhrase): string =>
  [words.includes(NOT) ? words.join(' ') : [...words].sort().join(' '), ...parts.map((p) => p.join('+')).sort()].join(
    '|',
  );

function compile(library: Library): PhraseBook {
  const same = sameWords(library.symptomWords);
  const all: (Omit<Phrase, 'weight'> & { keys: string[] })[] = [];
  for (const { wizard } of library.wizards.values()) {
    for (const { words, score } of wizard.triggers ?? []) {
      for (const text of words ?? []) {
        const folded = foldPhrase(text, same);
        if (sizeOf(folded) < 2) continue;
        const keys = [...folded.words, ...folded.parts.flat().map((stem) => meaningOf(stem, same))];
        all.push({ ...folded, wizard: wizard.id, text, score, keys });
      }
    }
  }
  const users = new Map<string, Set<string>>();
  for (const { keys, wizard } of all) for (const key of keys) users.set(key, (users.get(key) ?? new Set()).add(wizard));
  const spread = (key: string): number => users.get(key)?.size ?? 0;
  const byWord = new Map<string, Phrase[]>();
  const scores = new Map<string, number>();
  for (const { keys, ...phrase } of all) {
    const weight = keys.reduce((sum, key) => sum + weightOf(key, spread(key)), 0);
    const score = Math.max(1, phrase.score - Math.max(0, FULL_WEIGHT - weight));
    const key = keys.reduce((rarest, one) => (spread(one) < spread(rarest) ? one : rarest));
    byWord.set(key, [...(byWord.get(key) ?? []), { ...phrase, score, weight }]);
    const name = `${phrase.wizard} ${phrase.text}`;
    scores.set(name, Math.max(score, scores.get(name) ?? 0));
  }
  return { same, byWord, scores };
}

/** What one wizard alone asks for says most, what many ask for says little. */
function weightOf(key: string, wizards: number): number {
  if (key === NOT || wizards > 5) return 1;
  return wizards === 1 ? 3 : 2;
}
