import { stat } from 'node:fs/promises';
import { hopWords } from '../../wizards/engine/intake/hop-words.ts';
import type { Hop } from '../../wizards/engine/intake/hops.ts';
import { labelIn } from '../../wizards/engine/labels.ts';
import { findingsOfLogs } from '../../wizards/engine/logs/log-findings.ts';
import { skippedWords } from '../../wizards/engine/logs/log-summary.ts';
import type { Finding, TriageResult } from '../../wizards/engine/triage.ts';
import { LARGEST_PASTE } from '../contract-files.ts';
import type { IntakeView } from '../contract-intake.ts';
import { Fault } from '../fault.ts';
import type { Client } from '../in-process.ts';
import { refuseUnreadable } from '../intake/refuse-unreadable.ts';
import { noteLeftOut, openContentDoor } from './door.ts';
import type { Output } from './output.ts';
import { plain, plainLine } from './plain.ts';
import { readInput } from './read-input.ts';

/** What is in a text, a file or a folder, and which wizard fits. Finding nothing is an answer as well. */
export async function triage(out: Output, file: string): Promise<number> {
  if (file === '-' && process.stdin.isTTY)
    out.note(
      'Paste the text of the event, or say in a sentence what goes wrong, then press Ctrl+D (on Windows Ctrl+Z and Enter).',
    );
  const many = file !== '-' && (await isForTheIntake(file));
  const text = many ? '' : await readInput(file);
  const { client } = await openContentDoor();
  await noteLeftOut(out, client);
  const result = many ? await readFiles(client, file) : await client.intake.triage({ text });
  if (result.note) out.note(result.note);
  if (out.json) printDocument(out, result);
  else print(out, result, await client.content.labels());
  return 0;
}

type Result = Pick<TriageResult, 'findings' | 'suggestions' | 'note'>;

/** Folders, what is packed, and what is too large for a paste. */
async function isForTheIntake(path: string): Promise<boolean> {
  const info = await stat(path);
  return info.isDirectory() || info.size > LARGEST_PASTE || /\.(?:gz|zip)$/i.test(path);
}

async function readFiles(client: Client, path: string): Promise<Result> {
  const { id } = await client.intake.open({ paths: [path] });
  let view: IntakeView | null = null;
  for await (const news of await client.intake.watch({ intake: id })) view = news;
  await client.intake.close({ intake: id });
  if (!view || view.phase === 'failed') throw new Fault('unreadable', view?.fault ?? `${path} cannot be read.`);
  if (view.texts.length === 0) refuseUnreadable([path], view.summary);
  const inTexts = view.texts.flatMap(({ file, findings }) =>
    findings.map((finding) => ({ ...finding, fields: { ...finding.fields, file } })),
  );
  const skipped = (view.summary?.skipped ?? []).map(skippedWords);
  const note = [
    view.fault,
    ...skipped.slice(0, 10),
    ...(skipped.length > 10 ? [`${skipped.length - 10} more are left out.`] : []),
  ];
  return {
    findings: [...(view.summary ? findingsOfLogs(view.summary) : []), ...inTexts],
    suggestions: view.suggestions,
    note: note.filter((line) => line !== null).join('\n') || null,
  };
}

function printDocument(out: Output, { findings, suggestions }: Result): void {
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
}

function print(out: Output, { findings, suggestions }: Result, labels: Record<string, string>): void {
  let quoted = '';
  for (const finding of findings) {
    const { kind, title, line, fields } = finding;
    out.line(`${out.style('bold', plainLine(title))} (line ${line})`);
    if (kind === 'symptom') {
      // One sentence may fit several wizards; its words stand in the titles.
      const { sentence = '' } = fields;
      if (sentence !== quoted) out.line(`  ${plainLine(sentence)}`);
      quoted = sentence;
    } else printFields(out, finding, labels);
  }
  if (suggestions.length > 0) out.line(out.style('bold', 'Fitting wizards'));
  for (const { wizard, title, why } of suggestions)
    out.line(`  fieldguide run ${wizard}  ${plainLine(title)}: ${plainLine(why)}`);
}

function printFields(out: Output, finding: Finding, labels: Record<string, string>): void {
  const { fields, local, remote, hops = [], way = [] } = finding;
  for (const [name, value] of Object.entries(fields)) out.line(`  ${labelIn(labels, name)}: ${plainLine(value)}`);
  if (local) out.line(`  here: ${plain(local)}`);
  if (remote) out.line(`  the other side: ${plain(remote)}`);
  for (const hop of hops) out.line(`  > ${plainLine(hopLine(hop))}`);
  for (const { at, server, source, event, reply } of way)
    out.line(`  ${plainLine([at, server, source, event, reply].filter((part) => part).join('  '))}`);
}

/** `mx.contoso.com, after 91 s, slow: from mail.fabrikam.com · ESMTPS · TLS` */
function hopLine(hop: Hop): string {
  const { server, delay, notes, refused, facts } = hopWords(hop);
  const head = [server, delay && `after ${delay}`, ...notes, refused !== null && 'refused'].filter(Boolean).join(', ');
  return `${head}: ${refused ?? facts.join(' \u00b7 ')}`;
}
