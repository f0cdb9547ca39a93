/** Build step: checks all YAML below `wizards/` and writes `library.json`, beside it the YAML texts. Usage: compile-library.ts TO [FROM] */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { compileLibrary, readYamlFolder, textsBeside } from '../content/library-loader.ts';

const [to = 'dist/library.json', from = 'wizards'] = process.argv.slice(2);
const compiled = await compileLibrary(readYamlFolder(from));
for (const { severity, file, line, column, code, message, hint } of compiled.diagnostics) {
  if (severity === 'error') console.error(`${from}/${file}:${line}:${column} ${code} ${message} ${hint}`);
}
mkdirSync(dirname(to), { recursive: true });
const files = compiled.files.map(({ source: _, ...file }) => file);
writeFileSync(to, JSON.stringify({ ...compiled, files }));
writeFileSync(
  textsBeside(to),
  JSON.stringify(Object.fromEntries(compiled.files.map(({ hash, source }) => [hash, source]))),
);
console.log(`${compiled.files.length} content files compiled, ${compiled.diagnostics.length} diagnostics.`);
