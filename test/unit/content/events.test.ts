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
