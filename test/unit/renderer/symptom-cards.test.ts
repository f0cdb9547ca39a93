import { expect, test } from 'vitest';
import { withSentencesOnce } from '../../../renderer/lib/symptom-cards.ts';
import type { Finding } from '../../../wizards/engine/triage.ts';

const symptom = (id: string, line: number, sentence: string, words: string): Finding => ({
  kind: 'symptom',
  id,
  source: 'sentence',
  title: '',
  line,
  fields: { words, sentence },
  local: null,
  remote: null,
});

test('a sentence that fits several wizards is shown once, with the words of all', () => {
  const findings = [
    symptom('queue', 1, 'Mail hangs.', 'mail hangs'),
    { ...symptom('7004', 1, 'Mail hangs.', ''), kind: 'event' as const },
    symptom('entry', 1, 'Mail hangs.', 'it "hangs"'),
    symptom('dns', 2, 'Mail hangs.', 'no mail'),
  ];
  const before = structuredClone(findings);
  expect(withSentencesOnce(findings).map(({ kind, line, fields }) => [kind, line, fields.words])).toEqual([
    ['symptom', 1, 'mail hangs; it hangs'],
    ['event', 1, ''],
    ['symptom', 2, 'no mail'],
  ]);
  expect(findings).toEqual(before);
});
