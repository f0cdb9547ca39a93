/** Finds events in the forms that programs write: XML, lists of properties, rows, tables. */
import type { EventFile } from '../schema.ts';
import { readEventColumns } from './event-columns.ts';
import { compileTemplates } from './event-pattern.ts';
import { readEventProperties } from './event-properties.ts';
import { type EventRecord, recordReader } from './event-record.ts';
import { readEventRows } from './event-rows.ts';
import { readEventXml } from './event-xml.ts';
import { type Finding, linesOf } from './finding.ts';
import type { Unfolded } from './unfold.ts';

/** A form is a reader of its own. What an earlier one has read is not read again as another form. */
const FORMS: ((text: string, most: number) => EventRecord[])[] = [
  readEventXml,
  readEventProperties,
  readEventRows,
  readEventColumns,
];

/** In the order of their lines; a few more than `most` at the most. Fields as those of `findEvents`. */
export function findEventForms(files: readonly EventFile[], { text }: Unfolded, most: number): Finding[] {
  const read = recordReader(files, compileTemplates(files));
  const findings: Finding[] = [];
  for (const records of FORMS) {
    const taken = linesOf(findings);
    for (const record of records(text, most + 1 - findings.length)) {
      const finding = taken(record.line) ? null : read(record);
      if (finding) findings.push(finding);
    }
    if (findings.length > most) break;
  }
  return findings.sort((a, b) => a.line - b.line);
}
