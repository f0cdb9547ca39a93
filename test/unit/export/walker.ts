/** Walks a case in a test: every input is decided and folded as in the product, one minute after the other. */
import { createHash } from 'node:crypto';
import { type Checklist, type ChecklistContext, checklist } from '../../../wizards/engine/checklist.ts';
import {
  type Capture,
  type CaseEvent,
  type CaseState,
  EMPTY_CASE,
  evolve,
  type RecordedEvent,
  valuesOf,
} from '../../../wizards/engine/model.ts';
import { readingFor } from '../../../wizards/engine/reading.ts';
import { decide, type Input } from '../../../wizards/engine/walk.ts';
import { smallLibrary } from './small-library.ts';

const START = Date.parse('2026-03-28T22:58:00.000Z');
export const EVENT_TEXT = [
  'Log Name:      Application',
  'Source:        MSExchangeTransport',
  'Event ID:      7004',
  'Description:',
  'This is an SMTP protocol error log for virtual server ID 1, connection #30.',
  'The remote host "mail.fabrikam.com", responded to the SMTP command "xexch50" with "504 Need to authenticate first".',
].join('\n');

type Opening = Partial<Extract<Input, { type: 'open' }>>;

export class Walker {
  state: CaseState = EMPTY_CASE;
  actor = 'Ada Operator';
  readonly texts = new Map<string, string>();

  constructor(opening: Opening = {}) {
    this.input({
      type: 'open',
      case: '20260328-225900-7004',
      title: 'mail01 to mail02: 504 on XEXCH50',
      ticket: 'INC0020457',
      operator: 'Ada Operator',
      product: 'Fieldguide 0.1.0',
      wizard: 'connectors',
      evidence: [
        {
          kind: 'event',
          id: '7004',
          source: 'MSExchangeTransport',
          title: 'SMTP protocol error',
          line: 1,
          fields: { remote_host: 'mail.fabrikam.com', command: 'xexch50' },
          text: this.store(EVENT_TEXT),
        },
      ],
      parameters: {
        remote_host: { value: 'mail.fabrikam.com', from: 'evidence' },
        environment: { value: '2013+', from: 'default' },
        connector: { value: 'MBX02\\Default MBX02', from: 'person' },
      },
      ...opening,
    });
  }

  store(text: string): { sha256: string; bytes: number } {
    const sha256 = createHash('sha256').update(text).digest('hex');
    this.texts.set(sha256, text);
    return { sha256, bytes: Buffer.byteLength(text) };
  }

  /** The time of the next event. */
  now(): string {
    return new Date(START + this.state.seq * 60_000).toISOString();
  }

  input(input: Input): this {
    const decision = decide(smallLibrary, this.state, input);
    if ('refusal' in decision) throw new Error(decision.refusal.message);
    for (const event of decision.events) this.fold(event);
    return this;
  }

  fold(event: CaseEvent): this {
    const head = { seq: this.state.seq + 1, at: this.now(), actor: this.actor, host: 'WS01' };
    this.state = evolve(this.state, { ...head, ...event } as RecordedEvent);
    return this;
  }

  choose(outcome: string, note?: string): this {
    return this.input({ type: 'choose', outcome, ...(note === undefined ? {} : { note }) });
  }

  back(to: number): this {
    return this.input({ type: 'back', to });
  }

  capture(command: string | null, text: string, output: string, more: Partial<Capture> = {}): this {
    const visit = this.state.visits[(this.state.current ?? 1) - 1];
    const values = valuesOf(this.state);
    const reading = command === null || !visit ? null : readingFor(smallLibrary, visit, command, output, values, text);
    return this.input({
      type: 'capture',
      capture: {
        command,
        shell: 'ems',
        text,
        source: 'run',
        output: this.store(output),
        raw: null,
        truncated: false,
        result: 'ok',
        exit: null,
        ended: 'exit',
        startedAt: this.now(),
        ms: 1240,
        host: 'MBX02',
        user: 'CONTOSO\\ada',
        directory: 'C:\\Windows\\System32',
        shellVersion: '5.1.20348.2227',
        parameters: { connector: 'MBX02\\Default MBX02' },
        reading,
        ...more,
      },
    });
  }

  read(mechanisms: string, more: Partial<Capture> = {}): this {
    const sent = "Get-ReceiveConnector -Identity 'MBX02\\Default MBX02' | Format-List Identity,AuthMechanism";
    const output = `\nIdentity      : MBX02\\Default MBX02\nAuthMechanism : ${mechanisms}\n\n`;
    return this.capture('E1', sent, output, more);
  }

  change(mechanisms: string): this {
    const list = mechanisms.split(',').map((name) => `'${name.trim()}'`);
    const sent = `Set-ReceiveConnector -Identity 'MBX02\\Default MBX02' -AuthMechanism ${list.join(',')}`;
    return this.capture('E4', sent, '', { parameters: { connector: 'MBX02\\Default MBX02', mechanisms } });
  }

  checklist(context: Partial<ChecklistContext> = {}): Checklist {
    return checklist(smallLibrary, this.state, {
      head: 'f00d'.repeat(16),
      exportedAt: '2026-03-29T10:00:00.000Z',
      exportedBy: 'Ada Operator',
      product: 'Fieldguide 0.1.0',
      timeZone: 'Europe/Berlin',
      outputOf: (sha256) => this.texts.get(sha256),
      lines: (sha256) => this.texts.get(sha256)?.split('\n'),
      ...context,
    });
  }
}

/** From the event to the closed case, with a detour that was given up, a note and a colleague. */
export function fullWalk(): Walker {
  const walk = new Walker();
  walk.choose('same').choose('right').choose('unknown', 'No rights on MBX02 yet.').back(3);
  walk.read('Tls, Integrated').input({ type: 'note', text: 'Rights were granted at 23:59.\nTicket CHG0001.' });
  walk.choose('missing');
  walk.actor = 'Grace Colleague';
  walk.change('Tls,Integrated,ExchangeServer').read('Tls, Integrated, ExchangeServer').choose('verified');
  return walk;
}
