/** What the shipped events fill in: the values of the right machine, and no others. */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { filledIn } from '../../../wizards/engine/intake/finding.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { renderCommand } from '../../../wizards/engine/render.ts';
import type { Shell } from '../../../wizards/engine/schema.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { type Protocol, SAMPLE, viewer2003 } from '../../fixtures/events/compose.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const suggested = (event: Protocol) => triage(library, viewer2003(event)).suggestions[0]?.parameters ?? {};

describe.each([7002, 7004] as const)('event %i, logged by the sender', (id) => {
  test.each(['mail2.contoso.com', '192.0.2.20', '[192.0.2.20]', '2001:db8::25'])(
    'names the receiving server to connect to, by name or address: %s',
    (peer) => {
      expect(suggested({ ...SAMPLE, id, peer }).receiving_host).toBe(peer.replace(/[[\]]/g, ''));
    },
  );

  test('gives no full name where it has an address only', () => {
    const values = suggested({ ...SAMPLE, id, peer: '192.0.2.20' });
    expect([values.receiving_fqdn, values.receiving_server]).toEqual([undefined, undefined]);
    expect(values).toMatchObject({ remote_host: '192.0.2.20', remote_ip: '192.0.2.20' });
  });

  test('names the number of the sender’s virtual server, and no case takes it for the receiver’s', () => {
    const { findings, suggestions } = triage(library, viewer2003({ ...SAMPLE, id, virtualServer: '2' }));
    expect(findings[0]?.fields.virtual_server).toBe('2');
    expect(suggestions.length).toBeGreaterThan(0);
    for (const suggestion of suggestions) {
      expect(suggestion.parameters).toMatchObject({ virtual_server: '2' });
      const { virtual_server: _, ...rest } = suggestion.parameters;
      expect(filledIn(suggestion)).toStrictEqual(rest);
    }
  });
});

describe('event 7010, logged by the receiver', () => {
  const values = suggested({ ...SAMPLE, id: 7010, peer: '192.0.2.10', virtualServer: '2' });

  test('gives the number of its own virtual server', () => {
    expect(values).toMatchObject({ virtual_server: '2', receiving_server: 'MAIL1', sending_ip: '192.0.2.10' });
  });

  test('leaves open what to connect to: its client is the sender, who need not take connections', () => {
    expect(values).not.toHaveProperty('receiving_host');
  });
});

describe('a network test of an address', () => {
  const render = (id: string, shell: Shell, receiving_host: string) => {
    const command = library.commands.get(id)?.command as Parameters<typeof renderCommand>[0]['command'];
    const values = { receiving_host, port: '25', ehlo_name: 'test.contoso.com' };
    const rendered = renderCommand({ command, parameters: library.parameters, shell, values });
    return rendered.ok ? rendered.text : rendered;
  };

  test.each(['192.0.2.20', '2001:db8::25', 'mbx02.contoso.com'])('is written with %s', (host) => {
    expect(render('L1', 'bash', host)).toBe(
      `openssl s_client -starttls smtp -host '${host}' -port 25 -brief </dev/null`,
    );
    expect(render('L2', 'bash', host)).toMatch(`swaks --server '${host}' --port 25 `);
    expect(render('X12', 'cmd', host)).toBe(`telnet "${host}" 25`);
    expect(render('W2', 'powershell', host)).toMatch(`Test-NetConnection -ComputerName '${host}' -Port 25 `);
  });
});

const wordings = library.events.flatMap(({ source, events }) =>
  events.flatMap((event) => (event.text === undefined ? [] : [{ source, event, text: event.text }])),
);
const numbers = library.events.flatMap(({ source, events }) => events.map(({ id }) => ({ source, id })));
/** A value for each slot, in the form that the slot has in real events. */
const VALUES: Record<string, string> = {
  remote_ip: '192.0.2.10',
  status: '5.4.0',
  socket_error: '10048',
  error_code: '0x8009030c',
};
const filled = (text: string): { text: string; slots: string[] } => {
  const slots: string[] = [];
  const full = text.replace(/<([a-z][a-z0-9_]*)>/g, (_, slot: string) => {
    slots.push(slot);
    return VALUES[slot] ?? `${slot.replaceAll('_', '')}7`;
  });
  return { text: full, slots };
};

describe('every event that is described', () => {
  test.each(wordings)('$source $event.id is found by its wording, with its values', ({ source, event, text }) => {
    const { text: copy, slots } = filled(text);
    const { findings } = triage(
      library,
      [
        'Log Name:      Application',
        `Source:        ${source}`,
        'Date:          3/14/2011 7:33:29 AM',
        `Event ID:      ${event.id}`,
        'Computer:      MBX02',
        'Description:',
        copy,
      ].join('\r\n'),
    );
    expect(findings).toHaveLength(1);
    const [found] = findings;
    expect([found?.source, found?.id, found?.title]).toEqual([source, String(event.id), event.title]);
    for (const slot of slots) {
      const value = VALUES[slot] ?? `${slot.replaceAll('_', '')}7`;
      expect(found?.fields[slot]).toBe(value);
    }
  });

  test.each(numbers)('$source $id is found by its source and number alone', ({ source, id }) => {
    const { findings } = triage(library, `Event Type:\tError\r\nEvent Source:\t${source}\r\nEvent ID:\t${id}\r\n`);
    expect(findings.map((found) => [found.source, found.id])).toEqual([[source, String(id)]]);
    expect(findings[0]?.title).not.toMatch(/^Event \d/);
  });
});

describe('the same number, written by another source or with another wording', () => {
  const found = (text: string) => triage(library, text);

  test('1018 with a binding is about the port, without its description nobody can tell', () => {
    const header = 'Event Source:\tMSExchangeFrontEndTransport\r\nEvent ID:\t1018\r\n';
    const port = found(`${header}Description:\r\nThe address is already in use. Binding: 0.0.0.0:25.\r\n`);
    expect(port.findings[0]).toMatchObject({
      title: 'Another program has the port of the service',
      fields: { binding: '0.0.0.0:25' },
    });
    expect(port.suggestions[0]).toMatchObject({ wizard: 'services', score: 90 });
    const bare = found(header);
    expect(bare.findings[0]?.title).toMatch(/its description decides/);
    expect(bare.suggestions.map(({ wizard }) => wizard)).not.toContain('services');
  });

  const SUBMIT =
    "The account 'CONTOSO\\svc-scan' provided valid credentials, but it does not have submit permissions on SMTP Receive connector 'Relay HUB01'; failing authentication.";

  test('1018 about an account is about its rights, and not about the port', () => {
    const account = { account_name: 'CONTOSO\\svc-scan', connector_name: 'Relay HUB01' };
    for (const header of ['Event Source:\tMSExchangeTransport\r\nEvent ID:\t1018\r\nDescription:\r\n', '']) {
      const { findings, suggestions } = found(header + SUBMIT);
      expect(findings).toMatchObject([
        { id: '1018', title: 'An account may log on, and not submit mail at this connector', fields: account },
      ]);
      expect(suggestions).toMatchObject([{ wizard: 'sender-permission', score: 85 }]);
    }
  });

  test('1018 about the port leaves the rights of senders alone', () => {
    const text =
      "The SMTP Receive connector 'Relay HUB01' rejected the configuration: The address is already in use. Binding: 192.0.2.5:25.";
    const { suggestions } = found(`Event Source:\tMSExchangeTransport\r\nEvent ID:\t1018\r\nDescription:\r\n${text}`);
    expect(suggestions.map(({ wizard }) => wizard)).toEqual(['services']);
  });

  test('1018 of which the description is missing may be about rights', () => {
    const { suggestions } = found('Event Source:\tMSExchangeTransport\r\nEvent ID:\t1018\r\n');
    expect(suggestions).toMatchObject([{ wizard: 'sender-permission', score: 55 }]);
  });

  test('1019 goes by its text where that is of an account', () => {
    const { findings, suggestions } = found(
      `Event Source:\tMSExchangeTransport\r\nEvent ID:\t1019\r\nDescription:\r\n${SUBMIT}`,
    );
    expect(findings).toMatchObject([
      { id: '1019', title: 'An account may log on, and not submit mail at this connector' },
    ]);
    expect(suggestions).toMatchObject([{ wizard: 'sender-permission', score: 85 }]);
    const bare = found('Event Source:\tMSExchangeTransport\r\nEvent ID:\t1019\r\n');
    expect(bare.suggestions).toMatchObject([{ wizard: 'services', score: 70 }]);
  });

  test('3018 of the information store is no report about a refused mail', () => {
    const { findings, suggestions } = found('Event Source:\tMSExchangeIS Public Store\r\nEvent ID:\t3018\r\n');
    expect(findings[0]?.title).toMatch(/public folder replication/);
    expect(suggestions).toEqual([]);
  });

  test('2017 with an error of the domain controller leads to encryption types', () => {
    const event = (error: string) =>
      found(
        `Outbound authentication failed with error ${error} for Send connector Intra-Organization SMTP Send Connector. The authentication mechanism is ExchangeAuth. The target is SMTPSVC/mbx02.contoso.com.`,
      );
    expect(event('KdcUnknownEncryptionType').suggestions[0]?.wizard).toBe('kerberos-hardening');
    expect(event('TargetUnknown').suggestions[0]?.wizard).toBe('modern');
  });
});
