/** Every change of the catalogue says what it replaces: the captured old value, the new one, or why there is none. */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { startingValues } from '../../../wizards/engine/captured-values.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { nowThenOf } from '../../../wizards/engine/now-then.ts';
import { captureInput, Player } from '../engine/player.ts';

const library = createLibrary((await compileLibrary(readYamlFolder('wizards'))).files);
const commands = [...library.commands.values()].map(({ command }) => command);

/** What the change shows after these samples were captured and these values were set. */
function shown(id: string, samples: Record<string, string>, values: Record<string, string> = {}) {
  const command = library.commands.get(id)?.command;
  if (!command) throw new Error(`no command ${id}`);
  const player = new Player(library, 'auth-settings');
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) player.send({ type: 'set', name, value });
  for (const [reader, sample] of Object.entries(samples)) {
    const found = library.commands.get(reader)?.command.samples?.find((one) => one.id === sample);
    if (!found) throw new Error(`no sample ${sample} of ${reader}`);
    texts.set(reader, found.output);
    player.send(captureInput(reader, null, { output: { sha256: reader, bytes: 1 } }));
  }
  const outputOf = (hash: string) => texts.get(hash);
  const known = startingValues(library, player.state, command, outputOf);
  return nowThenOf(library, player.state, command, known, outputOf);
}
const rowsOf = (id: string, samples: Record<string, string>, values?: Record<string, string>) =>
  shown(id, samples, values)?.rows.map(({ label, now, next }) => [label, now, next]);

describe('a change whose old value was captured', () => {
  test.each([
    ['X4', { X1: 'no-integrated' }, {}, [['msExchAuthenticationFlags', '3', '7']]],
    ['X2', { X1: 'no-integrated' }, {}, [['msExchAuthenticationFlags', '3', '7']]],
    ['X4', { X3: 'no-integrated' }, {}, [['msExchAuthenticationFlags', '3', '7']]],
    ['X4-providers', { X3: 'no-kerberos' }, {}, [['msExchNTAuthenticationProviders', 'NTLM', 'GSSAPI,NTLM']]],
    ['X6-set', { X6: 'low-powershell' }, { log_level: '5' }, [['Logging level', '1', '5']]],
    [
      'E2',
      { E1: 'exchange-auth-off' },
      {},
      [
        [
          'AuthMechanism',
          'Tls,BasicAuth,BasicAuthRequireTLS',
          'Tls,BasicAuth,BasicAuthRequireTLS,Integrated,ExchangeServer',
        ],
      ],
    ],
    [
      'E2-ranges',
      { E1: 'relay-connector' },
      { remote_ip_ranges: '192.0.2.64/28' },
      [['RemoteIPRanges', '192.0.2.0/24', '192.0.2.64/28']],
    ],
    [
      'E2-fqdn',
      { E1: 'public-name' },
      { receiving_fqdn: 'mbx02.contoso.com' },
      [['Receiving server (full name)', 'mail.contoso.com', 'mbx02.contoso.com']],
    ],
    ['E3', { E1: 'servers-not-allowed' }, {}, [['PermissionGroups', 'ExchangeUsers', 'ExchangeUsers,ExchangeServers']]],
    [
      'E3-reapply',
      { E1: 'servers-not-allowed' },
      {},
      [['PermissionGroups', 'ExchangeUsers', 'ExchangeUsers,ExchangeServers']],
    ],
  ] as [string, Record<string, string>, Record<string, string>, unknown][])(
    '%s shows it beside the new one',
    (id, samples, values, rows) => {
      expect(rowsOf(id, samples, values)).toEqual(rows);
      expect(shown(id, samples, values)?.why).toBeNull();
    },
  );
});

describe('a change whose old value is not known', () => {
  test('says so and names the command that reads it', () => {
    expect(shown('X4', {})).toEqual({
      rows: [{ name: 'auth_flags', label: 'msExchAuthenticationFlags', now: null, next: null }],
      why: expect.stringMatching(
        /^The old value was not captured before\. It is read with “.+” or “Read the authentication flags from the metabase”\.$/,
      ),
    });
  });

  test.each(['E7-connector', 'E6-connector-deny', 'E17'])('%s replaces no value, and the reason is given', (id) => {
    const { rows, why } = shown(id, {}) ?? { rows: [], why: null };
    expect(rows).toEqual([]);
    expect(why).toMatch(/^(No value is replaced here|There is no old value)/);
  });
});

test('every change of the catalogue has rows or a reason, and no reading command has either', () => {
  for (const command of commands) {
    const found = shown(command.id, {});
    if (command.effect === 'read') expect(found, command.id).toBeNull();
    else expect(found?.why, command.id).toBeTruthy();
  }
});
