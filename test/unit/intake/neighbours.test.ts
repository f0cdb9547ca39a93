/** Logs of the neighbourhood: named, with what would help instead. All samples are composed. */
import { describe, expect, test } from 'vitest';
import { triage } from '../../../wizards/engine/triage.ts';
import { testLibrary } from '../../fixtures/events/library.ts';
import { HEADER } from '../../fixtures/tracking/compose.ts';

const library = testLibrary();
const software = (type: string, fields: string) =>
  `#Software: Microsoft Exchange Server\n#Version: 15.0.0.0\n#Log-Type: ${type}\n#Date: 2026-11-26T09:00:00.000Z\n#Fields: ${fields}\n`;

describe('a log that says nothing about the way of mail', () => {
  test.each([
    ['an agent log', software('Agent Log', 'Timestamp,SessionId,LocalEndpoint,RemoteEndpoint,Agent,Event,Action')],
    ['an agent log', software('Anti-spam Agent Log', 'Timestamp,SessionId')],
    ['a log of the HTTP proxy', software('HttpProxy Logs', 'DateTime,RequestId,Protocol')],
    ['a protocol log of POP or IMAP', software('POP3 Log', 'dateTime,sessionId,seqNumber,sIp,cIp,user')],
    ['a protocol log of POP or IMAP', software('IMAP4 Log', 'dateTime,sessionId')],
    [
      'a web log of IIS',
      '#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2026-11-26 09:00:00\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken\n2026-11-26 09:00:01 192.0.2.20 POST /owa/auth.owa - 443 - 192.0.2.10 Browser 302 15',
    ],
    [
      'a snapshot of pipeline tracing',
      'X-CreatedBy: MessageSnapshot-Begin injected headers\nX-MessageSnapshot-UTC-Time: 2026-11-26T09:00:00.000Z\nX-MessageSnapshot-Source: OnSubmittedMessage,Some Agent\nX-Sender: user1@contoso.com',
    ],
    [
      'the log of Exchange setup',
      '[11.26.2026 09:00:00.0074] [0] **********************************************\n[11.26.2026 09:00:00.0078] [0] Starting setup',
    ],
  ])('%s', (name, text) => {
    const { findings, note } = triage(library, text);
    expect(findings).toEqual([]);
    expect(note).toMatch(new RegExp(`^This is ${name}\\. `));
    expect(note).not.toMatch(/Neither an event nor a reply/);
    expect(triage(library, text.replace(/^/gm, '> ')).note).toBe(note);
  });

  test('another log of Exchange is named by its own name', () => {
    expect(triage(library, software('ECP Server Log', 'TimeStamp,ServerName')).note).toMatch(/"ECP Server Log"/);
  });
});

test.each([
  ['message tracking', HEADER],
  ['a protocol log', software('SMTP Receive Protocol Log', 'date-time,connector-id')],
  [
    'an SMTP log of IIS',
    '#Software: Microsoft Internet Information Services 6.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status time-taken\n2026-11-26 09:00:50 192.0.2.10 EHLO - 250 0',
  ],
  ['a question', 'Where is the agent log, and what is pipeline tracing?'],
])('%s is no neighbour', (_, text) => {
  expect(triage(library, text).note ?? '').not.toMatch(/This is a/);
});
