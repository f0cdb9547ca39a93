/**
 * Message tracking and connectivity logs: rows that belong together stand in the logs of several servers and days, so
 * all of them go through one fold, file by file, whatever the order.
 */

import { readRows } from '../../wizards/engine/intake/delimited.ts';
import { findingOfConnections } from '../../wizards/engine/intake/find-connectivity.ts';
import type { Finding } from '../../wizards/engine/intake/finding.ts';
import { findingOfMessage } from '../../wizards/engine/intake/tracked-message.ts';
import { BadLines } from '../../wizards/engine/logs/bad-lines.ts';
import { CONNECTIVITY_FIELDS, ConnectivityFold } from '../../wizards/engine/logs/connectivity.ts';
import { fieldNames, formatOfHeader } from '../../wizards/engine/logs/log-format.ts';
import { TRACKING_FIELDS, TrackingFold } from '../../wizards/engine/logs/tracking.ts';
import { openLogBytes } from './log-bytes.ts';
import type { RowFileResult, RowLogsResult } from './log-protocol.ts';
import { type LogSource, whyUnreadable } from './log-sources.ts';

/** So many findings are kept of each kind, those in trouble first. */
const MOST_FINDINGS = 300;
/** A place in many files as one number: the folds know lines only. */
const FILE = 2 ** 32;
const LONGEST_REST = 1024 * 1024;

export class RowLogs {
  readonly #tracking = new TrackingFold();
  readonly #connectivity = new ConnectivityFold();
  readonly #names: string[] = [];
  #trackingFiles = 0;
  #connectivityFiles = 0;

  /** Never throws for what is wrong with the file: that is in `fault`. */
  async read(file: number, source: LogSource, onBytes: (bytes: number, lines: number) => void): Promise<RowFileResult> {
    const counts = { bytes: 0, lines: 0, headers: 0, records: 0 };
    const bad = new BadLines();
    const place = this.#names.push(source.name) - 1;
    const reader = new FileRows(this.#tracking, this.#connectivity, place * FILE, counts, bad);
    let fault: string | null = null;
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const bytes of openLogBytes(source)) {
        counts.bytes += bytes.length;
        rest += decoder.decode(bytes, { stream: true });
        const end = rest.lastIndexOf('\n') + 1;
        if (end > 0) reader.take(rest.slice(0, end));
        rest = rest.slice(end);
        // What has no line end within a megabyte is no row.
        if (rest.length > LONGEST_REST) {
          bad.add('it is longer than a megabyte', counts.lines + 1);
          rest = '';
        }
        onBytes(counts.bytes, counts.lines);
      }
      reader.take(rest + decoder.decode());
    } catch (error) {
      fault = whyUnreadable(error);
    }
    if (reader.format === 'tracking') this.#trackingFiles += 1;
    if (reader.format === 'connectivity') this.#connectivityFiles += 1;
    return { type: 'rows', file, ...counts, badLines: bad.count, bad: bad.list(), fault };
  }

  finish(): RowLogsResult {
    const messages = this.#tracking.messages().slice(0, MOST_FINDINGS);
    const { groups, counts } = this.#connectivity.finish();
    const failed = groups.filter(({ stage, reply, error }) => stage !== 'none' || reply !== null || error !== null);
    const findings = [
      ...messages.map((message) => findingOfMessage(message, false)),
      ...failed.slice(0, MOST_FINDINGS).map(findingOfConnections),
    ].map((finding) => this.#placed(finding));
    return {
      tracking: this.#trackingFiles > 0 ? { files: this.#trackingFiles, ...this.#tracking.counts() } : null,
      connectivity: this.#connectivityFiles > 0 ? { files: this.#connectivityFiles, ...counts } : null,
      findings,
    };
  }

  /** File and line of a finding, and of each station of its way. */
  #placed(finding: Finding): Finding {
    const { end: _, ...rest } = finding;
    return {
      ...rest,
      source: this.#names[Math.floor(finding.line / FILE)] ?? finding.source,
      line: finding.line % FILE,
      ...(finding.way ? { way: finding.way.map((point) => ({ ...point, line: point.line % FILE })) } : {}),
    };
  }
}

class FileRows {
  format: 'tracking' | 'connectivity' | null = null;
  readonly #tracking: TrackingFold;
  readonly #connectivity: ConnectivityFold;
  readonly #base: number;
  readonly #counts: { lines: number; headers: number; records: number };
  readonly #bad: BadLines;
  #names: readonly string[] = [];

  constructor(
    tracking: TrackingFold,
    connectivity: ConnectivityFold,
    base: number,
    counts: { lines: number; headers: number; records: number },
    bad: BadLines,
  ) {
    this.#tracking = tracking;
    this.#connectivity = connectivity;
    this.#base = base;
    this.#counts = counts;
    this.#bad = bad;
  }

  /** Whole lines. */
  take(text: string): void {
    const counts = this.#counts;
    const before = counts.lines;
    const lines = countLines(text);
    let rowLines = 0;
    for (const { line, end, fields } of readRows(text)) {
      const [head = ''] = fields;
      const number = before + line;
      rowLines += end - line + 1;
      for (let extra = line; extra < end; extra += 1) this.#bad.add('a line break stands within a row', number);
      if (head.startsWith('#')) {
        counts.headers += 1;
        this.#header(head, fields);
      } else if (this.#push(number, fields)) counts.records += 1;
      else this.#bad.add('fields are missing', number);
    }
    counts.lines += lines;
    counts.headers += lines - rowLines;
  }

  #header(head: string, fields: readonly string[]): void {
    const line = fields.join(',');
    const format = formatOfHeader(line);
    if (format === 'tracking' || format === 'connectivity') {
      this.format = format;
      if (this.#names.length === 0) this.#names = format === 'tracking' ? TRACKING_FIELDS : CONNECTIVITY_FIELDS;
    }
    if (/^#fields:/i.test(head)) this.#names = fieldNames(line).map((name) => name.trim().toLowerCase());
  }

  #push(number: number, fields: readonly string[]): boolean {
    const names = this.#names;
    if (this.format === null || fields.length < 4) return false;
    const row: Record<string, string | undefined> = {};
    const last = names.length - 1;
    // The description of a connection is not always quoted: a comma in it is a part of it.
    for (const [index, name] of names.entries())
      row[name] = index === last && this.format === 'connectivity' ? fields.slice(index).join(',') : fields[index];
    const place = this.#base + number;
    if (this.format === 'connectivity') return this.#connectivity.push(row, place);
    // What the mail is about stays out.
    delete row['message-subject'];
    return this.#tracking.push(row, place);
  }
}

function countLines(text: string): number {
  if (text === '') return 0;
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return text.endsWith('\n') ? count : count + 1;
}
