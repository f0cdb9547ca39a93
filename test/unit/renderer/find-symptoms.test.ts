import { describe, expect, test } from 'vitest';
import { findSymptoms, symptomsByTurns } from '../../../renderer/lib/find-symptoms.ts';

const WIZARDS = [
  { symptoms: ['Nothing comes in', 'Mail hangs'] },
  { symptoms: null },
  { symptoms: ['A scanner cannot send', 'Mail hangs', 'Unable to relay'] },
];

describe('the symptoms on the start page', () => {
  test('take turns, so that the first of each wizard is to be seen, and each stands once', () => {
    expect(symptomsByTurns(WIZARDS)).toEqual([
      'Nothing comes in',
      'A scanner cannot send',
      'Mail hangs',
      'Unable to relay',
    ]);
  });

  test('without a query the first ones are shown', () => {
    expect(findSymptoms(symptomsByTurns(WIZARDS), ' ', 2)).toEqual(['Nothing comes in', 'A scanner cannot send']);
  });

  test.each([
    ['scanner', ['A scanner cannot send']],
    ['MAIL hang', ['Mail hangs']],
    ['send scan', ['A scanner cannot send']],
    ['fax', []],
  ])('“%s” finds those that hold every word', (query, found) => {
    expect(findSymptoms(symptomsByTurns(WIZARDS), query, 2)).toEqual(found);
  });

  test('no wizards, no symptoms', () => {
    expect(symptomsByTurns([])).toEqual([]);
  });
});
