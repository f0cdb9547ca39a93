/**
 * The protocol log of the Internet Mail Service of Exchange 5.5 (facts 4.3): `<<<` was received and `>>>` sent; which
 * side is the client follows from who speaks replies. It names no session: as far as can be told one connection
 * follows the other. At its highest level it holds whole messages, which are not looked into.
 */
import { ImsTime } from './ims-time.ts';
import type { DescribedLine, LineSink } from './log-dialect.ts';
import type { LogWords } from './log-words.ts';
import type { OpenSessions } from './open-sessions.ts';
import {
  asciiAt,
  CONNECT,
  commandToken,
  detailOf,
  END,
  goesOn,
  kindOf,
  REPLY,
  replyCode,
  spokenToken,
  VERB,
  verbOf,
} from './tokens.ts';

const PAUSE = 10 * 60_000;
const RECEIVED = 60;
const SENT = 62;
const ACCEPTED = 'A CONNECTION WAS ACCEPTED FROM ';

type Session = {
  slot: number;
  number: number;
  whole: boolean;
  last: number;
  /** The sign of the side that speaks commands; 0 until it is known. */
  client: number;
  /** What was said last. */
  verb: number;
  /** MAIL was said. */
  begun: boolean;
  /** Any line of the conversation came. */
  spoken: boolean;
  /** The client sends a message or a blob. */
  sending: boolean;
  /** Code of a reply of which more lines may come. */
  more: number;
};

export class ImsLog implements LineSink {
  readonly times = 'local';
  readonly #open: OpenSessions;
  readonly #words: LogWords;
  readonly #time = new ImsTime();
  #session: Session | null = null;
  #place = { offset: 0, line: 0 };

  constructor(open: OpenSessions, words: LogWords) {
    this.#open = open;
    this.#words = words;
  }

  beginFile(): void {
    this.#time.reset();
    this.#session = null;
  }

  endFile(): void {
    this.#end();
  }

  describe(line: string): DescribedLine {
    const { time } = this.#time;
    const [, sign = '', said = line] = /^[\d/.:\- ]+(?:[AP]M )?: (<<<|>>>)? *(.*)$/.exec(line) ?? [];
    const event = sign === '' && /connection was accepted/i.test(said) ? 'open' : 'said';
    const ends = { session: '', connector: '', local: '', remote: '', direction: null, clock: this.times } as const;
    return { records: [{ time, event, text: said, context: '' }], ends };
  }

  /** This log has no header; what looks like one means nothing. */
  setFields(): boolean {
    return true;
  }

  header(): void {}

  line(bytes: Uint8Array, from: number, to: number, offset: number, number: number): string | null {
    if (!this.#time.read(bytes, from, to)) return this.#goOn(bytes, from, to);
    this.#place = { offset, line: number };
    const { time, textFrom } = this.#time;
    if (this.#session && time - this.#session.last > PAUSE) this.#end();
    const sign = signAt(bytes, textFrom, to);
    if (sign === 0) {
      if (to - textFrom > ACCEPTED.length && asciiAt(bytes, textFrom, ACCEPTED))
        this.#accepted(bytes, textFrom + ACCEPTED.length, to);
      return null;
    }
    let at = textFrom + 3;
    while (at < to && bytes[at] === 32) at += 1;
    // What came in, before it is cut into lines; each of these follows on its own.
    if (to - at >= 3 && asciiAt(bytes, at, 'IO:')) return null;
    if (at < to) this.#spoken(sign, bytes, at, to);
    return null;
  }

  /** A line without a time is a further line of the reply or message above it. */
  #goOn(bytes: Uint8Array, from: number, to: number): string | null {
    const session = this.#session;
    if (session?.sending) return null;
    if (!session || session.more === 0) return 'it does not begin with a time';
    const token = spokenToken(bytes, from, to);
    if (kindOf(token) !== REPLY || detailOf(token) !== session.more) return 'it does not begin with a time';
    if (!goesOn(token)) session.more = 0;
    this.#add(session, token);
    return null;
  }

  #accepted(bytes: Uint8Array, from: number, lineEnd: number): void {
    this.#end();
    let to = lineEnd;
    while (to > from && (bytes[to - 1] === 46 || bytes[to - 1] === 32)) to -= 1;
    const session = this.#start(true, this.#words.remote(bytes, from, to));
    session.client = RECEIVED;
    this.#add(session, CONNECT);
  }

  #spoken(sign: number, bytes: Uint8Array, from: number, to: number): void {
    if (this.#session?.sending && sign === this.#session.client) {
      this.#session.last = this.#time.time;
      return;
    }
    const code = replyCode(bytes, from, to);
    const isBanner = code === 220 && this.#session?.verb !== VERB.starttls;
    if (isBanner && this.#session?.more !== 220 && this.#session?.spoken) this.#end();
    if (code !== 0 && sign !== this.#session?.client) this.#reply(code, sign, bytes, from, to);
    else this.#command(sign, bytes, from, to);
  }

  #reply(code: number, sign: number, bytes: Uint8Array, from: number, to: number): void {
    let session = this.#session;
    if (!session) {
      const isFirst = code === 220 || code >= 400;
      session = this.#start(isFirst, -1);
      if (isFirst) this.#add(session, CONNECT);
    }
    if (session.client === 0) session.client = sign === SENT ? RECEIVED : SENT;
    if (code === 220 && sign === RECEIVED) this.#nameRemote(session, bytes, from + 4, to);
    const token = spokenToken(bytes, from, to);
    this.#add(session, token, code >= 400 ? this.#words.reply(bytes, from, to, false) : -1);
    session.more = goesOn(token) ? code : 0;
    session.sending = code === 354 && (session.verb === VERB.data || session.verb === VERB.xexch50);
    const isEnd = code === 221 && session.verb === VERB.quit && session.more === 0;
    if (session.verb === VERB.starttls && code !== 220) session.verb = VERB.other;
    if (isEnd) this.#end(true);
  }

  #command(sign: number, bytes: Uint8Array, from: number, to: number): void {
    const verb = verbOf(bytes, from, to);
    if (verb === VERB.hello && this.#session) {
      const { client, begun, verb: before } = this.#session;
      const isTurned = client !== 0 && client !== sign;
      if (isTurned || (begun && before !== VERB.starttls && before !== VERB.masked)) this.#end();
    }
    const session = this.#session ?? this.#start(verb === VERB.hello || verb === VERB.masked, -1);
    // The side that answers says nothing else of which a stage could be told.
    if (session.client !== 0 && session.client !== sign) return;
    if (verb !== VERB.other) session.client = sign;
    if (verb === VERB.hello && sign === RECEIVED) this.#nameRemote(session, bytes, from + 5, to);
    this.#add(session, commandToken(verb));
    session.verb = verb;
    session.more = 0;
    if (verb === VERB.mail) session.begun = true;
  }

  /** Where no address was logged, the name by which the remote side calls itself. */
  #nameRemote(session: Session, bytes: Uint8Array, from: number, to: number): void {
    if (this.#open.remoteOf(session.slot) >= 0) return;
    let end = from;
    while (end < to && bytes[end] !== 32) end += 1;
    if (end > from) this.#open.setRemote(session.slot, this.#words.remote(bytes, from, end));
  }

  #start(whole: boolean, remote: number): Session {
    const session = {
      slot: this.#open.openUnnamed(remote, -1, this.#place.offset, this.#place.line),
      number: whole ? 0 : 1,
      whole,
      last: this.#time.time,
      client: 0,
      verb: VERB.other,
      begun: false,
      spoken: false,
      sending: false,
      more: 0,
    };
    this.#session = session;
    return session;
  }

  #add(session: Session, token: number, word = -1): void {
    this.#open.add(session.slot, session.number, this.#time.time, token, word);
    session.number += 1;
    session.last = this.#time.time;
    if (token !== CONNECT) session.spoken = true;
  }

  #end(isSaid = false): void {
    const session = this.#session;
    this.#session = null;
    if (!session) return;
    if (isSaid) this.#add(session, END);
    // The end of a whole session has closed it.
    if (!(isSaid && session.whole)) this.#open.close(session.slot);
  }
}

/** `<<<` or `>>>`, else 0. */
function signAt(bytes: Uint8Array, at: number, to: number): number {
  const sign = bytes[at] as number;
  if (to - at < 3 || (sign !== RECEIVED && sign !== SENT)) return 0;
  return bytes[at + 1] === sign && bytes[at + 2] === sign ? sign : 0;
}
