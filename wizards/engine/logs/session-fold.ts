/** From the records of a session, in their order, to its stage. The one place that knows the rule. */
import { NONE, STAGES } from './stages.ts';
import { COMMAND, CONNECT, detailOf, END, goesOn, INFO, isMasked, kindOf, NEWS, REPLY, VERB } from './tokens.ts';

const stage = (name: (typeof STAGES)[number]): number => STAGES.indexOf(name);
const [CONNECTING, BANNER, EHLO, STARTTLS, AUTH, MAIL, RCPT, XEXCH50, BLOB, DATA, QUIT] = [
  stage('connect'),
  stage('banner'),
  stage('ehlo'),
  stage('starttls'),
  stage('auth'),
  stage('mail'),
  stage('rcpt'),
  stage('xexch50'),
  stage('blob'),
  stage('data'),
  stage('quit'),
] as const;

/** What a command waits for. The low four bits are its stage. */
const STEP = 16;
const HANDSHAKE = STARTTLS + STEP;
const AUTH_ANSWERED = AUTH + STEP;
const BODY = DATA + STEP;
const CHUNK = DATA + 2 * STEP;
const MASKED = EHLO + STEP;
const STAGELESS = NONE;
const stageOf = (waiting: number): number => waiting & (STEP - 1);

/** Flags of a session. */
export const FLAG = {
  /** Its end was logged. */
  ended: 1,
  authenticated: 2,
  tls: 4,
  /** The XEXCH50 command was sent. */
  xexch50: 8,
  /** Verbs or banner overwritten on the way. */
  mailguard: 16,
  tarpit: 32,
  greeted: 64,
  /** The log has both the beginning and every number up to the end. */
  whole: 128,
} as const;

const WAITING: Record<number, number> = {
  [VERB.hello]: EHLO,
  [VERB.starttls]: STARTTLS,
  [VERB.auth]: AUTH,
  [VERB.mail]: MAIL,
  [VERB.rcpt]: RCPT,
  [VERB.xexch50]: XEXCH50,
  [VERB.data]: DATA,
  [VERB.bdat]: CHUNK,
  [VERB.bdatLast]: BODY,
  [VERB.quit]: QUIT,
  [VERB.masked]: MASKED,
};

/**
 * The stage of a session is the first that was answered 4xx or 5xx or not at all, even if the session recovered.
 * Commands wait for their replies in order, since they may be pipelined. One instance serves session after session.
 */
export class SessionFold {
  /** Index into STAGES, or NONE. */
  stage: number = NONE;
  /** What `push` was given beside the reply that decided, or -1 where none came. */
  reply = -1;
  /** Messages that were accepted. */
  delivered = 0;
  flags = 0;
  /** Stage that the record pushed last belongs to, or NONE. */
  at: number = NONE;
  #waiting = new Int32Array(64);
  #count = 0;
  #next = 0;
  /** The code of a reply of which more lines may come. */
  #more = 0;
  /** Stage of what was said last: a reply that nobody asked for belongs to it. */
  #last: number = BANNER;
  #spoken = false;
  /** Stage of the reply under way. */
  #answered = NONE as number;
  #authFault = -1;

  reset(): void {
    this.stage = NONE;
    this.reply = -1;
    this.delivered = 0;
    this.flags = 0;
    this.at = NONE;
    this.#count = 0;
    this.#next = 0;
    this.#more = 0;
    this.#last = BANNER;
    this.#spoken = false;
    this.#authFault = -1;
  }

  /** `text` stands for the words of the record: whatever the caller knows them by. */
  push(token: number, text: number): void {
    this.at = NONE;
    switch (kindOf(token)) {
      case COMMAND:
        this.#command(detailOf(token));
        break;
      case REPLY:
        this.#reply(token, text);
        break;
      case INFO:
        this.#info(detailOf(token), text);
        break;
      case CONNECT:
        if (this.#front === CONNECTING) this.#next += 1;
        this.#wait(BANNER);
        this.at = CONNECTING;
        break;
      case END:
        this.flags |= FLAG.ended;
        break;
      default:
    }
  }

  /** To be called once behind the last record: what still waits was never answered. */
  finish(): void {
    if (this.stage !== NONE) return;
    for (let i = this.#next; i < this.#count; i += 1) {
      const stage = stageOf(this.#waiting[i] as number);
      if (stage === STAGELESS) continue;
      this.stage = stage;
      if (stage === AUTH) this.reply = this.#authFault;
      return;
    }
  }

  get #front(): number {
    return this.#next < this.#count ? (this.#waiting[this.#next] as number) : -1;
  }

  /** Stage of the command that waits, or of what was said last. */
  get #place(): number {
    const front = this.#front;
    if (front >= 0) return stageOf(front);
    return this.#spoken ? this.#last : BANNER;
  }

  #wait(what: number): void {
    if (this.#next === this.#count) {
      this.#count = 0;
      this.#next = 0;
    }
    if (this.#count === this.#waiting.length) {
      const waiting = new Int32Array(this.#count * 2);
      waiting.set(this.#waiting);
      this.#waiting = waiting;
    }
    this.#waiting[this.#count] = what;
    this.#count += 1;
  }

  #fail(stage: number, text: number): void {
    if (this.stage !== NONE || stage === STAGELESS) return;
    this.stage = stage;
    this.reply = text;
  }

  #command(verb: number): void {
    this.#more = 0;
    const front = this.#front;
    // Data of an authentication under way is no command.
    if (front === AUTH_ANSWERED && verb === VERB.other) {
      this.at = AUTH;
      return;
    }
    // Who speaks on has finished the handshake.
    if (front === HANDSHAKE) this.#handshakeDone();
    if (verb === VERB.masked) this.flags |= FLAG.mailguard;
    if (verb === VERB.xexch50) this.flags |= FLAG.xexch50;
    const waiting = verb === VERB.masked && this.flags & FLAG.greeted ? STAGELESS : (WAITING[verb] ?? STAGELESS);
    if (waiting !== STAGELESS) this.#last = stageOf(waiting);
    this.at = stageOf(waiting);
    this.#spoken = true;
    this.#wait(waiting);
  }

  #reply(token: number, text: number): void {
    const code = detailOf(token);
    if (this.#more === code) {
      if (!goesOn(token)) this.#more = 0;
      this.at = this.#answered;
      return;
    }
    this.#more = goesOn(token) ? code : 0;
    if (isMasked(token)) this.flags |= FLAG.mailguard;
    // Its record is missing, for a command was answered.
    if (this.#front === BANNER && code < 400 && code !== 220) this.#next += 1;
    const front = this.#front;
    this.at = this.#place;
    this.#answered = this.at;
    if (front < 0) {
      if (code >= 400) this.#fail(this.at, text);
      return;
    }
    if (code >= 400) {
      this.#next += 1;
      this.#fail(stageOf(front), text);
      return;
    }
    this.#accepted(front, code);
  }

  #accepted(front: number, code: number): void {
    switch (front) {
      case STARTTLS:
        this.#waiting[this.#next] = HANDSHAKE;
        return;
      case AUTH:
      case AUTH_ANSWERED:
        if (code >= 300) {
          this.#waiting[this.#next] = AUTH_ANSWERED;
          return;
        }
        this.flags |= FLAG.authenticated;
        break;
      case XEXCH50:
        if (code >= 300) {
          this.#waiting[this.#next] = BLOB;
          this.#last = BLOB;
          return;
        }
        break;
      case DATA:
        if (code >= 300) {
          this.#waiting[this.#next] = BODY;
          return;
        }
        break;
      case BODY:
        this.delivered += 1;
        break;
      case EHLO:
      case MASKED:
        this.flags |= FLAG.greeted;
        break;
      default:
    }
    this.#next += 1;
  }

  #info(news: number, text: number): void {
    switch (news) {
      case NEWS.attempt:
        this.#last = CONNECTING;
        this.at = CONNECTING;
        this.#spoken = true;
        if (this.#front < 0) this.#wait(CONNECTING);
        break;
      case NEWS.failedToConnect:
        if (this.#front === CONNECTING) this.#next += 1;
        this.at = CONNECTING;
        this.#fail(CONNECTING, text);
        break;
      case NEWS.tlsFailed:
        if (this.#front === HANDSHAKE) this.#next += 1;
        this.at = STARTTLS;
        this.#fail(STARTTLS, text);
        break;
      case NEWS.tlsDone:
        this.at = STARTTLS;
        if (this.#front === HANDSHAKE) this.#handshakeDone();
        break;
      case NEWS.authFailed:
        this.at = AUTH;
        this.#authFault = text;
        break;
      case NEWS.authRefused:
        this.at = AUTH;
        this.#fail(AUTH, text);
        break;
      case NEWS.refused:
        // It stands where an answer is waited for, else where something was said last.
        this.at = this.#place;
        this.#fail(this.at, text);
        break;
      case NEWS.tarpit:
        this.flags |= FLAG.tarpit;
        break;
      default:
    }
  }

  #handshakeDone(): void {
    this.#next += 1;
    this.flags |= FLAG.tls;
  }
}
