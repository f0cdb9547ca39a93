/** Events in the forms in which programs print many of them. The samples are composed after the layouts of Windows. */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { MOST_FINDINGS, triage } from '../../../wizards/engine/triage.ts';
import { description, type Protocol, quote, SAMPLE, viewer2003 } from '../../fixtures/events/compose.ts';
import * as forms from '../../fixtures/events/compose-forms.ts';
import { testLibrary } from '../../fixtures/events/library.ts';

const library = testLibrary();
const found = (text: string) => triage(library, text).findings;

const SECOND: Protocol = {
  id: 7010,
  virtualServer: '2',
  connection: '30',
  peer: '192.0.2.84',
  command: 'mail',
  reply: '501 5.5.4 Invalid Address',
  full: 'MAIL FROM:<a@fabrikam.com>',
};
const FIRST_FIELDS = {
  event_id: '7004',
  level: 'Error',
  time: '3/14/2011 7:33:29 AM',
  virtual_server: '1',
  connection: '29',
  remote_host: 'mail2.contoso.com',
  command: 'xexch50',
  reply: '504 Need to authenticate first',
  full_command: 'XEXCH50 2336 3',
};
const SECOND_FIELDS = {
  event_id: '7010',
  level: 'Error',
  time: '3/14/2011 7:33:29 AM',
  virtual_server: '2',
  connection: '30',
  remote_ip: '192.0.2.84',
  command: 'mail',
  reply: '501 5.5.4 Invalid Address',
  full_command: 'MAIL FROM:<a@fabrikam.com>',
};
const BOTH = [SAMPLE, SECOND];
const long = { local_server: 'mail1.contoso.com' };
const short = { local_server: 'MAIL1' };
const code = { data_code: '0x8009030C' };

type Fields = Record<string, string>;
/** The name of the form, its text, the lines of both events, and what the form says beyond the description. */
const FORMS: [string, string, [number, number][], Fields][] = [
  [
    'Get-WinEvent | fl *',
    BOTH.map(forms.winEventListAll).join('\n\n\n'),
    [
      [1, 24],
      [27, 50],
    ],
    long,
  ],
  [
    'Get-EventLog | fl *',
    BOTH.map(forms.eventLogList).join('\n\n\n'),
    [
      [1, 17],
      [20, 36],
    ],
    { ...short, ...code },
  ],
  [
    'wevtutil /f:text',
    forms.wevtutilText(BOTH),
    [
      [1, 14],
      [16, 29],
    ],
    { ...long, time: '2011-03-14T07:33:29.000' },
  ],
  [
    'eventquery /FO LIST',
    forms.eventqueryList(BOTH),
    [
      [4, 11],
      [13, 20],
    ],
    short,
  ],
  [
    'the same where the longest name leaves no blank before its value',
    forms.eventqueryList(BOTH).replaceAll('ComputerName: ', 'ComputerName:'),
    [
      [4, 11],
      [13, 20],
    ],
    short,
  ],
  [
    'eventquery /FO TABLE',
    forms.eventqueryTable(BOTH),
    [
      [3, 3],
      [4, 4],
    ],
    short,
  ],
  [
    'CSV of Event Viewer',
    forms.viewerCsv(BOTH),
    [
      [2, 2],
      [3, 3],
    ],
    {},
  ],
  [
    'text of Event Viewer',
    forms.viewerTabs(BOTH),
    [
      [2, 2],
      [3, 3],
    ],
    {},
  ],
  [
    'CSV of Event Viewer 2003',
    forms.viewer2003Rows(BOTH, ','),
    [
      [1, 1],
      [2, 2],
    ],
    short,
  ],
  [
    'text of Event Viewer 2003',
    forms.viewer2003Rows(BOTH, '\t'),
    [
      [1, 1],
      [2, 2],
    ],
    short,
  ],
  [
    'Get-WinEvent | ConvertTo-Csv',
    forms.winEventCsv(BOTH),
    [
      [3, 3],
      [4, 4],
    ],
    long,
  ],
  [
    'the same with semicolons',
    forms.winEventCsv(BOTH, ';'),
    [
      [3, 3],
      [4, 4],
    ],
    long,
  ],
  [
    'table of Get-WinEvent',
    forms.winEventTable(BOTH),
    [
      [6, 6],
      [7, 7],
    ],
    {},
  ],
  [
    'table of Get-EventLog',
    forms.eventLogTable(BOTH),
    [
      [3, 3],
      [4, 4],
    ],
    { time: 'Mar 14 07:33' },
  ],
];

describe.each(FORMS)('%s', (_, text, lines, more) => {
  test('gives each event with its lines and all its fields', () => {
    expect(found(text)).toEqual([
      {
        kind: 'event',
        id: '7004',
        source: 'MSExchangeTransport',
        title: 'A remote host refused an SMTP command',
        line: lines[0]?.[0],
        end: lines[0]?.[1],
        fields: { ...FIRST_FIELDS, ...more },
        local: 'the sending server',
        remote: 'the receiving server',
      },
      {
        kind: 'event',
        id: '7010',
        source: 'MSExchangeTransport',
        title: 'This server refused an SMTP command',
        line: lines[1]?.[0],
        end: lines[1]?.[1],
        fields: { ...SECOND_FIELDS, ...more },
        local: 'the receiving server',
        remote: 'the sending server',
      },
    ]);
  });

  test('gives the same when a mail quotes it, and with text around it', () => {
    const alone = found(text).map(({ fields }) => fields);
    expect(found(quote(text, 2)).map(({ fields }) => fields)).toEqual(alone);
    const around = found(`Good morning,\n\nthis is what we see:\n\n${text}\n\nThank you.`);
    expect(around.map(({ fields }) => fields)).toEqual(alone);
    expect(around.map(({ line }) => line)).toEqual(lines.map(([line]) => line + 4));
  });

  test('leads to the same wizard as a copy from Event Viewer', () => {
    expect(triage(library, text).suggestions[0]).toMatchObject({ wizard: 'entry', step: 'second', score: 95 });
  });
});

describe('Format-List', () => {
  test('has the properties that were asked for, in any order', () => {
    const text = forms.winEventList(SAMPLE);
    const { level: _, ...rest } = FIRST_FIELDS;
    expect(found(text)[0]).toMatchObject({ line: 1, fields: rest });
    const reversed = `Message      : ${description(SAMPLE)}\nId           : 7004\nTimeCreated  : 3/14/2011 7:33:29 AM`;
    expect(found(reversed)).toMatchObject([
      { id: '7004', source: 'MSExchangeTransport', line: 1, end: 3, fields: rest },
    ]);
  });

  test('without the description names the event, and its number is taken out of InstanceId', () => {
    const text = 'Source     : MSExchangeTransport\nInstanceId : 3221494620\nEntryType  : Error\n';
    expect(found(text)).toMatchObject([
      { id: '7004', source: 'MSExchangeTransport', fields: { event_id: '7004', level: 'Error' } },
    ]);
  });

  test('run together into one paragraph is still read', () => {
    const text = `TimeCreated : 3/14/2011 7:33:29 AM ProviderName : MSExchangeTransport Id :\n7004 Message : ${description(SAMPLE)}`;
    expect(found(text)).toMatchObject([
      { id: '7004', line: 1, fields: { time: '3/14/2011 7:33:29 AM', reply: '504 Need to authenticate first' } },
    ]);
  });

  test('with empty lines between all its lines is one event', () => {
    const text = [
      'TimeCreated : 3/14/2011 7:33:29 AM',
      'ProviderName : MSExchangeTransport',
      'Id : 7004',
      `Message : ${description(SAMPLE)}`,
    ];
    expect(found(text.join('\n\n'))).toMatchObject([{ id: '7004', line: 1, end: 7, fields: { command: 'xexch50' } }]);
  });

  test('of one paste does not lend its source to that of the next', () => {
    const text = `TimeCreated  : 3/14/2011\nProviderName : MSExchangeTransport\n\nId      : 7004\nMessage : Some service stopped.\nTimeCreated : 3/15/2011`;
    expect(found(text)).toEqual([]);
  });

  test('without source and with an unknown description is no event', () => {
    expect(found('TimeCreated : 3/14/2011\nId : 7004\nMessage : Something else.')).toEqual([]);
  });

  test('keeps what looks like a property within a description in it', () => {
    const text = [
      'TimeCreated  : 3/14/2011 7:33:29 AM',
      'ProviderName : Some Program',
      'Id           : 12',
      'Message      : The call failed.',
      '               Source : somewhere',
      '               Id : 99',
      '',
      '               EventID : 5',
      'MachineName  : mail1.contoso.com',
    ].join('\n');
    expect(found(text)).toMatchObject([
      {
        source: 'Some Program',
        id: '12',
        line: 1,
        end: 9,
        fields: { event_id: '12', local_server: 'mail1.contoso.com' },
      },
    ]);
  });
});

describe('wevtutil', () => {
  test('of newer versions leaves out the colon and writes the time in UTC', () => {
    const text = forms.wevtutilText([SAMPLE], '2011-03-14T06:33:29.1230000Z').replace('Event[0]:', 'Event[0]');
    expect(found(text)[0]?.fields).toMatchObject({
      time: '2011-03-14T06:33:29.1230000Z',
      time_utc: '2011-03-14T06:33:29.123Z',
    });
  });

  test('leaves the line behind the last event to others', () => {
    const text = `${forms.wevtutilText([SAMPLE])}\r\n\r\nLastError : 451 5.7.3 Cannot achieve Exchange Server authentication`;
    expect(found(text)[0]).toMatchObject({ line: 1, end: 14 });
  });
});

describe('CSV', () => {
  test('may have a description of several lines', () => {
    const text = forms.viewerCsv(BOTH).replace('. The remote host', '.\r\n\r\nThe remote host');
    expect(found(text).map(({ line, end, fields }) => [line, end, fields.remote_host ?? fields.remote_ip])).toEqual([
      [2, 4, 'mail2.contoso.com'],
      [5, 5, '192.0.2.84'],
    ]);
  });

  test('is read where its quotes were not doubled and its lines were wrapped', () => {
    const broken = `Level,Date and Time,Source,Event ID,Task Category\nError,3/14/2011 7:33:29 AM,MSExchangeTransport,7004,SMTP Protocol,"${description(SAMPLE).replace('. The full', '.\nThe full')}"`;
    expect(found(broken)).toMatchObject([{ line: 2, end: 3, fields: FIRST_FIELDS }]);
  });

  test('with a thousand events gives each at its line, and more than the list holds are cut there', () => {
    const thousand = found(forms.viewerCsv(Array.from({ length: 1000 }, () => SAMPLE)));
    expect(thousand.map(({ line }) => line)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 2));
    expect(new Set(thousand.map(({ id, fields }) => `${id} ${fields.reply}`))).toEqual(
      new Set(['7004 504 Need to authenticate first']),
    );
    const { findings, note } = triage(library, forms.viewerCsv(Array.from({ length: 3000 }, () => SAMPLE)));
    expect(findings).toHaveLength(MOST_FINDINGS);
    expect(note).toMatch(/first 2000 are listed/);
  });

  test.each([
    'Id, Source, and the Message that came with it are what we need.',
    'Event,Date,Place\nSummer party,14 March,Garden',
    'Event ID,Source,Level\nnone,none,none',
    '3/14/2011,7:33:29 AM,a,b,c,no number,d,e',
    'TimeCreated and Id\n----------- -- ------\nsome words that follow',
  ])('is not seen in %j', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('two forms in one paste', () => {
  test('are both read, each event once', () => {
    const text = `${forms.viewerCsv([SAMPLE])}\n\n${viewer2003(SECOND)}\n\n${forms.winEventList(SAMPLE)}`;
    expect(found(text).map(({ id, line }) => [id, line])).toEqual([
      ['7004', 2],
      ['7010', 4],
      ['7004', 19],
    ]);
  });
});

describe('of the shipped events', async () => {
  const { files } = await compileLibrary(readYamlFolder('wizards'));
  const shipped = createLibrary(files);
  const read = (text: string) => triage(shipped, text).findings;

  test('the source tells one number from the same of another program', () => {
    const rows = 'Level,Date and Time,Source,Event ID,Task Category\n';
    const text = `${rows}Error,1/6/2025,MSExchangeTransport,3018,NDR\nInformation,1/6/2025,MSExchangeIS Public Store,3018,Replication\nError,1/6/2025,Service Control Manager,7004,None`;
    const findings = read(text);
    expect(findings.map(({ source, id }) => [source, id])).toEqual([
      ['MSExchangeTransport', '3018'],
      ['MSExchangeIS Public Store', '3018'],
      ['Service Control Manager', '7004'],
    ]);
    expect(findings[0]?.title).toMatch(/report/);
    expect(findings[1]?.title).toMatch(/public folder replication/);
    expect(findings[2]?.local).toBeNull();
  });

  test('1018 and 1019 are told by their description, never by the number alone', () => {
    const list = (message: string) =>
      `TimeCreated : 1/6/2025\nProviderName : MSExchangeTransport\nId : 1018\n${message}`;
    const port = read(list('Message : The address is already in use. Binding: 0.0.0.0:25.'))[0];
    expect(port).toMatchObject({
      title: 'Another program has the port of the service',
      fields: { binding: '0.0.0.0:25' },
    });
    expect(read(list(''))[0]?.title).toMatch(/, or: .*its description decides/);
    const bound = forms.xmlEvent({ source: 'MSExchangeTransport', id: 1018, data: ['0.0.0.0:25'] });
    expect(read(bound)[0]).toMatchObject({
      title: expect.stringMatching(/description decides/),
      fields: { data_1: '0.0.0.0:25' },
    });
    expect(read(bound)[0]?.fields).not.toHaveProperty('binding');
  });
});
