import { globSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type JsonSchema, jsonSchemas } from '../../../wizards/engine/json-schema.ts';
import { kindOf } from '../../../wizards/engine/lint/file-kind.ts';

const wizards = fileURLToPath(new URL('../../../wizards/', import.meta.url));
const schemas = jsonSchemas();

/** As the formatter writes JSON: blocks one key a line, lists of plain values in one line where they fit. */
function jsonText(value: unknown, indent = '', used = 0): string {
  if (Array.isArray(value)) {
    const inline = `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
    const plain = value.every((one) => typeof one !== 'object');
    if (value.length === 0 || (plain && used + inline.length <= 119)) return inline;
    return `[\n${value.map((one) => `${indent}  ${jsonText(one, `${indent}  `)}`).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const lines = Object.entries(value).map(([key, one]) => {
    const start = `${indent}  ${JSON.stringify(key)}: `;
    return `${start}${jsonText(one, `${indent}  `, start.length)}`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}

describe('the JSON Schemas for editors', () => {
  // `vitest run -u test/unit/lint/json-schema.test.ts` writes them anew after a change of the schema.
  test.each(Object.keys(schemas) as (keyof typeof schemas)[])('%s: the file is what the schema gives', async (kind) => {
    await expect(`${jsonText(schemas[kind])}\n`).toMatchFileSnapshot(`${wizards}schema/${kind}.schema.json`);
  });

  test.each(Object.entries(schemas))('%s: every reference leads to a part that is there', (_, schema) => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map((match) => match[1]);
    const parts = Object.keys((schema.$defs as JsonSchema | undefined) ?? {});
    expect(new Set(references)).toEqual(new Set(parts));
  });

  test('conditions and ways on may be nested', () => {
    expect(Object.keys(schemas.commands.$defs as JsonSchema)).toEqual(['condition']);
    expect(Object.keys(schemas.wizard.$defs as JsonSchema)).toEqual(['next']);
  });

  test('every content file names the schema of its kind in its first line', () => {
    const files = globSync('**/*.yaml', { cwd: wizards });
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(`${wizards}${file}`, 'utf8');
      const schema = `${wizards}schema/${kindOf(file, parse(text))}.schema.json`;
      const way = relative(dirname(`${wizards}${file}`), schema).replaceAll('\\', '/');
      const first = `# yaml-language-server: $schema=${way.startsWith('.') ? way : `./${way}`}`;
      expect(`${file}: ${text.split('\n', 1)[0]}`).toBe(`${file}: ${first}`);
    }
  });
});
