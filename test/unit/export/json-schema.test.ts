/** The published JSON Schema of the checklist: made from its types, and kept by every export. */
import { Ajv } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { describe, expect, test } from 'vitest';
import { writeJson } from '../../../electron/export/json.ts';
import { CHECKLIST_FORMAT } from '../../../wizards/engine/checklist/model.ts';
import { redact } from '../../../wizards/engine/redact/redact.ts';
import { HOSTILE_MARKUP, poison } from './poison.ts';
import { fullWalk, Walker } from './walker.ts';

const { definitions, ...rest } = createGenerator({
  path: 'wizards/engine/checklist/model.ts',
  tsconfig: 'tsconfig.json',
  type: 'Checklist',
  skipTypeCheck: true,
}).createSchema('Checklist');
const schema = { ...rest, title: `Fieldguide: an exported checklist, format ${CHECKLIST_FORMAT}`, definitions };

test('the published schema is what the types say', async () => {
  // `vitest run test/unit/export/json-schema.test.ts -u` writes it anew; a change of meaning raises CHECKLIST_FORMAT.
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../../wizards/schema/checklist.schema.json',
  );
});

describe('every export keeps to it', () => {
  const validate = new Ajv({ allErrors: true }).compile(schema);
  const faultsOf = (text: string) => (validate(JSON.parse(text)) ? [] : validate.errors);

  test.each([
    ['a whole walk', fullWalk().checklist()],
    ['a case that has just begun', new Walker().checklist()],
    ['practice', new Walker({ practice: 'first' }).choose('unknown').checklist()],
    ['one with names replaced', redact(fullWalk().checklist(), { keep: [], words: [] }).checklist],
  ])('%s', (_, made) => {
    expect(faultsOf(writeJson(made))).toEqual([]);
  });

  test('whatever the texts are', () => {
    for (const text of HOSTILE_MARKUP) expect(faultsOf(writeJson(poison(fullWalk().checklist(), text)))).toEqual([]);
  });

  test('what is none of ours does not', () => {
    expect(faultsOf('{}')).not.toEqual([]);
    expect(faultsOf(JSON.stringify({ ...fullWalk().checklist(), chain: null }))).not.toEqual([]);
  });
});
