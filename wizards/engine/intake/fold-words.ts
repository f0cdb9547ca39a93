/**
 * English words reduced to what their forms have in common, so that "hangs", "hanging" and "hung" are one word.
 * The result is no word of the dictionary and is never shown. No library does it: the few forms that matter in the
 * complaints of mail administrators stand here, and what two words wrongly share is seen in the tests of the content.
 */

/** Words that carry no meaning of their own: phrases do not ask for them. */
const STOP = new Set(
  (
    'a an the this that these those it its they them their there here he she her his you your me ' +
    'of to in on at by for from with into onto as and or be is are was were been being am has have had having do ' +
    'does did doing will would can could shall should may might must very so too just only also all any some e s'
  ).split(' '),
);

/** Forms that no ending explains. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  [
    'hang hung',
    'send sent',
    'get got gotten',
    'come came',
    'go goes went gone',
    'lose lost',
    'break broke broken',
    'grow grew grown',
    'keep kept',
    'hold held',
    'write wrote written',
    'freeze froze frozen',
    'steal stole stolen',
    'begin began begun',
    'leave left',
    'take took taken',
    'become became',
    'know knew known',
    'find found',
    'say said',
    'tell told',
    'see saw seen',
    'run ran running',
    'build built',
    'large larger largest',
    'big bigger biggest',
    'slow slower slowly',
    'small smaller smallest',
    'late later lately',
    'size sizes sized',
    'reply replies replied',
    'die died dies dying',
    'tie ties tied',
  ].flatMap((list) => {
    const [base = '', ...forms] = list.split(' ');
    return [base, ...forms].map((form) => [form, base] as const);
  }),
);

/** How English says that something is not so. Phrases and sentences hold the word NOT in their place. */
export const NOT = 'not';
const DENIALS = new Set(
  (
    'not no never cannot nothing nobody none neither nor without unable hardly nowhere cant dont doesnt didnt isnt ' +
    'arent wasnt werent wont couldnt wouldnt shouldnt hasnt havent aint'
  ).split(' '),
);

const VOWEL = /[aeiouy]/;

/** Stems of words seen before: a text has few different ones. Forgotten when there are too many. */
const STEMS = new Map<string, string>();
const MOST_STEMS = 20_000;

/** One word, in lower case and without blanks, to its stem. Numbers and codes stay as they are. */
export function foldWord(word: string): string {
  let stem = STEMS.get(word);
  if (stem === undefined) {
    stem = stemOf(word);
    if (STEMS.size >= MOST_STEMS) STEMS.clear();
    STEMS.set(word, stem);
  }
  return stem;
}

function stemOf(word: string): string {
  if (DENIALS.has(word) || word.endsWith("n't")) return NOT;
  let stem = word.endsWith("'s") ? word.slice(0, -2) : word;
  const known = IRREGULAR.get(stem);
  if (known !== undefined) return known;
  if (/\d/.test(stem)) return stem;
  stem = stem.replaceAll("'", '');
  if (stem.length > 4 && stem.endsWith('ies')) return `${stem.slice(0, -3)}y`;
  if (stem.length > 4 && stem.endsWith('ied')) return `${stem.slice(0, -3)}y`;
  if (stem.length > 3 && stem.endsWith('s') && !/(?:ss|us|is)$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.endsWith('ing')) stem = without(stem, 3);
  else if (stem.endsWith('ed')) stem = without(stem, 2);
  if (stem.endsWith('e')) stem = without(stem, 1);
  // "stopped" is "stop", and "full" stays apart from "fuel".
  if (/([bcdfgkmnprtv])\1$/.test(stem)) stem = without(stem, 1);
  return stem;
}

/** The word without so many letters at its end, unless too little of it would stay. */
function without(word: string, letters: number): string {
  const stem = word.slice(0, -letters);
  return stem.length >= 3 && VOWEL.test(stem) ? stem : word;
}

/** Whether a word, as it was written, is one that phrases do not ask for. */
export const isStopWord = (word: string): boolean => STOP.has(word);

const WORD = /[a-z0-9\u00c0-\u024f]+(?:['.][a-z0-9\u00c0-\u024f]+)*/g;

/** The words of a text in lower case, with typographic apostrophes made plain. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
}
