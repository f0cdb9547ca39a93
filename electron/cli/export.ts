import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hintFor } from '../../wizards/engine/lint/did-you-mean.ts';
import type { RedactHit } from '../../wizards/engine/redact/redact.ts';
import { EXPORT_FORMATS, FILE_FORMATS, type FileFormat } from '../contract.ts';
import { Fault } from '../fault.ts';
import { folderOf, idIn, openDoor } from './door.ts';
import type { Output } from './output.ts';

const ALL = [...EXPORT_FORMATS, ...FILE_FORMATS];
type ExportOptions = { format: string; redact?: boolean; keep?: string[]; word?: string[]; output?: string };

/** The checklist on stdout or in a file. With --json it is wrapped in one document, unless it is JSON itself. */
export async function exportCase(
  out: Output,
  id: string,
  { format, redact, keep = [], word = [], output }: ExportOptions,
): Promise<number> {
  const redaction = redact || keep.length + word.length > 0 ? { keep, words: word } : undefined;
  const bytes = FILE_FORMATS.find((each) => each === format);
  if (bytes) return writeFile(out, id, bytes, redaction, output);
  const known = EXPORT_FORMATS.find((each) => each === format);
  if (!known)
    throw new Fault(
      'unknown-format',
      `There is no format "${format}". This version has ${ALL.join(', ')}.`,
      hintFor(format, ALL, 'Choose one of these.'),
    );
  const folder = folderOf(id);
  const { client } = await openDoor({ folder, readOnly: true });
  const { name, mediaType, text, hits } = await client.cases.export({
    case: idIn(folder),
    format: known,
    ...(redaction ? { redact: redaction } : {}),
  });
  if (hits) out.note(redactedNote(hits));
  if (output === undefined || output === '-') {
    if (out.json && known !== 'json') out.document({ name, mediaType, text });
    else out.raw(text.endsWith('\n') ? text : `${text}\n`);
    return 0;
  }
  const file = existsSync(output) && statSync(output).isDirectory() ? join(output, name) : output;
  writeFileSync(file, text);
  if (out.json) out.document({ name, mediaType, file, bytes: Buffer.byteLength(text) });
  else out.note(`Written to ${file}.`);
  return 0;
}

/** Bytes are not for the screen. */
async function writeFile(
  out: Output,
  id: string,
  format: FileFormat,
  redact: { keep: string[]; words: string[] } | undefined,
  output: string | undefined,
): Promise<number> {
  const folder = folderOf(id);
  const { client } = await openDoor({ folder, readOnly: true });
  const toStdout = output === undefined || output === '-';
  if (toStdout && (out.json || process.stdout.isTTY))
    throw new Fault('no-output', `The format ${format} is not for the screen.`, 'Name a file or a folder with -o.');
  const asked = { case: idIn(folder), format, ...(redact ? { redact } : {}) };
  const { name, mediaType, base64, hits } = await client.cases.exportFile(asked);
  if (hits) out.note(redactedNote(hits));
  const bytes = Buffer.from(base64, 'base64');
  if (toStdout) {
    process.stdout.write(bytes);
    return 0;
  }
  const file = existsSync(output) && statSync(output).isDirectory() ? join(output, name) : output;
  writeFileSync(file, bytes);
  if (out.json) out.document({ name, mediaType, file, bytes: bytes.length });
  else out.note(`Written to ${file}.`);
  return 0;
}

/** `Replaced: 3 hosts (7 places), 1 ip (2 places).` */
function redactedNote(hits: readonly RedactHit[]): string {
  if (hits.length === 0) return 'Nothing was found that tells who or where.';
  const kinds = new Map<string, { values: number; places: number }>();
  for (const { kind, count } of hits) {
    const known = kinds.get(kind) ?? { values: 0, places: 0 };
    kinds.set(kind, { values: known.values + 1, places: known.places + count });
  }
  const parts = [...kinds].map(([kind, { values, places }]) => `${kind} ${values} (in ${places} places)`);
  return `Replaced: ${parts.join(', ')}. Read the export before you pass it on: what nobody named is not found.`;
}
