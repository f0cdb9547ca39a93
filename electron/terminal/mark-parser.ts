/**
 * Cuts the shell's marks out of the stream of a pty.
 *
 * A mark is `ESC ] 633 ; SECRET ; NUMBER ; KIND [ ; field ]* BEL`. It counts only with this session's
 * secret and a number greater than any seen before, and with no control character inside. Everything else,
 * well-formed or not, is plain output and passes through byte for byte: a program that prints marks
 * therefore changes nothing. The result does not depend on how the stream is cut into reads.
 */

/** What a shell says about itself. `fields` are decoded. */
export interface Mark {
  kind: string;
  fields: string[];
}

export interface MarkSink {
  plain(bytes: Uint8Array): void;
  mark(mark: Mark): void;
}

/** Longest mark; the scripts send no command text that could reach it. */
const MAX_MARK = 256 * 1024;
const MAX_DIGITS = 12;
const BEL = 7;
const SEMICOLON = 0x3b;
const START = Buffer.from('\x1b]633;', 'latin1');

export class MarkParser {
  private readonly sink: MarkSink;
  private readonly prefix: Buffer;
  private lastNumber = 0;
  /** The beginning of what may become a mark, from its ESC on. */
  private held: Buffer | null = null;

  /** `secret`: ASCII, at least one character. */
  constructor(secret: string, sink: MarkSink) {
    this.prefix = Buffer.from(`\x1b]633;${secret};`, 'latin1');
    this.sink = sink;
  }

  /** Takes the next bytes. Slices given to the sink may be views into `chunk`, so it must not change later. */
  push(chunk: Uint8Array): void {
    let data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.held) {
      data = Buffer.concat([this.held, data]);
      this.held = null;
    }
    let plainFrom = 0;
    let searchFrom = 0;
    for (;;) {
      const at = data.indexOf(START, searchFrom);
      if (at < 0) {
        this.keepTail(data, plainFrom, data.length - startAtEnd(data, searchFrom));
        return;
      }
      const end = this.endOfMark(data, at);
      if (end === 'more') {
        this.keepTail(data, plainFrom, at);
        return;
      }
      const mark = end === 'none' ? null : this.accept(data, at, end);
      if (mark === null || end === 'none') {
        searchFrom = at + 1;
        continue;
      }
      if (at > plainFrom) this.sink.plain(data.subarray(plainFrom, at));
      this.sink.mark(mark);
      plainFrom = searchFrom = end + 1;
    }
  }

  /** The stream has ended: what was held back is plain output after all. */
  end(): void {
    const rest = this.held;
    this.held = null;
    if (rest) this.sink.plain(rest);
  }

  private keepTail(data: Buffer, from: number, to: number): void {
    if (to > from) this.sink.plain(data.subarray(from, to));
    if (to < data.length) this.held = Buffer.from(data.subarray(to));
  }

  /** Index of the closing BEL of the candidate at `at`; 'more' while it may still become a mark. */
  private endOfMark(data: Buffer, at: number): number | 'more' | 'none' {
    const { prefix } = this;
    const compared = Math.min(prefix.length, data.length - at);
    if (data.compare(prefix, 0, compared, at, at + compared) !== 0) return 'none';
    const last = Math.min(data.length, at + MAX_MARK);
    for (let i = at + prefix.length; i < last; i++) {
      const byte = data[i] as number;
      if (byte === BEL) return i;
      if (byte < 0x20 || byte === 0x7f) return 'none';
    }
    return data.length - at >= MAX_MARK ? 'none' : 'more';
  }

  private accept(data: Buffer, at: number, end: number): Mark | null {
    let i = at + this.prefix.length;
    const firstDigit = i;
    let number = 0;
    while (i < end && i - firstDigit < MAX_DIGITS) {
      const digit = (data[i] as number) - 0x30;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
      i++;
    }
    if (i === firstDigit || data[i] !== SEMICOLON || number <= this.lastNumber) return null;
    const [kind = '', ...fields] = data
      .subarray(i + 1, end)
      .toString('utf8')
      .split(';');
    if (kind.length !== 1) return null;
    this.lastNumber = number;
    return { kind, fields: fields.map(decodeField) };
  }
}

/** How many bytes at the end of `data` could be the beginning of a mark's start. */
function startAtEnd(data: Buffer, from: number): number {
  for (let length = Math.min(START.length - 1, data.length - from); length > 0; length--) {
    if (data.compare(START, 0, length, data.length - length) === 0) return length;
  }
  return 0;
}

/** Undoes the scripts' encoding: `\\` is a backslash, `\xHH` the character with that code (below 128). */
export function decodeField(field: string): string {
  if (!field.includes('\\')) return field;
  return field.replace(/\\(?:\\|x([0-7][0-9a-fA-F]))/g, (_, hex: string | undefined) =>
    hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
