/** The checklist of a case in one of the export formats. */
import { basename } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Checklist, checklist } from '../../wizards/engine/checklist.ts';
import { type RedactOptions, redact } from '../../wizards/engine/redact/redact.ts';
import type { CaseSession } from '../cases/case-session.ts';
import type { ExportedFile, ExportFormat, FileFormat } from '../contract.ts';
import type { Core } from '../core.ts';
import { Fault } from '../fault.ts';
import { exportCase } from './export.ts';

export function exportSession(session: CaseSession, format: ExportFormat, redaction: RedactOptions | null, core: Core) {
  const model = checklistOf(session, core);
  if (!redaction) return { ...exportCase(model, format), hits: null };
  const { checklist: redacted, hits } = redact(model, redaction);
  return { ...exportCase(redacted, format), hits };
}

/** The case as it stands, with nothing replaced. */
export function checklistOf(session: CaseSession, core: Core): Checklist {
  const outputOf = (hash: string) => session.textOf(hash);
  return checklist(session.library, session.state, {
    head: session.recorded.head,
    exportedAt: core.clock().toISOString(),
    exportedBy: core.settings.get().operator,
    product: `Fieldguide ${core.options.version}`,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    outputOf,
    lines: (hash: string) => outputOf(hash)?.split('\n'),
  });
}

/** A case file goes out as it stands on the disk, a PDF as the HTML export prints. */
export async function exportFile(
  session: CaseSession,
  format: FileFormat,
  redaction: RedactOptions | null,
  core: Core,
): Promise<ExportedFile> {
  if (format === 'pdf') {
    const { name, text, hits } = exportSession(session, 'html', redaction, core);
    const { printPdf } = await import('./pdf.ts');
    const bytes = await printPdf(text);
    return {
      name: name.replace(/\.html$/, '.pdf'),
      mediaType: 'application/pdf',
      base64: bytes.toString('base64'),
      hits,
    };
  }
  if (redaction)
    throw new Fault('not-redacted', CASE_IS_WHOLE, 'Choose another format, or export it without redaction.');
  const { writeCaseFile } = await import('../cases/case-file.ts');
  const out = new PassThrough();
  const [bytes] = await Promise.all([
    buffer(out),
    writeCaseFile(session.folder, `Fieldguide ${core.options.version}`, out),
  ]);
  return {
    name: `${basename(session.folder)}.fieldguide.zip`,
    mediaType: 'application/zip',
    base64: bytes.toString('base64'),
    hits: null,
  };
}

export const CASE_IS_WHOLE = 'A case file is the case itself and cannot be redacted.';
