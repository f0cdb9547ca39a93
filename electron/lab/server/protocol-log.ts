/** The protocol log as Exchange 2007 and later write it (facts 4.2): one record a line, times in UTC. */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { LabServer } from '../../../wizards/engine/schema.ts';
import type { Happening, SessionIds, Watcher } from './watcher.ts';

const FIELDS = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context';
/** Longer data is cut: a log holds what was said, not what was poured in. */
const LONGEST = 1000;
/** While so many bytes wait for the disk, further records are left out. */
const MOST_WAITING = 8 * 1024 * 1024;

export class ProtocolLog {
  readonly #stream: WriteStream;
  readonly #log: LabServer['log'];
  readonly #now: () => Date;
  readonly #sequence = new Map<string, number>();

  private constructor(stream: WriteStream, log: LabServer['log'], now: () => Date) {
    this.#stream = stream;
    this.#log = log;
    this.#now = now;
  }

  /** Adds to the file, which may be there already. A file that cannot be written is an error of the system here. */
  static async open(path: string, log: LabServer['log'], now: () => Date): Promise<ProtocolLog> {
    const file = await open(path, 'a');
    const stream = createWriteStream(path, { fd: file });
    // A disk that fills up later ends the record, not the lab.
    stream.on('error', () => {});
    const self = new ProtocolLog(stream, log, now);
    const head = [
      'Software: Microsoft Exchange Server',
      `Version: ${log.version}`,
      'Log-type: SMTP Receive Protocol Log',
    ];
    stream.write([...head, `Date: ${now().toISOString()}`, `Fields: ${FIELDS}`].map((line) => `#${line}\r\n`).join(''));
    return self;
  }

  readonly watch: Watcher = (ids, happening) => {
    switch (happening.kind) {
      case 'connect':
        this.#sequence.set(ids.session, 0);
        this.#record(ids, '+', '', '');
        break;
      case 'received':
        this.#record(ids, '<', happening.text, '');
        break;
      case 'sent':
        for (const line of this.#said(happening)) this.#record(ids, '>', line, '');
        break;
      case 'note':
        this.#record(ids, '*', happening.data, happening.context);
        break;
      case 'disconnect':
        this.#record(ids, '-', '', happening.by);
        this.#sequence.delete(ids.session);
        break;
      default:
    }
  };

  /** From 2013 on the answer to EHLO is one record: `250  host Hello [client] SIZE …`. */
  #said({ lines, capabilities }: Extract<Happening, { kind: 'sent' }>): readonly string[] {
    if (!capabilities || this.#log.capabilities === 'lines') return lines;
    return [`250  ${lines.map((line) => line.slice(4)).join(' ')}`];
  }

  #record(ids: SessionIds, event: string, data: string, context: string): void {
    const number = this.#sequence.get(ids.session);
    if (number === undefined || this.#stream.writableLength > MOST_WAITING) return;
    this.#sequence.set(ids.session, number + 1);
    const time = this.#now().toISOString();
    const fields = [time, this.#log.connector, ids.session, `${number}`, ids.local, ids.remote, event, data, context];
    this.#stream.write(`${fields.map(field).join(',')}\r\n`);
  }

  async close(): Promise<void> {
    const closed = once(this.#stream, 'close');
    this.#stream.end();
    await closed.catch(() => {});
  }
}

/** Quoted where a comma or a quote is in it. What is no text becomes a question mark, so that a record is one line. */
function field(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get into a log
  const plain = text.slice(0, LONGEST).replace(/[\u0000-\u001f\u007f-\u00ff]/g, '?');
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
