import { client } from '../connection/session.ts';
import { announce, goTo, loadCases, showProblem } from './app-store.ts';

/** Larger ones go through the command line, which reads them from the disk. */
const MOST_BYTES = 10_000_000;
const PIECE = 0x8000;

/** Hands a case file to the core, which checks it, and opens the case. What is wrong with it is said on the page. */
export async function importCase(file: File): Promise<void> {
  if (file.size > MOST_BYTES) {
    showProblem(new Error(`${file.name} is too large for the page. Import it with: fieldguide import ${file.name}`));
    return;
  }
  try {
    const imported = await client().cases.import({ base64: base64Of(new Uint8Array(await file.arrayBuffer())) });
    await loadCases();
    const { before, outcome, id } = imported;
    if (outcome === 'same') announce('This case is here already; nothing was written.');
    else if (outcome === 'beside') announce(`Imported beside ${before?.id ?? 'the one that is here'}.`);
    else announce('The case was imported.');
    goTo({ screen: 'case', id });
  } catch (error) {
    showProblem(error);
  }
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}
