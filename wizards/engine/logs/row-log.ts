/**
 * Logs of which each line is a row of named fields: message tracking and connectivity. Rows that belong together
 * stand in the logs of several servers and days, so all of them go through one fold, whatever their order.
 */
import { readRows } from '../intake/delimited.ts';
import { CONNECTIVITY_FIELDS, ConnectivityFold } from './connectivity.ts';
import type { LineSink } from './log-dialect.ts';
import type { LogFormat } from './log-format.ts';
import { placeIn } from './place.ts';
import { TRACKING_FIELDS, TrackingFold } from './tracking.ts';

type Row = Record<string, string | undefined>;
type Kind = {
  fields: readonly string[];
  needs: readonly string[];
  /** Its last field is not always quoted: a comma in it is a part of it. */
  openEnd: boolean;
  lacking: string;
};
const TRACKING: Kind = {
  fields: TRACKING_FIELDS,
  needs: ['event-id', 'message-id'],
  openEnd: false,
  lacking: 'it names no event',
};
const CONNECTIVITY: Kind = {
  fields: CONNECTIVITY_FIELDS,
  needs: ['session', 'destination', 'direction'],
  openEnd: true,
  lacking: 'it names no session',
};
const LEAST_FIELDS = 4;

export class RowFolds {
  readonly tracking = new TrackingFold();
  readonly connectivity = new ConnectivityFold();
  /** Numbers of the files in which such logs stand. */
  readonly files = { tracking: new Set<number>(), connectivity: new Set<number>() };

  sinkOf(format: LogFormat): LineSink | null {
    const { files, tracking, connectivity } = this;
    if (format === 'tracking') return new RowLog(TRACKING, files.tracking, (row, place) => tracking.push(row, place));
    if (format === 'connectivity')
      return new RowLog(CONNECTIVITY, files.connectivity, (row, place) => connectivity.push(row, place));
    return null;
  }
}

class RowLog implements LineSink {
  readonly times = 'utc';
  readonly #kind: Kind;
  readonly #files: Set<number>;
  readonly #push: (row: Row, place: number) => boolean;
  readonly #decoder = new TextDecoder();
  #names: readonly string[];
  #file = 0;

  constructor(kind: Kind, files: Set<number>, push: (row: Row, place: number) => boolean) {
    this.#kind = kind;
    this.#files = files;
    this.#push = push;
    this.#names = kind.fields;
  }

  beginFile(file: number): void {
    this.#file = file;
    this.#files.add(file);
    this.#names = this.#kind.fields;
  }

  endFile(): void {}

  header(): void {}

  setFields(names: readonly string[]): boolean {
    const lower = names.map((name) => name.trim().toLowerCase());
    if (this.#kind.needs.some((name) => !lower.includes(name))) return false;
    this.#names = lower;
    return true;
  }

  line(bytes: Uint8Array, from: number, to: number, _offset: number, number: number): string | null {
    const [read] = readRows(this.#decoder.decode(bytes.subarray(from, to)));
    const fields = read?.fields ?? [];
    if (fields.length < LEAST_FIELDS) return 'fields are missing';
    const row: Row = {};
    const last = this.#names.length - 1;
    for (const [index, name] of this.#names.entries()) {
      // What the mail is about stays out.
      if (name === 'message-subject') continue;
      row[name] = index === last && this.#kind.openEnd ? fields.slice(index).join(',') : fields[index];
    }
    return this.#push(row, placeIn(this.#file, number)) ? null : this.#kind.lacking;
  }
}
