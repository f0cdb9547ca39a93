import { importCaseFile } from '../cases/case-file.ts';
import type { Imported } from '../contract.ts';
import { makeFolder } from '../make-folder.ts';
import { casesFolder } from './door.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain.ts';

/** Takes a case file of somebody else into the folder of cases. Exit 2 for a file that is none, or was altered. */
export async function importCase(out: Output, path: string): Promise<number> {
  makeFolder(casesFolder());
  const imported = await importCaseFile(path, casesFolder());
  if (out.json) out.document(imported);
  else out.line(wordsOf(imported));
  return 0;
}

const RELATIONS = {
  same: 'the same',
  continues: 'the file goes on where that one ends',
  'is-continued': 'that one has gone on since',
  differs: 'the two went on differently',
} as const;

function wordsOf({ id, title, events, outcome, before }: Imported): string {
  const what = `${id}: ${plainLine(title)} (${events} events)`;
  if (outcome === 'same') return `It is here already, nothing was written: ${what}`;
  if (outcome === 'new') return `Imported: ${what}`;
  const other = before ? ` ${before.id} with ${before.events} events is here too: ${RELATIONS[before.relation]}.` : '';
  return `Imported beside the one that is here: ${what}.${other}`;
}
