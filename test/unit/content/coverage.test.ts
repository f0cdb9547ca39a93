/** The content carries every statement of the five seed documents, and says what it claims to say. */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { carriers, coverage, SEED_ROWS } from '../../../wizards/engine/coverage.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { KEY_WORDS } from '../../fixtures/seed-rows.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const all = carriers(library);

test('there are 126 statements, and each is carried by an element', () => {
  const { rows, covered, missing } = coverage(library);
  expect({ rows, covered, missing }).toEqual({ rows: 126, covered: 126, missing: [] });
  expect(Object.keys(KEY_WORDS)).toEqual(SEED_ROWS);
});

test('no element names a statement that does not exist', () => {
  const known = new Set(SEED_ROWS);
  expect(
    all.flatMap(({ name, covers = [] }) => covers.filter((row) => !known.has(row)).map((row) => `${name}: ${row}`)),
  ).toEqual([]);
});

describe('an element that names a statement says what it is about', () => {
  const named = all.flatMap(({ name, covers = [], element }) => covers.map((row) => ({ row, name, element })));
  test.each(named)('$row in $name', ({ row, element }) => {
    // The rows themselves and the ids are no text that anybody reads.
    const { covers: _, ...rest } = element as { covers?: string[] };
    const text = JSON.stringify(rest);
    const missing = (KEY_WORDS[row] ?? []).filter((words) => ![words].flat().some((word) => text.includes(word)));
    expect(missing).toEqual([]);
  });
});

/** Statements of the seeds that have no number of their own. */
test.each([
  [
    'the account to look at is that of the sender',
    'sendas-rights',
    /with 7004 the logging server, with 7010 the client/,
  ],
  ['the other side is a host over the Internet', 'firewall-blob', /host over the Internet/],
  [
    'removal from lists takes time, each list is looked at again',
    'outbound-ndr',
    /Each takes its own time.*look at each again/,
  ],
  ['the log of the virtual server is hard to count from', 'outbound-ndr', /hard to count from/],
  [
    'refusals within one second at sibling addresses mean spam still leaves',
    'outbound-ndr',
    /within the same second at neighbouring addresses/,
  ],
  ['Postini is closed', 'outbound-ndr', /Postini, which .* closed long ago/],
  ['an accepted domain * crashes transport', 'outbound-ndr', /AcceptedDomainTable/],
])('%s', (_, id, words) => {
  expect(JSON.stringify(library.wizards.get(id)?.wizard)).toMatch(words);
});
