/** What the data bytes of an event say, and what its time says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { byteFields, bytesOfHex, bytesOfList, readDump } from '../../../wizards/engine/intake/event-bytes.ts';
import { utcOf } from '../../../wizards/engine/intake/event-time.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { quote, SAMPLE, viewer2003, wrapAtBlanks } from '../../fixtures/events/compose.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const bytesIn = (text: string) => readDump(text, 0, text.length)?.bytes;

describe('the dump below an event', () => {
  test.each([
    ['bytes', 'Data:\r\n0000: ef 02 04 c0               ï..À'],
    ['words', 'Data:\r\n0000: c00402ef               ï..À'],
    ['longer offsets', 'Data:\n00000000: EF 02 04 C0   ....'],
    ['one line', 'Data: 0000: ef 02 04 c0'],
    ['single blanks', 'Data:\n0000: ef 02 04 c0 ....'],
    ['quote signs', '> Data:\n> 0000: ef 02\n> 04 c0   ....'],
    [
      'a link above it',
      'For more information, click http://fabrikam.com/help.\n\nData:\n0000: ef 02 04 c0   ....\nnext',
    ],
  ])('shown as %s', (_, text) => {
    expect(bytesIn(text)).toEqual([0xef, 0x02, 0x04, 0xc0]);
  });

  test('goes on over several lines, whatever the letters beside them look like', () => {
    const text = 'Data:\n0000: 58 45 58 43 48 35 30 20   XEXCH50 \n0008: 31 30 32 30               1020\n';
    expect(String.fromCharCode(...(bytesIn(text) ?? []))).toBe('XEXCH50 1020');
    expect(bytesIn('0000: 61 62 20 61 62 20 61 62   ab ab ab\n0008: 63   c')).toHaveLength(9);
  });

  test.each(['At 0000: nothing happened.', 'Data: none', '0008: ef 02 04 c0', 'Time 10:00 00 11', '0000: fine words'])(
    'is not seen in %j',
    (text) => {
      expect(bytesIn(text)).toBeUndefined();
    },
  );

  test('never reads more bytes than are written, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom('Data:', '0000:', '0008:', ' ', '\n', '   ', '0c 03', '8009030c', '>'), fc.string()),
          { maxLength: 20 },
        ),
        (parts) => {
          const text = parts.join('');
          const dump = readDump(text, 0, text.length);
          if (!dump) return;
          expect(dump.bytes.length).toBeLessThanOrEqual(text.length / 2);
          expect(dump.end).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});

describe('bytes', () => {
  test('four are a code, lowest byte first', () => {
    expect(byteFields([0x0c, 0x03, 0x09, 0x80], undefined)).toEqual({ data_code: '0x8009030C' });
    expect(byteFields([0xef, 0x02, 0x04, 0xc0], 'full_command')).toEqual({ data_code: '0xC00402EF' });
  });

  test('letters are a text, others stay bytes, none give nothing', () => {
    const letters = [...'XEXCH50 1020'].map((sign) => sign.charCodeAt(0));
    expect(byteFields(letters, undefined)).toEqual({ data_text: 'XEXCH50 1020' });
    expect(byteFields(letters, 'full_command')).toEqual({ command: 'XEXCH50', full_command: 'XEXCH50 1020' });
    expect(byteFields([1, 2, 255], undefined)).toEqual({ data_bytes: '01 02 ff' });
    expect(byteFields([], undefined)).toEqual({});
    expect(byteFields(null, undefined)).toEqual({});
  });

  test('are written by XML as digits and by Get-EventLog as a list', () => {
    expect(bytesOfHex('0C03 0980')).toEqual([12, 3, 9, 128]);
    expect(bytesOfHex('0C0')).toBeNull();
    expect(bytesOfHex('hello!')).toBeNull();
    expect(bytesOfList('{12, 3, 9, 128}')).toEqual([12, 3, 9, 128]);
    expect(bytesOfList('{12, 3, 9, 128...}')).toBeNull();
    expect(bytesOfList('{12, 300}')).toBeNull();
    expect(bytesOfList('{}')).toBeNull();
  });
});

describe('in a whole event', () => {
  test('the code stands among the fields, wrapped and quoted or not, and its lines belong to the event', () => {
    const text = viewer2003(SAMPLE);
    expect(triage(library, text).findings[0]).toMatchObject({ end: 14, fields: { data_code: '0x8009030C' } });
    const mangled = quote(wrapAtBlanks(text, 50), 1);
    expect(triage(library, mangled).findings[0]?.fields.data_code).toBe('0x8009030C');
  });

  test('each event has its own', () => {
    const text = `${viewer2003({ ...SAMPLE, id: 7002 }).replace(/Data:[\s\S]*$/, '')}\r\n\r\n${viewer2003(SAMPLE)}`;
    expect(triage(library, text).findings.map(({ id, fields }) => [id, fields.data_code])).toEqual([
      ['7002', undefined],
      ['7004', '0x8009030C'],
    ]);
  });

  test('20031 of the SMTP filter spells the command that it refused', () => {
    const text = [
      'Event Type:\tError',
      'Event Source:\tSmtpEvt',
      'Event Category:\tNone',
      'Event ID:\t20031',
      'Date:\t\t2/22/2004',
      'Time:\t\t10:15:00 AM',
      'User:\t\tN/A',
      'Computer:\tISA1',
      'Description:',
      'An unknown SMTP command was sent.',
      'Data:',
      '0000: 58 45 58 43 48 35 30 20   XEXCH50 ',
      '0008: 31 30 32 30               1020',
    ].join('\r\n');
    expect(triage(library, text).findings).toMatchObject([
      {
        id: '20031',
        source: 'SmtpEvt',
        line: 1,
        end: 13,
        fields: {
          event_id: '20031',
          level: 'Error',
          time: '2/22/2004 10:15:00 AM',
          local_server: 'ISA1',
          command: 'XEXCH50',
          full_command: 'XEXCH50 1020',
        },
      },
    ]);
  });
});

describe('the time of an event', () => {
  test.each([
    ['2025-01-06T10:15:00.000Z', '2025-01-06T10:15:00.000Z'],
    ['2025-01-06T10:15:00.1234567Z', '2025-01-06T10:15:00.123Z'],
    ['2025-01-06T10:15:00+01:00', '2025-01-06T09:15:00.000Z'],
    ['2025-01-06 10:15:00 -0530', '2025-01-06T15:45:00.000Z'],
  ])('%s states its offset', (written, utc) => {
    expect(utcOf(written)).toBe(utc);
  });

  test.each([
    '2025-01-06T10:15:00.000',
    '1/6/2025 10:15:00 AM',
    '2025-13-06T10:15:00Z',
    '2025-01-06T25:00:00Z',
    '',
    'Z',
  ])('%j states none, so none is guessed', (written) => {
    expect(utcOf(written)).toBeNull();
  });
});
