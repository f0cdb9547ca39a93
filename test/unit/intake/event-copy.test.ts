/** Event Viewer's "Copy details as text", which puts the XML of the event below its text. The samples are composed. */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { quote } from '../../fixtures/events/compose.ts';
import { xmlEvent } from '../../fixtures/events/compose-forms.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);

const TEXT = [
  'Log Name:      Application',
  'Source:        MSExchangeTransport',
  'Date:          3/14/2011 8:33:29 AM',
  'Event ID:      1035',
  'Task Category: SmtpReceive',
  'Level:         Warning',
  'Keywords:      Classic',
  'User:          N/A',
  'Computer:      mail1.contoso.com',
  'Description:',
  'Inbound authentication failed with error UnexpectedExchangeAuthBlob for Receive connector Default MAIL1. The authentication mechanism is ExchangeAuth. The source IP address of the client who tried to authenticate to Microsoft Exchange is [192.0.2.16].',
].join('\r\n');
const XML = xmlEvent(
  {
    source: 'MSExchangeTransport',
    id: 1035,
    data: ['UnexpectedExchangeAuthBlob', 'Default MAIL1', 'ExchangeAuth', '192.0.2.16'],
    binary: 'EF0204C0',
  },
  '"',
).replaceAll('><', '>\r\n  <');
const COPY = `${TEXT}\r\nEvent Xml:\r\n${XML}`;
const LINES = COPY.split('\n').length;
const FIELDS = {
  event_id: '1035',
  level: 'Warning',
  time: '3/14/2011 8:33:29 AM',
  time_utc: '2011-03-14T07:33:29.000Z',
  local_server: 'mail1.contoso.com',
  auth_error: 'UnexpectedExchangeAuthBlob',
  connector_name: 'Default MAIL1',
  mechanism: 'ExchangeAuth',
  remote_ip: '192.0.2.16',
  data_code: '0xC00402EF',
};
const found = (text: string) => triage(library, text).findings;

describe('a copy with the XML below the text', () => {
  test('is one event, with the time of the server and UTC', () => {
    const { findings, suggestions } = triage(library, COPY);
    expect(findings).toMatchObject([{ id: '1035', title: 'A logon at this server failed', line: 1, end: LINES }]);
    expect(findings[0]?.fields).toEqual(FIELDS);
    expect(suggestions[0]?.parameters).toMatchObject({ remote_ip: '192.0.2.16', sending_ip: '192.0.2.16' });
  });

  test.each([
    ['quoted', quote(COPY, 1)],
    ['with an empty line before the XML', COPY.replace('Xml:\r\n', 'Xml:\r\n\r\n')],
    ['with the label and the XML on one line', COPY.replace('Xml:\r\n', 'Xml: ')],
    ['with escapes', COPY.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  ])('%s is one event as well', (_, text) => {
    expect(found(text).map(({ fields }) => fields)).toEqual([FIELDS]);
  });

  test('several are as many events', () => {
    const text = `${COPY}\r\n\r\n${COPY}`;
    expect(found(text).map(({ line, end }) => [line, end])).toEqual([
      [1, LINES],
      [LINES + 2, 2 * LINES + 1],
    ]);
  });

  test('whose description is of no known wording takes the values of the XML', () => {
    const strange = COPY.replace(/Inbound authentication.*/, 'Ein Text in einer anderen Sprache.');
    expect(found(strange)).toMatchObject([{ line: 1, title: 'A logon at this server failed', fields: FIELDS }]);
  });

  test('does not repeat under a number what the description names', () => {
    const text = COPY.replaceAll('1035', '7010')
      .replace(
        /Inbound authentication.*/,
        'This is an SMTP protocol log for virtual server ID 1, connection #30. The client at "192.0.2.4" sent a "xexch50" command, and the SMTP server responded with "504 Need to authenticate first ". The full command sent was "xexch50 1092 2". This will probably cause the connection to fail.',
      )
      .replace(/<Data>Unexpected[\s\S]*ExchangeAuth<\/Data>/, '<Data>1</Data><Data>30</Data><Data>left</Data>');
    const [event, ...others] = found(text);
    expect(others).toEqual([]);
    expect(event?.fields).toMatchObject({ virtual_server: '1', connection: '30', data_3: 'left' });
    expect(Object.keys(event?.fields ?? {}).filter((name) => /^data_\d/.test(name))).toEqual(['data_3', 'data_4']);
  });

  test('of which the XML lost its tags keeps its values clean', () => {
    const bare = `${TEXT}\r\nEvent Xml:\r\n1035 3 1 0x80000000000000 88123 Application`;
    const { time_utc: _, data_code: __, ...fields } = FIELDS;
    expect(found(bare).map((event) => event.fields)).toEqual([fields]);
  });
});

describe('a text and an XML that are not of one event', () => {
  test('stay two: another number, another moment, no label between them', () => {
    expect(found(COPY.replace('>1035<', '>1020<'))).toHaveLength(2);
    expect(found(COPY.replace('8:33:29', '8:41:02'))).toHaveLength(2);
    expect(found(COPY.replace('Event Xml:', ''))).toHaveLength(2);
  });

  test('stay joined where the clocks differ by an offset of half or three quarters of an hour', () => {
    for (const time of ['1:03:29 PM', '1:18:29 PM', '13:03:29', '13.03.29', ''])
      expect(found(COPY.replace('8:33:29 AM', time))).toHaveLength(1);
  });
});
