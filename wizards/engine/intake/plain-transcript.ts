/**
 * Sessions that nothing marks: telnet, what is typed into `openssl s_client -starttls smtp`, and the text of
 * Wireshark's "Follow TCP stream". Lines of the server begin with three digits, those of the client with a command.
 */

import { newTranscript, type Transcript } from './transcript.ts';
import { readNoise } from './transcript-noise.ts';

const SERVER = /^[2-5]\d\d(?:[ -]|$)/;
/** A greeting names its host or its protocol, or is written over by SMTP inspection. */
const GREETING = /^220[ -](?=.*(?:SMTP\b|\*{4,}|\b[A-Za-z0-9-]+\.[A-Za-z]{2,}))/;
const OPENING =
  /^(?:(?:EHLO|HELO)(?: \S+)?|MAIL FROM:.*|RCPT TO:.*|STARTTLS|X-ANONYMOUSTLS|XEXCH50 \d+.*|X-EXPS .*|AUTH [A-Z][\w-]{2,}.*|X{4,}(?: \S+)?)$/i;
const COMMAND =
  /^(?:DATA|QUIT|RSET|NOOP|HELP(?: \S+)?|BDAT \d+(?: LAST)?|(?:VRFY|EXPN|ETRN|TURN|ATRN)(?: \S+)?|X-LINK2STATE .*)$/i;
/** What the server says after the data, where the dot was not copied. */
const AFTER_DATA = /^[245]\d\d [245]\.\d{1,3}\.\d{1,3} /;
const ENDING = /^(?:Connection (?:closed by foreign host|to host lost)|read:errno=\d+$|closed$|DONE$)/;
/** So many lines in a row that are neither: the session is over, and something else follows. */
const MOST_OTHER = 5;

type Mode = 'commands' | 'data' | 'blob' | 'credentials';

/** The sessions in it, in order. `lines` are those of the text, index 0 is line 1. */
export function readPlain(lines: readonly string[]): Transcript[] {
  const reader = new PlainReader();
  for (const [index, line] of lines.entries()) reader.read(withoutDeleted(line).trim(), index + 1);
  return reader.found.filter(isSession);
}

class PlainReader {
  readonly found: Transcript[] = [];
  private current: Transcript | null = null;
  private mode: Mode = 'commands';
  private other = 0;
  private verb = '';

  read(line: string, at: number): void {
    if (line === '') return;
    if (this.current && ENDING.test(line)) this.unmarked(line, at);
    else if (this.mode === 'data' && line !== '.' && !AFTER_DATA.test(line)) return;
    else if (SERVER.test(line)) this.server(line, at);
    else if (this.mode === 'data') this.push('client', line, at);
    // Secrets and binary data are read by nobody.
    else if (this.mode === 'commands' || OPENING.test(line) || (this.mode === 'blob' && readNoise(line))) {
      this.unmarked(line, at);
    }
  }

  private server(line: string, at: number): void {
    const isReply = /^(?:STARTTLS|X-ANONYMOUSTLS)$/i.test(this.verb);
    if (GREETING.test(line) && !isReply && !this.greets()) this.open('telnet', at);
    if (!this.current) return;
    // Before anything was typed, openssl shows a line of the session that it led itself.
    if (this.current.tool === 'openssl' && this.current.turns.length === 0) {
      this.current.smtp ||= line.startsWith('250');
      this.current.end = at;
      return;
    }
    this.push('server', line, at);
    if (line.charAt(3) === '-') return;
    this.mode = 'commands';
    if (line.startsWith('334')) this.mode = 'credentials';
    if (line.startsWith('354')) this.mode = /^XEXCH50$/i.test(this.verb) ? 'blob' : 'data';
    if (/^QUIT$/i.test(this.verb)) this.current = null;
    this.verb = '';
  }

  /** Whether the session that is open waits for its greeting, or is in the middle of it (`220-`). */
  private greets(): boolean {
    return this.current?.tool === 'telnet' && this.current.turns.every(({ text }) => text.startsWith('220-'));
  }

  private unmarked(line: string, at: number): void {
    if (OPENING.test(line) || (this.current && COMMAND.test(line))) {
      if (!this.current) this.open('telnet', at);
      this.push('client', line, at);
      this.verb = /^[\w-]+/.exec(line)?.[0] ?? '';
      return;
    }
    const noise = readNoise(line);
    const begun = this.current !== null && this.current.turns.length === 0;
    if (noise?.opens === 'always' || (noise?.opens === 'if-none' && !begun)) this.open(noise.tool, at);
    if (this.current && noise) {
      noise.apply(this.current);
      this.current.end = at;
      this.other = 0;
      if (noise.closes) this.close();
      return;
    }
    // openssl prints certificates and more before the first line of SMTP.
    if (!this.current || (this.current.tool === 'openssl' && this.current.turns.length === 0)) return;
    if (this.current.turns.length > 0) this.current.turns.push({ from: 'client', text: line });
    this.other += 1;
    if (this.other > MOST_OTHER) this.close();
  }

  private close(): void {
    this.current = null;
    this.mode = 'commands';
    this.verb = '';
  }

  private open(tool: 'telnet' | 'openssl', at: number): void {
    this.current = newTranscript(tool, at);
    this.found.push(this.current);
    this.mode = 'commands';
    this.verb = '';
    this.other = 0;
  }

  private push(from: 'client' | 'server', text: string, at: number): void {
    if (!this.current) return;
    this.current.turns.push({ from, text });
    this.current.end = at;
    this.other = 0;
    if (from === 'client' && this.mode === 'data') this.mode = 'commands';
  }
}

/** What was typed and taken back again: consoles record both. */
function withoutDeleted(line: string): string {
  if (!line.includes('\b')) return line;
  const kept: string[] = [];
  for (const sign of line) {
    if (sign === '\b' || sign === '\x7f') kept.pop();
    else kept.push(sign);
  }
  return kept.join('');
}

/** One line that looks like SMTP proves nothing: a greeting and an answer, or two answers, do. */
function isSession({ tool, turns, failure, tls, smtp }: Transcript): boolean {
  if (failure?.stage === 'connect' || failure?.stage === 'dns') return smtp;
  let answered = 0;
  for (const [i, { from, text }] of turns.entries()) {
    const previous = turns[i - 1];
    if (from === 'server' && (previous?.from === 'client' || (i === 0 && GREETING.test(text)))) answered += 1;
  }
  if (tool === 'openssl') return smtp && (failure !== null || answered > 0 || tls.verification !== undefined);
  return answered >= 2;
}
