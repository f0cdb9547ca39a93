import { holdsWords } from './holds-words.ts';

type Named = { symptoms?: readonly string[] | null };

/** All symptoms once, by turns: the first of each wizard, then the second of each, so that no wizard takes all places. */
export function symptomsByTurns(wizards: readonly Named[]): string[] {
  const lists = wizards.map((wizard) => wizard.symptoms ?? []);
  const turns = Math.max(0, ...lists.map((list) => list.length));
  const found = new Set<string>();
  for (let turn = 0; turn < turns; turn += 1) {
    for (const list of lists) {
      const symptom = list[turn];
      if (symptom !== undefined) found.add(symptom);
    }
  }
  return [...found];
}

/** Those that hold every word of the query; without one the first `most`. */
export function findSymptoms(symptoms: readonly string[], query: string, most: number): readonly string[] {
  if (query.trim() === '') return symptoms.slice(0, most);
  const holds = holdsWords(query);
  return symptoms.filter(holds);
}
