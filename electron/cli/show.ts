import { labelIn } from '../../wizards/engine/labels.ts';
import { folderOf, idIn, openDoor } from './door.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain.ts';
import { pathMessage } from './walk-messages.ts';

/** The present state of a case. One whose journal is broken is shown up to the fault. */
export async function show(out: Output, named: string): Promise<number> {
  const folder = folderOf(named);
  const { client } = await openDoor({ folder, readOnly: true });
  const record = await client.cases.show({ case: idIn(folder) });
  if (record.fault) out.note(`${record.fault} Shown up to the line before; see \`fieldguide verify ${named}\`.`);
  const { id, title, ticket, state, wizard, verdict, parameters, path, captures, head } = record;
  const shown = { id, title, ticket, state, wizard, verdict, parameters, path: pathMessage(path), captures, head };
  if (out.json) out.document(shown);
  else print(out, await client.content.labels(), shown);
  return 0;
}

type Shown = {
  id: string;
  title: string;
  ticket: string;
  state: string;
  verdict: string | null;
  parameters: Record<string, string>;
  path: ReturnType<typeof pathMessage>;
  captures: { id: string; visit: number; text: string; result: string }[];
  head: string;
};

function print(out: Output, labels: Record<string, string>, shown: Shown): void {
  out.line(
    `${out.style('bold', plainLine(shown.title))}  ${shown.ticket ? `${plainLine(shown.ticket)}  ` : ''}${shown.state}`,
  );
  for (const [name, value] of Object.entries(shown.parameters))
    out.line(`  ${labelIn(labels, name)}: ${plainLine(value)}`);
  for (const visit of shown.path) {
    const answer = visit.outcome ? ` → ${visit.outcome}` : '';
    const text = `${String(visit.n).padStart(3)}  ${plainLine(visit.title)}${answer}`;
    out.line(visit.superseded ? out.style('dim', `${text} (superseded)`) : text);
    for (const capture of shown.captures.filter((each) => each.visit === visit.n)) {
      out.line(out.style('dim', `       ${capture.id} ${capture.result}: ${plainLine(capture.text)}`));
    }
  }
  if (shown.verdict) out.line(`Verdict: ${shown.verdict}`);
  out.line(out.style('dim', `Head of the journal: ${shown.head}`));
}
