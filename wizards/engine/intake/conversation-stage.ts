/**
 * Where an SMTP session stopped, from lines that a person can read. The rule is that of `logs/session-fold.ts`, which
 * works on the records of logs; a test holds the two together. Here the text between is told apart as well: data,
 * BLOB, and what was typed to log on. Pure.
 */
import type { SessionStage, Stage } from '../logs/stages.ts';

/** A line, or several with line breaks, that one side sent. */
export type Turn = { from: 'client' | 'server'; text: string };

/** One command (or the greeting, the data, the BLOB) with what came back. */
export type Exchange = {
  /** Null for commands that belong to no stage, as NOOP. */
  stage: Stage | null;
  /** As sent, in its own spelling; empty for the greeting, the data and the BLOB. */
  verb: string;
  argument: string;
  /** The lines of the answer, whole; empty when none came. */
  replies: string[];
  code: number | null;
  /** Index of the turn that began it. */
  turn: number;
};

export type Conversation = {
  /** The first that was answered 4xx or 5xx or not at all, even if the session recovered, else `none`. */
  stage: SessionStage;
  /** The exchange of that stage; null for `none`, and where nothing was said at all. */
  at: Exchange | null;
  exchanges: Exchange[];
  /** Messages that the server took. */
  delivered: number;
};

type Rules = {
  /** The turns are the whole session. Else one that begins with a command was not copied from its start. */
  whole?: boolean;
  /** The client is a person at a terminal, who cannot begin the handshake that a 220 to STARTTLS waits for. */
  byHand?: boolean;
};

const STAGE_OF: Record<string, Stage> = {
  EHLO: 'ehlo',
  HELO: 'ehlo',
  LHLO: 'ehlo',
  STARTTLS: 'starttls',
  'X-ANONYMOUSTLS': 'starttls',
  AUTH: 'auth',
  'X-EXPS': 'auth',
  MAIL: 'mail',
  RCPT: 'rcpt',
  XEXCH50: 'xexch50',
  DATA: 'data',
  BDAT: 'data',
  QUIT: 'quit',
};
/** Commands without a stage. Anything else that a client sends is no command, or one that a device wrote over. */
const OTHERS = new Set(['RSET', 'NOOP', 'HELP', 'VRFY', 'EXPN', 'ETRN', 'TURN', 'ATRN', 'X-LINK2STATE', 'XRDST']);
/** SMTP inspection of Cisco writes verbs over, so that the server sees `XXXX` (KB 320027). */
const MASKED = /^X{4,}$/i;

/** The verb of a line that a client sent, in capitals; null when the line is no command. */
export function verbOf(line: string): string | null {
  const verb = /^\s*([A-Za-z][A-Za-z0-9-]{2,15})(?=[\s:]|$)/.exec(line)?.[1]?.toUpperCase();
  if (verb === undefined) return null;
  return Object.hasOwn(STAGE_OF, verb) || OTHERS.has(verb) || MASKED.test(verb) ? verb : null;
}

/** What the turns amount to. Never throws; no turns at all are a session without a connection (`connect`). */
export function readConversation(turns: readonly Turn[], rules: Rules = {}): Conversation {
  if (turns.length === 0) return { stage: 'connect', at: null, exchanges: [], delivered: 0 };
  const exchanges = exchangesOf(turns, rules);
  const at = exchanges.find(failed) ?? null;
  const taken = exchanges.filter(({ stage, verb, argument, code }) => {
    const ends = verb === '' || (verb.toUpperCase() === 'BDAT' && /\bLAST\b/i.test(argument));
    return stage === 'data' && ends && code !== null && code < 300;
  });
  return { stage: at?.stage ?? 'none', at, exchanges, delivered: taken.length };
}

/** Refused, or not answered. Commands without a stage are never the place where a session stops. */
function failed({ stage, code }: Exchange): boolean {
  return stage !== null && (code === null || code >= 400);
}

/** `command`: the next line is a command; the others say what the client's lines are instead. */
type Mode = 'command' | 'data' | 'blob' | 'credentials' | 'chunk';

/** Reads the turns one line at a time. Commands may be sent ahead of their answers (PIPELINING, RFC 2920). */
class Reader {
  readonly exchanges: Exchange[] = [];
  /** Commands in their order, and how many of them have their answer. */
  private readonly asked: Exchange[] = [];
  private answered = 0;
  private mode: Mode = 'command';
  /** Whether EHLO or HELO was answered well, and the last stage that was reached. */
  private greeted = false;
  private reached: Stage = 'banner';
  /** Whether the client said something last that is no command. */
  private unknown = false;
  private readonly byHand: boolean;

  constructor(byHand: boolean) {
    this.byHand = byHand;
  }

  begin(stage: Stage | null, verb: string, argument: string, turn: number): Exchange {
    const exchange: Exchange = { stage, verb, argument, replies: [], code: null, turn };
    this.exchanges.push(exchange);
    this.asked.push(exchange);
    if (stage !== null) this.reached = stage;
    return exchange;
  }

  server(line: string, turn: number): void {
    const [, digits, more] = /^\s*([2-5]\d\d)(?=[ -]|$)(-?)/.exec(line) ?? [];
    if (digits === undefined) return;
    this.settleHandshake();
    // The dot that ends the data is not in every copy.
    if (this.mode === 'data') this.begin('data', '', '', turn);
    let exchange = this.asked[this.answered];
    const unknown = this.unknown;
    this.unknown = false;
    if (!exchange) {
      // A refusal of something that is no command, as a slip of the hand.
      if (unknown && /^50/.test(digits)) return;
      // Said unasked, as `421 4.4.2 Connection timed out`: it ends what was going on. Good news unasked says nothing.
      if (Number(digits) < 400) return;
      exchange = this.begin(this.reached, '', '', turn);
    }
    exchange.replies.push(line.trim());
    if (more === '') this.answer(exchange, Number(digits));
  }

  client(line: string, turn: number): void {
    this.settleHandshake();
    const open = this.asked[this.answered];
    // An answer whose last line was not copied is an answer all the same.
    if (open && isUnfinished(open)) this.answer(open, codeOf(open.replies));
    if (this.mode === 'credentials' || this.mode === 'blob') return;
    if (this.mode === 'data') {
      if (line.trim() === '.') {
        this.begin('data', '', '', turn);
        this.mode = 'command';
      }
      return;
    }
    // Text of a message may begin with a word that is a command as well.
    if (this.mode === 'chunk' && !/^\s*BDAT \d+( LAST)?\s*$/i.test(line)) return;
    const verb = verbOf(line);
    this.unknown = verb === null;
    if (verb === null) return;
    const [, sent = '', argument = ''] = /^\s*([A-Za-z][A-Za-z0-9-]*)[\s:]*(.*)$/.exec(line) ?? [];
    const stage = MASKED.test(verb) ? (this.greeted ? null : 'ehlo') : (STAGE_OF[verb] ?? null);
    this.begin(stage, sent, argument.trim(), turn);
    this.mode = verb === 'BDAT' ? 'chunk' : 'command';
  }

  end(turn: number): Exchange[] {
    for (const open of this.asked.slice(this.answered)) if (isUnfinished(open)) open.code = codeOf(open.replies);
    // Data of which the end was not seen were never answered.
    if (this.mode === 'data') this.begin('data', '', '', turn);
    return this.exchanges;
  }

  private answer(exchange: Exchange, code: number): void {
    // The logon goes on: what the client sends now is its secret, not a command, and this was no answer yet.
    if (code === 334) {
      this.mode = 'credentials';
      return;
    }
    this.answered += 1;
    exchange.code = code;
    this.mode = 'command';
    if (exchange.stage === 'ehlo' && code < 300) this.greeted = true;
    if (code === 354 && exchange.stage === 'data') this.mode = 'data';
    if (code === 354 && exchange.stage === 'xexch50') {
      this.begin('blob', '', '', exchange.turn);
      this.mode = 'blob';
    }
    if (exchange.stage === 'starttls' && code < 300 && !this.byHand) this.begin('starttls', '', '', exchange.turn);
  }

  /** The handshake is no line: whatever comes after it shows that it went well. */
  private settleHandshake(): void {
    const first = this.asked[this.answered];
    if (first?.stage !== 'starttls' || first.verb !== '') return;
    first.code = 220;
    this.answered += 1;
  }
}

function exchangesOf(turns: readonly Turn[], { whole = false, byHand = false }: Rules): Exchange[] {
  const reader = new Reader(byHand);
  if (whole || turns[0]?.from === 'server' || turns.every(({ from }) => from === 'client')) {
    reader.begin('banner', '', '', 0);
  }
  for (const [index, { from, text }] of turns.entries()) {
    for (const line of text.split(/\r\n|\r|\n/)) {
      if (from === 'server') reader.server(line, index);
      else reader.client(line, index);
    }
  }
  return reader.end(turns.length - 1);
}

const isUnfinished = ({ replies }: Exchange): boolean => /^[2-5]\d\d-/.test(replies.at(-1) ?? '');

const codeOf = (replies: readonly string[]): number => Number(replies.at(-1)?.slice(0, 3) ?? 0);
