/** The formats that a case can leave in. A new one is a module of its own and a line here. */
import type { Checklist } from '../../wizards/engine/checklist/model.ts';
import type { ExportFormat } from '../contract.ts';
import { csv } from './csv.ts';
import { fileName } from './file-name.ts';
import { html } from './html.ts';
import { jira } from './jira.ts';
import { json } from './json.ts';
import { letter } from './letter.ts';
import { markdown } from './markdown.ts';
import { summary } from './summary.ts';
import { text } from './text.ts';

type Exporter = { extension: string; mediaType: string; write: (checklist: Checklist) => string };
type Exported = { name: string; mediaType: string; text: string };

export const EXPORTERS: Record<ExportFormat, Exporter> = {
  md: markdown,
  html,
  json,
  txt: text,
  csv,
  jira,
  summary,
  letter,
};

export function exportCase(checklist: Checklist, format: ExportFormat): Exported {
  const { extension, mediaType, write } = EXPORTERS[format];
  return { name: fileName(checklist, extension), mediaType, text: write(checklist) };
}
