import { describe, expect, test } from 'vitest';
import { renderCommand, templatesOf } from '../../../wizards/engine/render.ts';
import { command, oneValue, parameter } from './one-value-command.ts';

const PARAMETERS = {
  local_server: parameter('local_server', 'host'),
  connector: parameter('connector', 'connector'),
  level: parameter('level', 'enum', { values: ['None', 'Verbose'] }),
};
const SET_LOGGING = command(
  [
    {
      shell: ['ems', 'powershell'],
      environments: ['2013+'],
      text: 'Set-ReceiveConnector {connector} -ProtocolLoggingLevel {level}',
    },
    { shell: 'ems', text: 'Set-TransportServer {local_server} -ProtocolLoggingLevel {level}' },
    { shell: 'console', environments: ['2000-2003'], text: 'Servers > {local_server} > Diagnostics Logging' },
  ],
  {
    parameters: [
      { name: 'local_server' },
      { name: 'connector' },
      { name: 'level', required: false, default: 'Verbose' },
    ],
  },
);

function render(values: Record<string, string>, more: object = {}) {
  return renderCommand({
    command: SET_LOGGING,
    parameters: PARAMETERS,
    shell: 'ems',
    environment: '2013+',
    values,
    ...more,
  });
}

describe('the template is chosen', () => {
  const chosen = (environment?: '2000-2003' | '2007-2010' | '2013+') =>
    templatesOf(SET_LOGGING, environment).map(({ shell, template }) => [
      shell,
      SET_LOGGING.templates.indexOf(template),
    ]);

  test('as the first for each shell that fits the environment', () => {
    expect(chosen('2013+')).toEqual([
      ['ems', 0],
      ['powershell', 0],
    ]);
    expect(chosen('2007-2010')).toEqual([['ems', 1]]);
    expect(chosen('2000-2003')).toEqual([
      ['ems', 1],
      ['console', 2],
    ]);
  });

  test('as the first of all where the environment is not known', () => {
    expect(chosen()).toEqual([
      ['ems', 0],
      ['powershell', 0],
      ['console', 2],
    ]);
  });

  test('or its absence is said', () => {
    const rendered = render({}, { shell: 'bash' });
    expect(rendered).toMatchObject({ ok: false, noTemplate: true, missing: [] });
    expect(rendered.ok ? '' : rendered.refusals[0]?.message).toBe('T1 has no form for bash with Exchange 2013+.');
  });
});

describe('rendering', () => {
  test('puts each value in as a literal and cuts the text up for the screen', () => {
    expect(render({ connector: 'MBX01\\Default MBX01', level: 'none' })).toEqual({
      ok: true,
      text: "Set-ReceiveConnector 'MBX01\\Default MBX01' -ProtocolLoggingLevel 'None'",
      pieces: [
        { text: 'Set-ReceiveConnector ' },
        { text: "'MBX01\\Default MBX01'", parameter: 'connector' },
        { text: ' -ProtocolLoggingLevel ' },
        { text: "'None'", parameter: 'level' },
      ],
      template: SET_LOGGING.templates[0],
    });
  });

  test('takes the default where nothing, or only blanks, is given', () => {
    expect(render({ connector: 'x', level: '  ' })).toMatchObject({
      ok: true,
      text: "Set-ReceiveConnector 'x' -ProtocolLoggingLevel 'Verbose'",
    });
  });

  test('names what is missing for this template only', () => {
    expect(render({})).toEqual({ ok: false, missing: ['connector'], refusals: [] });
    expect(render({}, { environment: '2007-2010' })).toEqual({ ok: false, missing: ['local_server'], refusals: [] });
  });

  test('reports everything that is missing or wrong at once', () => {
    const rendered = renderCommand({
      command: command([{ shell: 'bash', text: 'tool {local_server} {connector} {level}' }], {
        parameters: [{ name: 'local_server' }, { name: 'connector' }, { name: 'level' }],
      }),
      parameters: PARAMETERS,
      shell: 'bash',
      values: { local_server: 'a b', level: 'Loud' },
    });
    expect(rendered).toMatchObject({
      ok: false,
      missing: ['connector'],
      refusals: [{ code: 'bad-character' }, { code: 'bad-form' }],
    });
  });

  test('does not take inherited names for values', () => {
    const rendered = renderCommand({
      command: command([{ shell: 'bash', text: 'tool {constructor}' }], { parameters: [{ name: 'constructor' }] }),
      parameters: new Map([['constructor', parameter('constructor', 'text')]]),
      shell: 'bash',
      values: {},
    });
    expect(rendered).toEqual({ ok: false, missing: ['constructor'], refusals: [] });
  });

  test('names the field and the character when the shell cannot carry a value', () => {
    const rendered = renderCommand(oneValue('cmd', 'tool {value}', 'ab%c'));
    expect(rendered).toMatchObject({ ok: false, refusals: [{ code: 'cmd-character', position: 3 }] });
    expect(rendered.ok ? '' : rendered.refusals[0]?.message).toBe(
      'The value: cmd would read the character as its own (character 3).',
    );
  });

  test('writes doubled braces once', () => {
    const text = '@{{a={value}}} | ForEach-Object {{ $_.a }}';
    expect(renderCommand(oneValue('pwsh', text, 'x'))).toMatchObject({
      ok: true,
      text: "@{a='x'} | ForEach-Object { $_.a }",
    });
  });

  test('refuses a double quote for a program that PowerShell 7 still starts the old way', () => {
    const native = { native: true };
    expect(renderCommand(oneValue('pwsh', 'cscript.exe script {value}', 'a"b', native))).toMatchObject({
      ok: false,
      refusals: [{ code: 'native-quote' }],
    });
    expect(renderCommand(oneValue('pwsh', '& C:\\x\\y.cmd {value}', 'a"b', native))).toMatchObject({ ok: false });
    expect(renderCommand(oneValue('pwsh', 'ldifde -d {value}', 'a"b', native))).toMatchObject({ ok: true });
  });

  test('refuses a line that cmd would cut', () => {
    const one = renderCommand(oneValue('cmd', `echo ${'x'.repeat(7300)} {value}`, 'y'.repeat(880)));
    expect(one).toMatchObject({ ok: true });
    expect(renderCommand(oneValue('cmd', `echo ${'x'.repeat(7300)} {value}`, 'y'.repeat(890)))).toMatchObject({
      ok: false,
      refusals: [{ code: 'line-too-long' }],
    });
  });
});

describe('a file that goes with the command', () => {
  const withFile = (text: string, values: Record<string, string>) =>
    renderCommand({
      command: command(
        [{ shell: 'cmd', text: 'ldifde -i -f change.ldf', file: { name: 'change.ldf', as: 'ldif', text } }],
        {
          parameters: [{ name: 'name' }, { name: 'flags' }, { name: 'members' }],
          literals: { object: { as: 'dn', text: 'CN={name},DC=contoso,DC=com' } },
        },
      ),
      parameters: {
        name: parameter('name', 'mailbox'),
        flags: parameter('flags', 'integer'),
        members: parameter('members', 'dn', { list: true }),
      },
      shell: 'cmd',
      values,
    });
  const fileOf = (text: string, values: Record<string, string>) => {
    const rendered = withFile(text, values);
    return rendered.ok ? rendered.file?.text : rendered;
  };

  test('holds the values as LDIF, escaped for the name but not quoted for the shell', () => {
    const text =
      'dn: {object}\nchangetype: modify\nreplace: msExchAuthenticationFlags\nmsExchAuthenticationFlags: {flags}\n-\n';
    expect(withFile(text, { name: 'MAIL1, old', flags: '7' })).toMatchObject({
      ok: true,
      file: {
        name: 'change.ldf',
        text: 'dn: CN=MAIL1\\, old,DC=contoso,DC=com\nchangetype: modify\nreplace: msExchAuthenticationFlags\nmsExchAuthenticationFlags: 7\n-\n',
      },
    });
  });

  test('asks for its values too', () => {
    expect(withFile('flags: {flags}\n', {})).toEqual({ ok: false, missing: ['flags'], refusals: [] });
  });

  test.each([
    ['Zürich', 'name:: WsO8cmljaA==\n'],
    [':x', 'name:: Ong=\n'],
    ['<x', 'name:: PHg=\n'],
    ['\u{1f600}', 'name:: 8J+YgA==\n'],
    ['a: b', 'name: a: b\n'],
  ])('writes %j so that LDIF reads it back', (name, line) => {
    expect(fileOf('name: {name}', { name })).toBe(line);
  });

  test('writes a list as one line a value', () => {
    expect(fileOf('member: {members}\n-', { members: '"CN=a,DC=x","CN=b,DC=x"' })).toBe(
      'member: CN=a,DC=x\nmember: CN=b,DC=x\n-\n',
    );
  });
});
