/** Build step: checks all YAML below `wizards/` and writes `library.json` and what lies beside it. Usage: compile-library.ts TO [FROM] */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { compileLibrary, readYamlFolder } from '../content/library-loader.ts';
import { writeLibrary } from './write-library.ts';

const [to = 'dist/library.json', from = 'wizards'] = process.argv.slice(2);
const compiled = await compileLibrary(readYamlFolder(from));
for (const { severity, file, line, column, code, message, hint } of compiled.diagnostics) {
  if (severity === 'error') console.error(`${from}/${file}:${line}:${column} ${code} ${message} ${hint}`);
}
mkdirSync(dirname(to), { recursive: true });
writeLibrary(compiled, to);
console.log(`${compiled.files.length} content files compiled, ${compiled.diagnostics.length} diagnostics.`);
