import { labelOf } from '../../wizards/engine/labels.ts';
import type { Library } from '../../wizards/engine/library.ts';
import { valuesOf } from '../../wizards/engine/model.ts';
import { verdictId } from '../cases/case-store.ts';
import { readJournal } from '../cases/journal.ts';
import { openCore } from './content.ts';
import { folderOf, readCase } from './find-case.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain.ts';
import { pathMessage } from './walk-messages.ts';

/** The present state of a case. One whose journal is broken is shown up to the fault. */
export async function show(out: Output, id: string): Promise<number> {
  const core = await openCore();
  const session = await readCase(core, id);
  const { fault } = await readJournal(folderOf(core, id));
  if (fault) out.note(`${fault.message} Shown up to the line before; see \`fieldguide verify ${id}\`.`);
  const { state, recorded } = session;
  const shown = {
    id: session.id,
    title: state.title,
    ticket: state.ticket,
    state: state.status,
    wizard: state.visits[0]?.target.wizard ?? '',
    verdict: verdictId(session.library, state),
    parameters: valuesOf(state),
    path: pathMessage(session.view),
    captures: Object.values(state.captures),
    head: recorded.head,
  };
  if (out.json) out.document(shown);
  else print(out, session.library, shown);
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

function print(out: Output, library: Library, shown: Shown): void {
  out.line(
    `${out.style('bold', plainLine(shown.title))}  ${shown.ticket ? `${plainLine(shown.ticket)}  ` : ''}${shown.state}`,
  );
  for (const [name, value] of Object.entries(shown.parameters))
    out.line(`  ${labelOf(library, name)}: ${plainLine(value)}`);
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
