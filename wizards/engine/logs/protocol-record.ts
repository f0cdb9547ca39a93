/** What a record of the protocol log says: its event and data as a token, and the words that are kept of it. */
import type { LogWords } from './log-words.ts';
import { CONNECT, detailOf, END, infoToken, kindOf, NEWS, newsToken, REPLY, spokenToken, VERB } from './tokens.ts';

export class ProtocolRecord {
  /** Number of the words of the record that was read last, -1 where none are kept. */
  word = -1;
  readonly #words: LogWords;

  constructor(words: LogWords) {
    this.#words = words;
  }

  /** What a record means, or -1. Its words, where they are kept, are in `word`. */
  tokenOf(event: number, bytes: Uint8Array, at: number, to: number): number {
    this.word = -1;
    switch (event) {
      case 62: // >
      case 60: // <
        return this.#said(bytes, at, to);
      case 42: // *
        return this.#note(bytes, at, to);
      case 43: // +
        return CONNECT;
      case 45: // -
        return END;
      default:
        return -1;
    }
  }

  #said(bytes: Uint8Array, at: number, to: number): number {
    const from = at < to && bytes[at] === 34 ? at + 1 : at;
    const token = spokenToken(bytes, from, to);
    if (kindOf(token) === REPLY) {
      if (detailOf(token) >= 400) this.word = this.#words.reply(bytes, from, fieldEnd(bytes, at, to), from > at);
      return token;
    }
    // Whether a chunk is the last one stands at its end.
    return detailOf(token) === VERB.bdat ? spokenToken(bytes, from, fieldEnd(bytes, at, to)) : token;
  }

  #note(bytes: Uint8Array, at: number, to: number): number {
    const from = at < to && bytes[at] === 34 ? at + 1 : at;
    const dataTo = fieldEnd(bytes, at, to);
    let contextFrom = dataTo + (from > at ? 2 : 1);
    let contextTo = to;
    if (contextFrom < to && bytes[contextFrom] === 34) {
      contextTo = fieldEnd(bytes, contextFrom, to);
      contextFrom += 1;
    }
    const told = contextTo > contextFrom ? newsToken(bytes, contextFrom, contextTo) : infoToken(NEWS.other);
    if (detailOf(told) !== NEWS.other || dataTo <= from) {
      this.word = this.#newsWord(told, bytes, contextFrom, contextTo);
      return told;
    }
    const token = newsToken(bytes, from, dataTo);
    this.word = this.#newsWord(token, bytes, from, dataTo);
    return token;
  }

  #newsWord(token: number, bytes: Uint8Array, from: number, to: number): number {
    const news = detailOf(token);
    if (news === NEWS.failedToConnect) {
      // The rest names target and message and differs from session to session.
      const { start, end } = winsockSpan(bytes, from, to);
      return this.#words.reply(bytes, start, end, false);
    }
    const isKept =
      news === NEWS.tlsFailed || news === NEWS.authFailed || news === NEWS.authRefused || news === NEWS.refused;
    return isKept ? this.#words.reply(bytes, from, to, true) : -1;
  }
}

/** Where the field that begins at `at` ends: at its closing quote, or before its comma. */
export function fieldEnd(bytes: Uint8Array, at: number, to: number): number {
  let end = at;
  if (at >= to || bytes[at] !== 34) {
    while (end < to && bytes[end] !== 44) end += 1;
    return end;
  }
  end += 1;
  while (end < to) {
    if (bytes[end] !== 34) end += 1;
    else if (bytes[end + 1] === 34 && end + 1 < to) end += 2;
    else break;
  }
  return end;
}

/** `Winsock error code: 10061` within the sentence, or the whole of it. */
function winsockSpan(bytes: Uint8Array, from: number, to: number): { start: number; end: number } {
  for (let at = from; at + 20 <= to; at += 1) {
    if (bytes[at] !== 87 || bytes[at + 1] !== 105 || bytes[at + 2] !== 110 || bytes[at + 3] !== 115) continue;
    let end = at;
    while (end < to && bytes[end] !== 44) end += 1;
    return { start: at, end };
  }
  return { start: from, end: to };
}
