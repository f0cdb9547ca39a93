import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hintFor } from '../../wizards/engine/lint/did-you-mean.ts';
import { EXPORT_FORMATS } from '../contract.ts';
import { Fault } from '../fault.ts';
import { folderOf, idIn, openDoor } from './door.ts';
import type { Output } from './output.ts';

type ExportOptions = { format: string; redact?: boolean; output?: string };
const LATER = ['pdf', 'case'];
const THIS_VERSION = `This version has ${EXPORT_FORMATS.slice(0, -1).join(', ')} and ${EXPORT_FORMATS.at(-1)}, without redaction.`;

/** The checklist on stdout or in a file. With --json it is wrapped in one document, unless it is JSON itself. */
export async function exportCase(out: Output, id: string, { format, redact, output }: ExportOptions): Promise<number> {
  if (redact)
    throw new Fault(
      'not-yet',
      `Redaction comes in a later version. ${THIS_VERSION}`,
      'Leave --redact out, and read the export before you pass it on.',
    );
  const known = EXPORT_FORMATS.find((each) => each === format);
  if (!known && LATER.includes(format))
    throw new Fault(
      'not-yet',
      `The format ${format} comes in a later version. ${THIS_VERSION}`,
      'Choose one of these.',
    );
  if (!known)
    throw new Fault(
      'unknown-format',
      `There is no format "${format}". ${THIS_VERSION}`,
      hintFor(format, EXPORT_FORMATS, 'Choose one of these.'),
    );
  const folder = folderOf(id);
  const { client } = await openDoor({ folder, readOnly: true });
  const { name, mediaType, text } = await client.cases.export({ case: idIn(folder), format: known });
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
