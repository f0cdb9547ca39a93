/** What happened in one session, in full: made when a session is opened or listed, not while logs are counted. */
import { commandTrace, greetingTrace, keywordTrace, quotedTrace, refusedEhlo } from '../intake/mailguard.ts';
import { SessionFold } from './session-fold.ts';
import type { SessionEnds, SessionRecord } from './session-record.ts';
import { type SessionStage, type Stage, stageName } from './stages.ts';
import { CONNECT, detailOf, END, kindOf, NEWS, newsToken, REPLY, spokenToken } from './tokens.ts';

export type SessionStep = {
  /** Its number in the 15-step conversation (seed 003), or null where that does not count it. */
  n: number | null;
  stage: Stage | null;
  who: 'client' | 'server' | 'note' | 'open' | 'close';
  text: string;
  line: number;
  /** Milliseconds since the session began. */
  ms: number;
};
export type SessionDetail = SessionEnds & {
  /** Of the remote side, whose address is `remote`. */
  remote_port: number | null;
  start: string;
  end: string;
  ms: number;
  stage: SessionStage;
  /** The reply that decided the stage; null where none came. */
  reply: string | null;
  delivered: number;
  /** Whether its end was logged. */
  ended: boolean;
  banner: string | null;
  helo: string | null;
  capabilities: { before: string[]; after: string[] | null };
  tls: { protocol: string | null; cipher: string | null; certificate: string | null; fault: string | null } | null;
  auth: { mechanism: string; identity: string | null; succeeded: boolean; fault: string | null } | null;
  sender: string | null;
  recipients: string[];
  /** Bytes that the sender announced (SIZE, BDAT). */
  bytes: number;
  xexch50: { command: string; reply: string | null } | null;
  permissions: string | null;
  /** Traces of a device in the path, in words. */
  traces: string[];
  /** What the log says of answers that were held back on purpose. */
  tarpit: string | null;
  steps: SessionStep[];
};

const MOST_RECIPIENTS = 50;
const MOST_STEPS = 2000;
const encoder = new TextEncoder();

/** `records` in the order of their numbers. Never throws. */
export function describeSession(ends: SessionEnds, records: readonly SessionRecord[]): SessionDetail {
  const start = records[0]?.time ?? 0;
  const last = records.reduce((latest, { time }) => Math.max(latest, time), start);
  const detail: SessionDetail = {
    ...ends,
    ...remoteOf(ends.remote),
    start: new Date(start).toISOString(),
    end: new Date(last).toISOString(),
    ms: last - start,
    stage: 'none',
    reply: null,
    delivered: 0,
    ended: false,
    banner: null,
    helo: null,
    capabilities: { before: [], after: null },
    tls: null,
    auth: null,
    sender: null,
    recipients: [],
    bytes: 0,
    xexch50: null,
    permissions: null,
    traces: [],
    tarpit: null,
    steps: [],
  };
  const fold = new SessionFold();
  const texts: string[] = [];
  const listener = new Listener(detail);
  for (const record of records) {
    const { event, text, context } = record;
    const tokens = record.tokens ?? [tokenOf(record)];
    const token = tokens[0] ?? tokenOf(record);
    const said = event === 'note' ? decisivePart(record) : text;
    texts.push(kindOf(token) === REPLY || event === 'note' ? said : '');
    let stage: SessionStage = 'none';
    for (const [i, each] of tokens.entries()) {
      fold.push(each, texts.length - 1);
      // What follows from it in the same line is not said.
      if (i === 0) stage = stageName(fold.at);
    }
    const at = stage === 'none' ? null : stage;
    const who = event === 'note' ? 'note' : event === 'said' ? (kindOf(token) === REPLY ? 'server' : 'client') : event;
    const shown = listener.take(who, at, text, context);
    if (detail.steps.length < MOST_STEPS)
      detail.steps.push({
        n: numberOf(who, at, text),
        stage: at,
        who,
        text: shown,
        line: record.line,
        ms: record.time - start,
      });
  }
  fold.finish();
  detail.stage = stageName(fold.stage);
  detail.reply = fold.reply < 0 ? null : (texts[fold.reply] ?? null);
  detail.delivered = fold.delivered;
  detail.ended = records.some(({ event }) => event === 'close');
  return detail;
}

/** `192.0.2.1:25` and `[2001:db8::1]:25` as address and port. */
function remoteOf(endpoint: string): { remote: string; remote_port: number | null } {
  const [, bracketed, bare, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(endpoint) ?? [];
  return { remote: bracketed ?? bare ?? endpoint, remote_port: port === undefined ? null : Number(port) };
}

function tokenOf(record: SessionRecord): number {
  if (record.event === 'open') return CONNECT;
  if (record.event === 'close') return END;
  if (record.event === 'note') return newsOf(decisivePart(record));
  const bytes = encoder.encode(record.text);
  return spokenToken(bytes, 0, bytes.length);
}

function newsOf(text: string): number {
  const bytes = encoder.encode(text);
  return newsToken(bytes, 0, bytes.length);
}

/** What a note says stands in its context, of a few in its data. */
const decisivePart = ({ text, context }: SessionRecord): string =>
  text !== '' && detailOf(newsOf(context)) === NEWS.other ? text : context;

/** Numbers of the 15 steps by who speaks at which stage. The BLOB itself is never logged. */
const NUMBERS: Partial<Record<Stage, { client: number | null; server: number | null }>> = {
  banner: { client: null, server: 3 },
  ehlo: { client: 4, server: 5 },
  mail: { client: 6, server: 7 },
  rcpt: { client: 8, server: 9 },
  xexch50: { client: 10, server: 11 },
  blob: { client: 12, server: 13 },
  quit: { client: null, server: 14 },
};

function numberOf(who: SessionStep['who'], stage: Stage | null, text: string): number | null {
  if (who === 'open') return 2;
  if (who === 'close') return 15;
  if (who === 'note') return stage === 'connect' && /connect/i.test(text) ? 2 : null;
  return stage === null ? null : (NUMBERS[stage]?.[who] ?? null);
}

/** Collects what is said about the two sides. */
class Listener {
  readonly #detail: SessionDetail;
  /** Capabilities are those of the EHLO said last. */
  #encrypted = false;
  #authenticating = false;
  /** Said last. */
  #verb = '';

  constructor(detail: SessionDetail) {
    this.#detail = detail;
  }

  /** Returns the text as it may be shown: without what was typed to log on. */
  take(who: SessionStep['who'], stage: Stage | null, text: string, context: string): string {
    if (who === 'client') return this.#client(stage, text);
    if (who === 'server') return this.#server(stage, text);
    if (who === 'note') {
      this.#note(text, context);
      return [context, text].filter((part) => part !== '').join(': ');
    }
    return who === 'open' ? '' : context;
  }

  #client(stage: Stage | null, text: string): string {
    const detail = this.#detail;
    const [verb = '', ...words] = text.trim().split(/\s+/);
    const upper = verb.toUpperCase();
    this.#verb = verb;
    this.#trace(commandTrace(verb));
    switch (stage) {
      case 'ehlo':
        if (words[0]) detail.helo = words[0];
        if (detail.tls) this.#encrypted = true;
        if (this.#encrypted) detail.capabilities.after = [];
        else detail.capabilities.before = [];
        break;
      case 'starttls':
        detail.tls ??= { protocol: null, cipher: null, certificate: null, fault: null };
        break;
      case 'auth': {
        if (this.#authenticating && upper !== 'AUTH' && upper !== 'X-EXPS') return '(authentication data)';
        this.#authenticating = true;
        detail.auth = { mechanism: (words[0] ?? '').toUpperCase(), identity: null, succeeded: false, fault: null };
        // An initial response may follow the mechanism.
        return words.length > 1 && words[0]?.toUpperCase() !== 'EXCHANGEAUTH'
          ? `${verb} ${words[0]} (authentication data)`
          : text;
      }
      case 'mail':
        detail.sender = /<([^>]*)>/.exec(text)?.[1] ?? null;
        detail.bytes += Number(/\bSIZE=(\d{1,12})/i.exec(text)?.[1] ?? 0);
        break;
      case 'rcpt': {
        const recipient = /<([^>]*)>/.exec(text)?.[1];
        if (recipient && detail.recipients.length < MOST_RECIPIENTS) detail.recipients.push(recipient);
        break;
      }
      case 'xexch50':
        detail.xexch50 = { command: text.trim(), reply: null };
        break;
      default:
    }
    return text;
  }

  #server(stage: Stage | null, text: string): string {
    const detail = this.#detail;
    const code = Number(text.slice(0, 3));
    this.#trace(quotedTrace(text));
    switch (stage) {
      case 'banner':
        detail.banner ??= text;
        this.#trace(greetingTrace(text));
        break;
      case 'ehlo':
        if (code < 400) this.#capabilities(text);
        else this.#trace(refusedEhlo(this.#verb, code));
        break;
      case 'auth':
        if (code >= 300 && code < 400) return /^334 (?:<|GSSAPI|NTLM)/i.test(text) ? text : '334 (authentication data)';
        this.#authenticating = false;
        if (detail.auth && code < 400) detail.auth.succeeded = true;
        break;
      case 'starttls':
        if (detail.tls && code >= 400) detail.tls.fault = text;
        break;
      case 'xexch50':
      case 'blob':
        if (detail.xexch50) detail.xexch50.reply = text;
        break;
      default:
    }
    return text;
  }

  /** One keyword a line, or all of them in one record: then blanks part them, and some have values of their own. */
  #capabilities(text: string): void {
    const { capabilities } = this.#detail;
    const list = (this.#encrypted ? capabilities.after : null) ?? capabilities.before;
    const rest = text.slice(4).trim();
    const joined = /\bHello\b(?: \[[^\]]*\])?[, ]+([^[\s].*)$/.exec(rest)?.[1];
    if (joined !== undefined) list.push(...splitCapabilities(joined));
    else if (/\bHello\b/.test(rest)) return;
    else if (list.length > 0 || /^[A-Z0-9]/.test(rest)) list.push(rest);
    this.#trace(keywordTrace(list));
  }

  #note(text: string, context: string): void {
    const detail = this.#detail;
    const all = `${context} ${text}`.trim();
    if (/^Set Session Permissions$/i.test(context)) detail.permissions = text;
    const protocol = /SP_PROT_([A-Z0-9_]+?)_(?:SERVER|CLIENT)/.exec(all)?.[1];
    if (protocol !== undefined) {
      detail.tls ??= { protocol: null, cipher: null, certificate: null, fault: null };
      detail.tls.protocol = protocol.replace(/^TLS(\d)_(\d)$/, 'TLS $1.$2').replace(/^TLS1$/, 'TLS 1.0');
      detail.tls.cipher = /\b(CALG_[A-Z0-9_]+|TLS_[A-Z0-9_]{8,})/.exec(all)?.[1] ?? null;
    }
    if (/^Certificate subject$/i.test(text) || /^Certificate subject$/i.test(context)) {
      const subject = /^Certificate/i.test(text) ? context : text;
      if (detail.tls) detail.tls.certificate ??= subject;
    }
    if (detail.tls && /^TLS negotiation failed/i.test(all)) detail.tls.fault = all;
    const user = /^User Name:\s*(.+)$/i.exec(all)?.[1];
    if (user && detail.auth) detail.auth.identity = user;
    if (detail.auth && / failed because of /i.test(all)) detail.auth.fault = all;
    if (/^Tarpit /i.test(all)) detail.tarpit ??= all;
  }

  #trace(words: string | null): void {
    const { traces } = this.#detail;
    if (words !== null && !traces.includes(words)) traces.push(words);
  }
}

/** Keywords that are followed by values, in the joined layout of 2013 and later. */
const WITH_VALUES = new Set(['SIZE', 'AUTH', 'X-EXPS']);
const VALUES = new Set([
  'NTLM',
  'LOGIN',
  'GSSAPI',
  'PLAIN',
  'EXCHANGEAUTH',
  'SHA256',
  'XOAUTH2',
  'DIGEST-MD5',
  'CRAM-MD5',
]);

function splitCapabilities(text: string): string[] {
  const found: string[] = [];
  let open = false;
  for (const word of text.split(/[\s,]+/)) {
    if (word === '') continue;
    const isValue = open && (VALUES.has(word) || /^\d+$/.test(word));
    if (isValue) found.push(`${found.pop()} ${word}`);
    else {
      found.push(word);
      open = WITH_VALUES.has(word);
    }
  }
  return found;
}
