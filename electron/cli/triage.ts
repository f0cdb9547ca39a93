import { hopWords } from '../../wizards/engine/intake/hop-words.ts';
import type { Hop } from '../../wizards/engine/intake/hops.ts';
import { labelIn } from '../../wizards/engine/labels.ts';
import { noteLeftOut, openContentDoor } from './door.ts';
import type { Output } from './output.ts';
import { plain, plainLine } from './plain.ts';
import { readInput } from './read-input.ts';

/** What is in a text, and which wizard fits. Finding nothing is an answer as well. */
export async function triage(out: Output, file: string): Promise<number> {
  if (file === '-' && process.stdin.isTTY)
    out.note(
      'Paste the text of the event, or say in a sentence what goes wrong, then press Ctrl+D (on Windows Ctrl+Z and Enter).',
    );
  const text = await readInput(file);
  const { client } = await openContentDoor();
  await noteLeftOut(out, client);
  const { findings, suggestions, note } = await client.intake.triage({ text });
  if (note) out.note(note);
  if (out.json) {
    out.document({
      findings: findings.map(({ kind, id, source, line, fields }) => ({ kind, id, source, line, fields })),
      suggestions: suggestions.map(({ wizard, step, score, why, parameters }) => ({
        wizard,
        step,
        score,
        why,
        parameters,
      })),
    });
    return 0;
  }
  const labels = await client.content.labels();
  let quoted = '';
  for (const { kind, title, line, fields, local, remote, hops, way } of findings) {
    out.line(`${out.style('bold', plainLine(title))} (line ${line})`);
    if (kind === 'symptom') {
      // One sentence may fit several wizards; its words stand in the titles.
      const { sentence = '' } = fields;
      if (sentence !== quoted) out.line(`  ${plainLine(sentence)}`);
      quoted = sentence;
      continue;
    }
    for (const [name, value] of Object.entries(fields)) out.line(`  ${labelIn(labels, name)}: ${plainLine(value)}`);
    if (local) out.line(`  here: ${plain(local)}`);
    if (remote) out.line(`  the other side: ${plain(remote)}`);
    for (const hop of hops ?? []) out.line(`  > ${plainLine(hopLine(hop))}`);
    for (const { at, server, source, event, reply } of way ?? [])
      out.line(`  ${plainLine([at, server, source, event, reply].filter((part) => part).join('  '))}`);
  }
  if (suggestions.length > 0) out.line(out.style('bold', 'Fitting wizards'));
  for (const { wizard, title, why } of suggestions)
    out.line(`  fieldguide run ${wizard}  ${plainLine(title)}: ${plainLine(why)}`);
  return 0;
}

/** `mx.contoso.com, after 91 s, slow: from mail.fabrikam.com · ESMTPS · TLS` */
function hopLine(hop: Hop): string {
  const { server, delay, notes, refused, facts } = hopWords(hop);
  const head = [server, delay && `after ${delay}`, ...notes, refused !== null && 'refused'].filter(Boolean).join(', ');
  return `${head}: ${refused ?? facts.join(' \u00b7 ')}`;
}
