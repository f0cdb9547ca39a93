import type { Finding } from '../../wizards/engine/triage.ts';

/** One sentence may fit several wizards: it is shown once, with the words of all that were found in it. */
export function withSentencesOnce(findings: readonly Finding[]): Finding[] {
  const shown: Finding[] = [];
  const said = new Map<string, Finding>();
  for (const finding of findings) {
    const { sentence = '', words = '' } = finding.fields;
    const key = `${finding.line} ${sentence}`;
    const before = finding.kind === 'symptom' ? said.get(key) : undefined;
    if (before) {
      before.fields = { ...before.fields, words: `${before.fields.words}; ${words.replaceAll('"', '')}` };
      continue;
    }
    const card =
      finding.kind === 'symptom' ? { ...finding, fields: { sentence, words: words.replaceAll('"', '') } } : finding;
    if (card.kind === 'symptom') said.set(key, card);
    shown.push(card);
  }
  return shown;
}
