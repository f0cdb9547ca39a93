/** One session of the lab server: reads a command, looks it up in the table, answers, and so on to the end. */
import type { SecureContext } from 'node:tls';
import { type LabCommand, moment, readCommand } from '../../../wizards/engine/lab/command.ts';
import type { Situation } from '../../../wizards/engine/lab/conditions.ts';
import type { Conversation } from '../../../wizards/engine/lab/conversation.ts';
import { replyText } from '../../../wizards/engine/lab/reply-text.ts';
import { ruleFor } from '../../../wizards/engine/lab/rule-for.ts';
import { advance, afterTls, FRESH, type LabState } from '../../../wizards/engine/lab/session-state.ts';
import type { LabVerb } from '../../../wizards/engine/lab/words.ts';
import type { LabRule } from '../../../wizards/engine/schema.ts';
import { authenticate } from './authenticate.ts';
import type { Connection } from './connection.ts';
import { pause } from './pause.ts';
import { tlsNotes } from './tls-notes.ts';
import type { Happening, SessionIds, Watcher } from './watcher.ts';

export type Lab = {
  conversation: Conversation;
  context: SecureContext;
  /** The name in the certificate. */
  subject: string;
  implicitTls: boolean;
  /** Delays of the profile are taken times this. */
  delayScale: number;
  now: () => Date;
  /** Whether this client, sender and recipient meet for the first time, as far as is remembered. */
  firstContact: (key: string) => boolean;
  watch: Watcher;
};

/** Exchange takes longer lines than RFC 5321 wants; beyond this a command is refused. */
const LONGEST_COMMAND = 4096;

export class Session {
  readonly #lab: Lab;
  readonly #connection: Connection;
  readonly #ids: SessionIds;
  #state: LabState = FRESH;
  #errors = 0;
  /** A client whose AUTH was refused may go on to send its password all the same. */
  #mayBeSecret = false;
  #messages = 0;
  #open = true;
  /** Nothing is answered any more; whoever waits has to go. */
  #silent = false;
  /** Bytes of the chunks of BDAT so far. */
  #chunked = 0;

  constructor(lab: Lab, connection: Connection, id: string) {
    this.#lab = lab;
    this.#connection = connection;
    this.#ids = { session: id, local: connection.local, remote: connection.remote };
  }

  /** From the greeting to the end. Never rejects: whatever a client does ends its session only. */
  async run(): Promise<void> {
    this.#tell({ kind: 'connect' });
    try {
      await this.#converse();
      if (this.#open && this.#connection.idle) await this.#moment('IDLE');
    } catch {
      // What a client can do to a socket is not listed anywhere; its connection is at an end.
    }
    const byUs = this.#connection.idle || (!this.#open && !this.#silent);
    this.#tell({ kind: 'disconnect', by: byUs ? 'Local' : 'Remote' });
    await this.#connection.close();
    this.#connection.destroy();
  }

  async #converse(): Promise<void> {
    if (this.#lab.implicitTls && !(await this.#handshake('starttls'))) return;
    await this.#moment('CONNECT');
    while (this.#open) {
      const line = await this.#connection.reader.line(LONGEST_COMMAND);
      if (line === null) return;
      await this.#command(this.#throughDevice(line.text), line.tooLong);
    }
  }

  /** What a device in the path makes of a line: a verb that the server has and the device does not becomes X. */
  #throughDevice(line: string): string {
    const { mask } = this.#lab.conversation.profile;
    if (!mask) return line;
    const { verb, word } = readCommand(line);
    return verb === '*' || mask.verbs.includes(verb) ? line : line.replace(word, 'X'.repeat(word.length));
  }

  async #command(line: string, tooLong: boolean): Promise<void> {
    const command = readCommand(line, tooLong);
    if (command.verb !== '*') this.#mayBeSecret = command.verb === 'AUTH' || command.verb === 'X-EXPS';
    const hidden = command.verb === '*' && this.#mayBeSecret;
    this.#tell({ kind: 'received', text: hidden ? HIDDEN : withoutSecrets(command, line) });
    // Chunks follow their command whatever is answered (RFC 3030, section 2).
    if (command.verb === 'BDAT' && command.bytes !== null) {
      if ((await this.#connection.reader.skip(command.bytes)) < command.bytes) return;
      this.#chunked += command.bytes;
    }
    const code = await this.#answer(command);
    await this.#follow(command, code);
    if (code >= 500 && code <= 504) this.#errors += 1;
    if (this.#open && this.#errors >= this.#lab.conversation.server.errors) await this.#moment('ERRORS');
  }

  /** What a command that was taken brings with it. */
  async #follow(command: LabCommand, code: number): Promise<void> {
    const { reader } = this.#connection;
    switch (code === 0 ? null : command.verb) {
      case 'STARTTLS':
      case 'X-ANONYMOUSTLS':
        if (code === 220) await this.#handshake(command.verb === 'STARTTLS' ? 'starttls' : 'internal');
        break;
      case 'XEXCH50': {
        const bytes = command.bytes ?? 0;
        if (code === 354 && (await reader.skip(bytes)) === bytes) await this.#moment('BLOB', bytes);
        break;
      }
      case 'DATA': {
        const bytes = code === 354 ? await reader.body() : null;
        if (bytes !== null) await this.#message(bytes);
        break;
      }
      case 'BDAT':
        if (code !== 250 || command.last) this.#chunked = 0;
        break;
      case 'QUIT':
        if (code < 300) this.#open = false;
        break;
      default:
    }
  }

  async #message(bytes: number): Promise<number> {
    this.#messages += 1;
    return this.#moment('BODY', bytes);
  }

  async #handshake(kind: 'starttls' | 'internal'): Promise<boolean> {
    const { context, subject } = this.#lab;
    const agreed = await this.#connection.startTls(context);
    for (const note of tlsNotes(agreed, subject)) this.#tell({ kind: 'note', ...note });
    if (typeof agreed === 'string') {
      this.#open = false;
      return false;
    }
    this.#state = afterTls(kind);
    return true;
  }

  async #moment(verb: LabVerb, bytes: number | null = null): Promise<number> {
    return this.#answer({ ...moment(verb), bytes });
  }

  /** Says what the table has for a command. Gives the code of the reply, 0 where none was given. */
  async #answer(command: LabCommand, login: Situation['login'] = null): Promise<number> {
    const situation = this.#situation(command, login);
    const rule = ruleFor(situation);
    if (!rule) return 0;
    if (rule.delay) await this.#delay(rule.delay, command);
    const code = await this.#say(rule, situation);
    this.#state = advance(this.#state, command, code);
    if (rule.next === 'authenticate') return this.#authenticate(command);
    if (rule.next === 'message') return this.#message(this.#chunked);
    if (code === 421 || rule.next === 'close') this.#open = false;
    if (rule.next === 'reset') {
      this.#open = false;
      this.#connection.reset();
    }
    if (rule.next === 'silence') {
      this.#open = false;
      this.#silent = true;
      while ((await this.#connection.reader.chunk()) !== null);
    }
    return code;
  }

  #situation(command: LabCommand, login: Situation['login']): Situation {
    const { conversation, firstContact } = this.#lab;
    const state = this.#state;
    const key = `${this.#connection.clientAddress} ${state.sender} ${command.address}`.slice(0, 600);
    return { conversation, state, command, login, firstContact: () => firstContact(key) };
  }

  /** A late answer is written into the log as Exchange writes its tarpit. */
  async #delay(seconds: number, { verb }: LabCommand): Promise<void> {
    const { gone } = this.#connection;
    if (verb !== 'BLOB') this.#tell({ kind: 'note', data: `Tarpit for '0.${clockOf(seconds)}'`, context: '' });
    await pause(seconds * 1000 * this.#lab.delayScale, gone);
  }

  async #say(rule: LabRule, situation: Situation): Promise<number> {
    if (rule.raw !== undefined) {
      const bytes = Buffer.from(rule.raw, 'latin1');
      this.#tell({ kind: 'sent', lines: [rule.raw], capabilities: false });
      await this.#connection.write(bytes);
      return 0;
    }
    const reply = replyText(rule, situation, {
      date: this.#lab.now().toUTCString().replace('GMT', '+0000'),
      client: this.#connection.clientAddress,
      message: `${this.#ids.session}-${this.#messages}`,
    });
    if (!reply) return 0;
    this.#tell({
      kind: 'sent',
      lines: reply.said,
      capabilities: reply.code === 250 && situation.command.verb === 'EHLO',
    });
    // The reply to STARTTLS is followed by a handshake: what came too early is dropped before it (RFC 3207, section 4.2).
    const startsTls = reply.code === 220 && situation.command.verb !== 'CONNECT';
    if (startsTls) this.#dropPlaintext();
    await this.#connection.write(Buffer.from(reply.lines.map((line) => `${line}\r\n`).join(''), 'latin1'));
    return reply.code;
  }

  #dropPlaintext(): void {
    const { reader } = this.#connection;
    if (this.#lab.conversation.profile.keeps_plaintext) reader.keep();
    else reader.drop();
  }

  async #authenticate(command: LabCommand): Promise<number> {
    const { reader } = this.#connection;
    const mechanism = (command.argument.split(' ')[0] ?? '').toUpperCase();
    const result = await authenticate(mechanism, command.argument, {
      challenge: async (text) => {
        this.#tell({ kind: 'sent', lines: [`334 ${HIDDEN}`], capabilities: false });
        await this.#connection.write(Buffer.from(`334 ${text}\r\n`, 'latin1'));
        return reader.line(LONGEST_RESPONSE);
      },
    });
    if (result === null) return 0;
    if (result.login === 'wrong')
      this.#tell({ kind: 'note', data: '', context: `Inbound AUTH ${mechanism} failed because of LogonDenied` });
    if (result.login === 'right') {
      this.#state = { ...this.#state, user: result.user };
      this.#tell({ kind: 'note', data: `CONTOSO\\${result.user}`, context: 'authenticated' });
    }
    return this.#answer({ ...moment('LOGIN'), argument: mechanism }, result.login);
  }

  #tell(happening: Happening): void {
    this.#lab.watch(this.#ids, happening);
  }
}

/** A Kerberos token may be long (RFC 4954, section 4: 12288 characters). */
const LONGEST_RESPONSE = 12_288;

/** As Exchange writes it in place of what must not be read. */
const HIDDEN = '<authentication response>';

/** What AUTH carries behind the mechanism is a part of the login. */
function withoutSecrets({ verb, argument, word }: LabCommand, line: string): string {
  if (verb !== 'AUTH' && verb !== 'X-EXPS') return line;
  const [mechanism = '', secret] = argument.split(' ');
  return `${word} ${mechanism}${secret === undefined ? '' : ` ${HIDDEN}`}`.trim();
}

const clockOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19);
