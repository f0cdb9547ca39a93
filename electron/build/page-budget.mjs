/** Adds up the JavaScript that the first screen needs, compressed, and holds it against the limit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { dist } from './checkout.mjs';

const LIMIT_KB = 250;
/** The chunks of vite.config.ts that the first screen begins with. */
const FIRST_SCREEN = ['connect', 'page'];

/**
 * The code that connects, the code that draws the first screen, and what these import statically. Parts that are
 * imported later do not count.
 * @param {string} page the folder of the built page, with Vite's manifest
 * @returns {{ files: { file: string, bytes: number }[], bytes: number, limit: number, within: boolean }}
 */
export function measurePage(page) {
  const manifest = JSON.parse(readFileSync(join(page, '.vite', 'manifest.json'), 'utf8'));
  const needed = new Set();
  const visit = (key) => {
    if (needed.has(key)) return;
    needed.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  for (const name of FIRST_SCREEN) {
    const key = Object.keys(manifest).find((each) => manifest[each].name === name);
    // Else the greater part would go uncounted once a chunk has another name.
    if (key === undefined) throw new Error(`The build has no chunk “${name}”, a part of the first screen.`);
    visit(key);
  }
  const files = [...needed]
    .map((key) => manifest[key].file)
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(page, file))).length }))
    .sort((a, b) => b.bytes - a.bytes);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { files, bytes, limit: LIMIT_KB * 1024, within: bytes <= LIMIT_KB * 1024 };
}

/** Prints the sum, and the files too when it is above the limit. */
export function reportPage(page) {
  const { files, bytes, within } = measurePage(page);
  const kb = (n) => `${(n / 1024).toFixed(1)} KB`;
  console.log(`  first screen: ${kb(bytes)} of JavaScript after gzip, limit ${LIMIT_KB} KB`);
  if (!within) {
    for (const file of files) console.error(`    ${kb(file.bytes).padStart(10)}  ${file.file}`);
    console.error('  Too much: load what the first screen does not show with import().');
  }
  return within;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exit(reportPage(process.argv[2] ?? join(dist, 'renderer')) ? 0 : 1);
}
