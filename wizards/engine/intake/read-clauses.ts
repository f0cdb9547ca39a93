/** What a sentence says of each of its words: that it is so, that it is not so, or that it might be so. */
import { foldWord, NOT } from './fold-words.ts';

/** `open`: supposed, asked for, long past, or told by the same clause to be in order. */
export type Said = { word: string; how: 'said' | 'denied' | 'open' };

/** Longer sentences are lists or texts without points; what stands behind is not read. */
const MOST_WORDS = 80;
/** So many words of the clause behind a "not" are denied. */
const REACH = 6;

const TOKEN = /[a-z0-9\u00c0-\u024f]+(?:['.][a-z0-9\u00c0-\u024f]+)*|[,;:()–—]| - /g;
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** A new clause begins with these. */
const LINKS = words(
  'but because since after while whereas although though so who why how what where until yet then and however still',
);
const SUPPOSING = words('if whether unless lest');
const MODAL = words('may might would should');
/** The clause says that all is well. */
const CALM = words(
  'fine normal normally ok okay healthy solved resolved fixed repaired correctly properly successfully smoothly delisted ' +
    'completed expected passed restored',
);
/** And so does one that has none of these. */
const TROUBLES = words('problem problems issue issues trouble');
/** A sentence that begins so tells somebody what to do. */
const ORDERS = words(
  'check verify ensure make monitor use see click learn read configure review set select choose install discover ' +
    'prevent avoid protect join register download confirm remember consider',
);
const OWN = words('our we my i us me why');

export function readClauses(sentence: string): Said[] {
  const tokens = (sentence.toLowerCase().replaceAll('’', "'").match(TOKEN) ?? []).slice(0, MOST_WORDS);
  const said: Said[] = [];
  const order = ORDERS.has(tokens[0] ?? '') && !tokens.some((token) => OWN.has(token));
  let clause = 0;
  let denied = 0;
  let supposed = 0;
  let supposing = order;
  const endClause = (): void => {
    const isCalm = ({ word, how }: Said) => (how === 'denied' ? TROUBLES.has(word) : CALM.has(word));
    const ended = said.slice(clause);
    // As an address is from a list.
    const removed = ended.some(({ word }, i) => word === 'removed' && ended[i + 1]?.word === 'from');
    if (removed || ended.some(isCalm)) for (let at = clause; at < said.length; at += 1) (said[at] as Said).how = 'open';
    clause = said.length;
    denied = 0;
    supposed = 0;
  };
  for (const [i, word] of tokens.entries()) {
    if (/^[^a-z0-9\u00c0-\u024f]/.test(word)) {
      endClause();
      supposing = order;
      continue;
    }
    const following = tokens[i + 1] ?? '';
    const next = foldWord(following);
    if (SUPPOSING.has(word)) {
      endClause();
      // "If I send …" tells what was seen.
      supposing = order || !OWN.has(following);
    } else if (LINKS.has(word)) endClause();
    // "Fails to arrive" is "does not arrive", and so is "refuses to".
    const not = foldWord(word) === NOT || (word === 'to' && /^(?:fail|refus)/.test(tokens[i - 1] ?? ''));
    const how = supposing || supposed > 0 ? 'open' : denied > 0 && !not ? 'denied' : 'said';
    said.push({ word: not ? NOT : word, how });
    if (denied > 0) denied -= 1;
    if (supposed > 0) supposed -= 1;
    // "Not only" says that it is so.
    if (not && next !== 'only') denied = REACH;
    else if ((MODAL.has(word) || (word === 'will' && next === 'be')) && next !== NOT) supposed = REACH;
  }
  endClause();
  return said;
}
