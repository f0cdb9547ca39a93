/**
 * Sessions of IIS's SMTP service. Its logs name no session (facts 4.3): records of one remote side, direction and
 * site follow one another, and a session is over at QUIT, at a new greeting once mail was begun, at a new banner, or
 * after a long pause. Two connections of one peer at the same time cannot be told apart.
 */
import { type IisRecord, isEmpty, isNamed, ROLE, statusOf, verbOfRecord } from './iis-record.ts';
import { LONGEST_REPLY, type LogWords } from './log-words.ts';
import type { OpenSessions } from './open-sessions.ts';
import { CONNECT, commandToken, END, isMasked, replyCode, replyToken, spokenToken, VERB, verbOf } from './tokens.ts';

/** Ten minutes: the time after which servers give up on a silent peer (RFC 5321, 4.5.3.2.6). */
export const PAUSE = 10 * 60_000;
/** More peers than a server talks to at one time; beyond, the older ones are closed. */
const MOST_PEERS = 20_000;
const CLOSED_AT_ONCE = 5_000;

/** What the record before left open. */
const NOTHING = 0;
/** A command without a status. */
const UNANSWERED = 1;
const CHALLENGED = 2;
const BLOB = 3;
const BODY = 4;

type Session = {
  key: number;
  slot: number;
  /** Number that the next token gets. */
  number: number;
  whole: boolean;
  last: number;
  left: number;
  /** MAIL was said. */
  begun: boolean;
  /** The verb said last. */
  verb: number;
  /** Nothing but the first line of a banner came. */
  fresh: boolean;
};

export class IisSessions {
  readonly #open: OpenSessions;
  readonly #words: LogWords;
  readonly #sessions = new Map<number, Session>();
  readonly #scratch = new Uint8Array(LONGEST_REPLY);

  constructor(open: OpenSessions, words: LogWords) {
    this.#open = open;
    this.#words = words;
  }

  /** Null when the record could be used, else why not. */
  take(record: IisRecord): string | null {
    // Numbers of words stay far below the room that this leaves them.
    const key = ((record.remote + 1) * 0x100000 + record.site + 1) * 2 + (record.role === ROLE.served ? 0 : 1);
    let session = this.#sessions.get(key);
    if (session && record.time - session.last > PAUSE) {
      this.#end(session);
      session = undefined;
    }
    if (record.role === ROLE.served) return this.#served(record, key, session);
    return record.role === ROLE.sent ? this.#sent(record, key, session) : this.#heard(record, key, session);
  }

  /** What an earlier file left open, because reading it was given up, is forgotten. */
  beginFile(): void {
    this.#sessions.clear();
  }

  /** No session goes on in another file: there is nothing by which its parts could be known. */
  endFile(): void {
    for (const session of this.#sessions.values()) this.#end(session);
  }

  #served(record: IisRecord, key: number, known: Session | undefined): string | null {
    const { bytes, method, status } = record;
    if (isEmpty(bytes, method)) return 'it names no command';
    const code = statusOf(record);
    if (code < 0 || (code > 0 && code < 100)) return 'its status is none';
    // Logged when the client was silent for too long; its status is an error of Windows (seen in logs of 2000/2003).
    if (isNamed(bytes, method, 'TIMEOUT')) {
      if (known) this.#end(known);
      return null;
    }
    const verb = verbOfRecord(record);
    const session = this.#sessionFor(record, key, known, verb, verb === VERB.hello || verb === VERB.masked);
    session.last = record.time;
    const isAnswered = code >= 200 && code < 600;
    if (this.#isNew(session, verb, code)) {
      this.#add(session, record.time, commandToken(verb));
      // A message and its command are one record, logged once the message was answered.
      if (verb === VERB.data && isAnswered && code < 300)
        this.#add(session, record.time, replyToken(354, false, false));
    }
    // A blob that got no answer has none to QUIT either: that would be taken for the blob's.
    const blobLost = verb === VERB.quit && session.left === BLOB;
    if (isAnswered && !blobLost) {
      // QUIT has the status 240, never on the wire (facts 3.1), which is as fine as 221.
      const word = code >= 400 ? this.#words.reply(bytes, status.from, status.to, false) : -1;
      this.#add(session, record.time, replyToken(code, false, false), word);
    }
    session.left = isAnswered ? leftBy(session.left === CHALLENGED ? VERB.auth : verb, code) : UNANSWERED;
    this.#said(session, verb);
    if (verb === VERB.quit) this.#end(session, true);
    return null;
  }

  /**
   * Whether the record is a command of its own, and not the second half of the one before. A client that goes on was
   * answered, and not with a refusal, which would have been logged.
   */
  #isNew(session: Session, verb: number, code: number): boolean {
    const { left, last } = session;
    switch (left) {
      case CHALLENGED:
        if (verb === VERB.auth || verb === VERB.other) return false;
        this.#add(session, last, replyToken(235, false, false));
        break;
      case BLOB:
        if (verb === VERB.xexch50 && code !== 354) return false;
        if (verb === VERB.quit) return true;
        this.#add(session, last, replyToken(250, false, false));
        break;
      case BODY:
        if (verb === VERB.data) return false;
        this.#add(session, last, replyToken(250, false, false));
        break;
      case UNANSWERED:
        this.#add(session, last, replyToken(250, false, false));
        break;
      default:
    }
    session.left = NOTHING;
    return true;
  }

  #sent(record: IisRecord, key: number, known: Session | undefined): string | null {
    const { bytes, method, query } = record;
    const isInQuery = isEmpty(bytes, method);
    if (isInQuery && isEmpty(bytes, query)) return 'it names no command';
    const verb = isInQuery ? verbOf(bytes, query.from, query.to) : verbOfRecord(record);
    const session = this.#sessionFor(record, key, known, verb, false);
    this.#add(session, record.time, commandToken(verb));
    this.#said(session, verb);
    return null;
  }

  #heard(record: IisRecord, key: number, known: Session | undefined): string | null {
    const { bytes, time } = record;
    const text = isEmpty(bytes, record.query) ? record.method : record.query;
    const code = replyCode(bytes, text.from, text.to);
    if (code === 0) return 'its reply has no number';
    let session = known;
    if (session && code === 220 && session.verb !== VERB.starttls && !session.fresh) {
      this.#end(session);
      session = undefined;
    }
    // What it answers stands in an earlier file.
    if (!session && code < 400 && code !== 220) return null;
    if (!session) {
      session = this.#start(record, key, true);
      this.#add(session, time, CONNECT);
    }
    const word = code >= 400 ? this.#replyWord(bytes, text.from, text.to) : -1;
    const isStarred = isMasked(spokenToken(bytes, text.from, text.to));
    // Of a reply of several lines the first alone is logged, so no more is waited for; where more come, they are
    // replies that nobody waits for, and do no harm.
    this.#add(session, time, replyToken(code, false, isStarred), word);
    session.fresh = code === 220 && session.number === 2 && bytes[text.from + 3] === 45;
    if (session.verb === VERB.starttls) session.verb = VERB.other;
    if (code === 221 && session.verb === VERB.quit) this.#end(session, true);
    return null;
  }

  /** The session that a command belongs to, which may begin with it. */
  #sessionFor(record: IisRecord, key: number, known: Session | undefined, verb: number, isFirst: boolean): Session {
    let session = known;
    const isExplained = session?.verb === VERB.starttls || session?.verb === VERB.masked;
    if (session?.begun && verb === VERB.hello && !isExplained) {
      this.#end(session);
      session = undefined;
    }
    return session ?? this.#start(record, key, isFirst);
  }

  /** `isFirst` when the record can be the first of its session; else its beginning is missing. */
  #start(record: IisRecord, key: number, isFirst: boolean): Session {
    if (this.#sessions.size >= MOST_PEERS) this.#endOldest();
    const session = {
      key,
      slot: this.#open.openUnnamed(record.remote, record.site, record.offset, record.line),
      number: isFirst ? 0 : 1,
      whole: isFirst,
      last: record.time,
      left: NOTHING,
      begun: false,
      verb: VERB.other,
      fresh: false,
    };
    this.#sessions.set(key, session);
    return session;
  }

  #endOldest(): void {
    let left = CLOSED_AT_ONCE;
    for (const session of this.#sessions.values()) {
      if (left === 0) return;
      this.#end(session);
      left -= 1;
    }
  }

  #said(session: Session, verb: number): void {
    session.verb = verb;
    session.fresh = false;
    if (verb === VERB.mail) session.begun = true;
  }

  #add(session: Session, time: number, token: number, word = -1): void {
    this.#open.add(session.slot, session.number, time, token, word);
    session.number += 1;
    session.last = time;
  }

  #end(session: Session, isSaid = false): void {
    this.#sessions.delete(session.key);
    if (isSaid) this.#add(session, session.last, END);
    // The end of a whole session has closed it.
    if (!(isSaid && session.whole)) this.#open.close(session.slot);
  }

  /** The words of a reply, in which IIS has put `+` for each blank. */
  #replyWord(bytes: Uint8Array, from: number, to: number): number {
    const length = Math.min(to - from, LONGEST_REPLY);
    for (let i = 0; i < length; i += 1) {
      const byte = bytes[from + i] as number;
      this.#scratch[i] = byte === 43 ? 32 : byte;
    }
    return this.#words.reply(this.#scratch, 0, length, false);
  }
}

/** What is still to come after a reply to this verb. */
function leftBy(verb: number, code: number): number {
  if (code === 334 && verb === VERB.auth) return CHALLENGED;
  if (code !== 354) return NOTHING;
  if (verb === VERB.xexch50) return BLOB;
  return verb === VERB.data ? BODY : NOTHING;
}
