import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DIAGNOSTICS, diagnosticsTable } from '../../../wizards/engine/lint/diagnostics.ts';

const guide = readFileSync(fileURLToPath(new URL('../../../wizards/README.md', import.meta.url)), 'utf8');

test('the guide holds the table of diagnostics as it is', () => {
  const table = /<!-- diagnostics -->\n\n([\s\S]*?)\n\n<!-- \/diagnostics -->/.exec(guide)?.[1];
  expect(table).toBe(diagnosticsTable());
});

test('each code has a title, a meaning, an example and a way to mend it, none of them twice', () => {
  for (const entry of Object.values(DIAGNOSTICS)) {
    for (const text of [entry.title, entry.meaning, entry.example, entry.mend]) expect(text.trim()).not.toBe('');
  }
  const titles = Object.values(DIAGNOSTICS).map((entry) => entry.title);
  expect(new Set(titles).size).toBe(titles.length);
});
