/** Phrases of symptoms, and the words that mean the same in them. */
import { foldWord, wordsOf } from '../intake/fold-words.ts';
import { foldPhrase, keyOf, sameWords, sizeOf } from '../intake/symptom-phrases.ts';
import type { Context } from './context.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

type Seen = Map<string, { source: SourceFile; path: Path; text: string }>;

export function checkWords(context: Context): void {
  checkGroups(context);
  const groups = context.symptomWords.flatMap(({ content }) => content.symptom_words);
  const same = sameWords(groups.map((group) => [group.word, ...group.same]));
  const seen: Seen = new Map();
  for (const { source, wizard } of context.wizards.values()) {
    for (const [i, { words }] of (wizard.triggers ?? []).entries()) {
      for (const [j, text] of (words ?? []).entries()) {
        const path = ['triggers', i, 'words', j];
        const phrase = foldPhrase(text, same);
        const size = sizeOf(phrase);
        if (size < 2) {
          const what = size === 0 ? 'no word' : 'one word';
          context.report('FG611', source, path, `"${text}" has ${what} that means something.`);
        } else once(context, 'FG612', seen, keyOf(phrase), { source, path, text });
      }
    }
  }
}

/** Each word means one thing: neither in two groups nor twice in one. */
function checkGroups(context: Context): void {
  const seen: Seen = new Map();
  for (const { source, content } of context.symptomWords) {
    for (const [i, { word, same }] of content.symptom_words.entries()) {
      const all: [string, Path][] = [[word, ['symptom_words', i, 'word']]];
      for (const [j, text] of same.entries()) all.push([text, ['symptom_words', i, 'same', j]]);
      for (const [text, path] of all) {
        const key = wordsOf(text).map(foldWord).join(' ');
        if (key !== '') once(context, 'FG613', seen, key, { source, path, text });
      }
    }
  }
}

function once(
  { report }: Context,
  code: 'FG612' | 'FG613',
  seen: Seen,
  key: string,
  found: { source: SourceFile; path: Path; text: string },
): void {
  const first = seen.get(key);
  if (!first) {
    seen.set(key, found);
    return;
  }
  const { line } = first.source.valueAt(first.path);
  const where = first.source === found.source ? `line ${line}` : `${first.source.path}, line ${line}`;
  const what = first.text === found.text ? 'The same' : `The same as "${first.text}"`;
  report(code, found.source, found.path, `${what} stands in ${where}.`);
}
