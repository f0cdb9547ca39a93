import type { CaseSummary } from '../../electron/contract.ts';
import { holdsWords } from './holds-words.ts';

/** The cases that hold every word somewhere a person would look for it, in their own order. */
export function searchCases(cases: readonly CaseSummary[], query: string): readonly CaseSummary[] {
  if (query.trim() === '') return cases;
  const holds = holdsWords(query);
  return cases.filter((item) => holds(textOf(item)));
}

const texts = new WeakMap<CaseSummary, string>();

function textOf(item: CaseSummary): string {
  let text = texts.get(item);
  if (text === undefined) {
    const parts = [item.ticket, item.title, item.operator, item.wizardTitle, item.verdict, item.standing, item.state];
    text = [...parts, ...Object.values(item.parameters)].join('\n').toLowerCase();
    texts.set(item, text);
  }
  return text;
}
