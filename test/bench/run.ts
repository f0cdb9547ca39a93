/** `npm run bench [NAME…]`: all benches, one after the other, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NOT_BENCHES = new Set(['run.ts', 'table.ts', 'chromium.ts']);
const folder = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !NOT_BENCHES.has(name))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
let failed = 0;
for (const name of names) {
  console.log(`\n${name}`);
  if (spawnSync(process.execPath, [`${folder}${name}`], { stdio: 'inherit' }).status !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
