/** Which wizard the shipped triggers offer for queues, tracking, sessions and the connectivity log. */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { LIST, TABLE, VIEWER } from '../../fixtures/queues/compose.ts';
import { TRACE, LIST as TRACKING_LIST } from '../../fixtures/tracking/compose.ts';
import { ALL as transcripts } from '../../fixtures/transcripts/compose.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const offered = (text: string) => triage(library, text).suggestions.map(({ wizard }) => wizard);
const best = (text: string) => triage(library, text).suggestions[0];

const queue = (type: string, status = 'Ready', error = '') =>
  `Identity : MBX01\\${type === 'Poison' || type === 'Submission' ? type : '4'}\nDeliveryType : ${type}\nStatus : ${status}\nMessageCount : 300\nNextHopDomain : x\nLastError : ${error}`;

describe('a queue', () => {
  test.each([
    ['Submission', 'queue'],
    ['SmtpDeliveryToMailbox', 'queue'],
    ['Unreachable', 'queue'],
    ['Poison', 'agents'],
    ['ShadowRedundancy', 'queue'],
  ])('%s leads to %s', (type, wizard) => {
    expect(best(queue(type))?.wizard).toBe(wizard);
  });

  test('the reply of the other server counts more than the kind of queue', () => {
    expect(offered(LIST).slice(0, 2)).toContain('modern');
    expect(offered(LIST)).toContain('queue');
    expect(
      best(queue('SmtpRelayToServers', 'Retry', '451 5.7.3 Cannot achieve Exchange Server authentication')),
    ).toMatchObject({ wizard: 'modern', parameters: { local_server: 'MBX01', queue: 'MBX01\\4' } });
  });

  test('in every layout', () => {
    for (const text of [TABLE, VIEWER]) expect(offered(text)).toContain('queue');
  });
});

describe('message tracking', () => {
  test('a message without a way', () => {
    expect(best(TRACKING_LIST)).toMatchObject({
      wizard: 'dns',
      parameters: { message_id: '<c3@contoso.com>', recipient: 'user2@fabrikam.com', local_server: 'MBX01' },
    });
  });

  test('a message that an agent holds', () => {
    expect(best(TRACE)?.wizard).toBe('agents');
    expect(offered(TRACE)).toContain('trace');
  });
});

describe('a session', () => {
  test.each([
    ['SWAKS_RELAY', 'relay'],
    ['SWAKS_LOGON', 'exps'],
    ['SWAKS_REFUSED', 'services'],
    ['SWAKS_MASKED', 'firewall-blob'],
    ['TELNET_NOBODY', 'services'],
    ['OPENSSL', 'relay'],
    ['OPENSSL_STRIPPED', 'tls'],
    ['TCPDUMP_BLOB', 'firewall-blob'],
    ['STREAM_BLOB', 'firewall-blob'],
  ] as const)('%s leads to %s', (name, wizard) => {
    expect(best(transcripts[name])?.wizard).toBe(wizard);
  });

  test('a refused XEXCH50 begins with the question whose server it is', () => {
    expect(best(transcripts.TELNET_XEXCH50)).toMatchObject({
      wizard: 'entry',
      step: 'same-organisation',
      parameters: { remote_host: 'mail2.contoso.com', command: 'XEXCH50' },
    });
  });
});
