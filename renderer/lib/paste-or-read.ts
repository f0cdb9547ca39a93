/** Where a file that was brought goes: a small text is shown in the box like a paste, all else is read as files. */
import { decodeText } from '../../wizards/engine/decode.ts';
import type { Problem } from './problem.ts';
import type { NamedFile } from './send-files.ts';

const LARGEST_SHOWN = 1024 * 1024;

export type Destination = { to: 'box'; text: string } | { to: 'core' } | { to: 'nowhere'; problem: Problem };

/** Never rejects: a file that cannot be read is left to the core, which names it. */
export async function destinationOf(files: readonly NamedFile[]): Promise<Destination> {
  const [one] = files;
  if (!one || files.length > 1 || one.file.size > LARGEST_SHOWN || /\.(?:log|gz|zip)$/i.test(one.name))
    return { to: 'core' };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await one.file.arrayBuffer());
  } catch {
    return { to: 'core' };
  }
  if (isPacked(bytes)) return { to: 'core' };
  const read = decodeText(bytes);
  if ('text' in read) return isLog(read.text) ? { to: 'core' } : { to: 'box', text: read.text };
  const { message, hint } = read.refusal;
  return { to: 'nowhere', problem: { message: `${one.name}: ${message}`, hint: hint ?? null } };
}

/** The first bytes of gzip and of zip, whatever the name says. */
const isPacked = ([a, b, c, d]: Uint8Array): boolean =>
  (a === 0x1f && b === 0x8b) || (a === 0x50 && b === 0x4b && c === 3 && d === 4);

/** The header lines that Exchange and IIS write at the top of their logs. */
const isLog = (text: string): boolean =>
  /^\uFEFF?#(?:Software|Version|Log-type|Date|Fields):/i.test(text.slice(0, 200));
