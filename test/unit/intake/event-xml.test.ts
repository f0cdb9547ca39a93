/** Events in XML. The samples are composed after Microsoft's schema of events. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { readEventXml } from '../../../wizards/engine/intake/event-xml.ts';
import { xmlPieces } from '../../../wizards/engine/intake/xml-pieces.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { description, quote, SAMPLE, wrapAtBlanks } from '../../fixtures/events/compose.ts';
import { type XmlEvent, xmlEvent } from '../../fixtures/events/compose-forms.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const found = (text: string) => triage(library, text).findings;

const SYSTEM = {
  level: 'Warning',
  time: '2011-03-14T07:33:29.000000000Z',
  time_utc: '2011-03-14T07:33:29.000Z',
  local_server: 'mail1.contoso.com',
};
const LOGON: XmlEvent = {
  source: 'MSExchangeTransport',
  id: 1035,
  data: ['UnexpectedExchangeAuthBlob', 'Default MAIL1', 'ExchangeAuth', '192.0.2.25'],
};
const LOGON_FIELDS = {
  event_id: '1035',
  ...SYSTEM,
  auth_error: 'UnexpectedExchangeAuthBlob',
  connector_name: 'Default MAIL1',
  mechanism: 'ExchangeAuth',
  remote_ip: '192.0.2.25',
};

describe('an event in XML without its description', () => {
  test('has its values in the slots of the template, where their order is known', () => {
    expect(found(xmlEvent(LOGON))).toEqual([
      {
        kind: 'event',
        id: '1035',
        source: 'MSExchangeTransport',
        title: 'A logon at this server failed',
        line: 1,
        end: 1,
        fields: LOGON_FIELDS,
        local: 'the receiving server',
        remote: 'the client or server that connected',
      },
    ]);
  });

  test('goes by the numbers of the slots, not by their place in the sentence', () => {
    const data = ['a@contoso.com', 'Default MAIL1', 'CONTOSO\\mail2$', 'Internal', 'Access is denied.'];
    expect(found(xmlEvent({ source: 'MSExchangeTransport', id: 1024, data }))[0]?.fields).toEqual({
      event_id: '1024',
      ...SYSTEM,
      sender: 'a@contoso.com',
      connector_name: 'Default MAIL1',
      account_name: 'CONTOSO\\mail2$',
      address_kind: 'Internal',
      directory_error: 'Access is denied.',
    });
  });

  test('has numbered values where the order is not known, and where there are more or fewer than slots', () => {
    const fields = (id: number, data: string[]) =>
      found(xmlEvent({ source: 'MSExchangeTransport', id, data }))[0]?.fields;
    expect(fields(7004, ['1', '29', 'mail2.contoso.com'])).toEqual({
      event_id: '7004',
      ...SYSTEM,
      data_1: '1',
      data_2: '29',
      data_3: 'mail2.contoso.com',
    });
    expect(fields(1035, ['UnexpectedExchangeAuthBlob', 'Default MAIL1'])).toMatchObject({
      data_1: 'UnexpectedExchangeAuthBlob',
    });
  });

  test('is read by the order of its version, where versions hold more or fewer values', () => {
    const names = { domain_name: 'mail.contoso.com', connector_name: 'Default MAIL1' };
    const fields = (...more: string[]) =>
      found(
        xmlEvent({ source: 'MSExchangeTransport', id: 12014, data: ['mail.contoso.com', 'Default MAIL1', ...more] }),
      )[0]?.fields;
    expect(fields()).toEqual({ event_id: '12014', ...SYSTEM, ...names });
    expect(fields('mx.contoso.com')).toEqual({
      event_id: '12014',
      ...SYSTEM,
      ...names,
      connector_fqdn: 'mx.contoso.com',
    });
    expect(fields('a', 'b')).toMatchObject({ data_1: 'mail.contoso.com', data_4: 'b' });
  });

  test('of a number with several wordings is that which has so many values', () => {
    const event = (...data: string[]) => triage(library, xmlEvent({ source: 'MSExchangeTransport', id: 1018, data }));
    const rights = event('CONTOSO\\svc', 'Relay MAIL1');
    expect(rights.findings).toMatchObject([
      {
        title: 'An account may log on, and not submit mail at this connector',
        remote: 'the client or server that connected',
        fields: { account_name: 'CONTOSO\\svc', connector_name: 'Relay MAIL1' },
      },
    ]);
    expect(rights.suggestions).toMatchObject([{ wizard: 'sender-permission', score: 85 }]);
    for (const data of [[], ['a', 'b', 'c']])
      expect(event(...data).findings[0]?.title).toMatch(/its description decides/);
  });

  test('keeps the names of values apart from the parameters of the product', () => {
    const data: [string, string][] = [
      ['AlertDesc', '40'],
      ['Command', 'format'],
      ['odd (name)', 'x'],
    ];
    expect(found(xmlEvent({ source: 'Other Program', id: 36887, data }))[0]?.fields).toEqual({
      event_id: '36887',
      ...SYSTEM,
      data_alert_desc: '40',
      data_command: 'format',
      data_3: 'x',
    });
  });

  test('has its data bytes, lowest first', () => {
    expect(found(xmlEvent({ ...LOGON, binary: 'EF0204C0' }))[0]?.fields).toEqual({
      ...LOGON_FIELDS,
      data_code: '0xC00402EF',
    });
  });
});

describe('an event in XML with its description', () => {
  const xml = xmlEvent({ source: 'MSExchangeTransport', id: 7004, data: ['1', '29'], message: description(SAMPLE) });

  test('is read by the description, and by the level in words', () => {
    expect(found(xml)[0]?.fields).toEqual({
      event_id: '7004',
      ...SYSTEM,
      level: 'Error',
      virtual_server: '1',
      connection: '29',
      remote_host: 'mail2.contoso.com',
      command: 'xexch50',
      reply: '504 Need to authenticate first',
      full_command: 'XEXCH50 2336 3',
    });
  });
});

describe('whatever became of the XML', () => {
  const same = (text: string) => expect(found(text)[0]?.fields).toEqual(LOGON_FIELDS);

  test('attributes in either quotes, prefixes and an XML declaration do not matter', () => {
    same(xmlEvent(LOGON, '"'));
    same(`<?xml version="1.0"?><!-- saved --><Events>${xmlEvent(LOGON)}</Events>`);
    same(xmlEvent(LOGON).replace(/<(\/?)(?=\w)/g, '<$1e:'));
  });

  test('it may be indented, wrapped, quoted, or shown escaped on a page', () => {
    const indented = xmlEvent(LOGON).replaceAll('><', '>\r\n  <');
    same(indented);
    same(indented.replaceAll('  <System>', '- <System>'));
    same(wrapAtBlanks(xmlEvent(LOGON), 60));
    same(quote(wrapAtBlanks(indented, 60), 2));
    same(xmlEvent(LOGON).replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  });

  test('lines that were cut within names are joined', () => {
    same(xmlEvent(LOGON).replace('EventID', 'Eve\nntID'));
  });

  test('CDATA is text, and an address whose brackets lost their escapes stays one', () => {
    const data = (value: string) =>
      found(xmlEvent({ source: 'X', id: 1, data: ['here'] }).replace('here', value))[0]?.fields.data_1;
    expect(data('<![CDATA[a <b> & c]]>')).toBe('a <b> & c');
    expect(data('RCPT TO:<user@contoso.com>')).toBe('RCPT TO:<user@contoso.com>');
    expect(data('a &amp;lt; b &#x20AC; &unknown;')).toBe('a &lt; b € &unknown;');
  });

  test('a second event begins where the first was cut off', () => {
    const text = `${xmlEvent(LOGON).slice(0, 500)}\n${xmlEvent({ ...LOGON, id: 1020, data: ['CONTOSO\\a'] })}`;
    expect(found(text).map(({ id, line, fields }) => [id, line, fields.account_name])).toEqual([
      ['1035', 1, undefined],
      ['1020', 2, 'CONTOSO\\a'],
    ]);
  });

  test('events have the lines in which they begin and end', () => {
    const text = `<Events>\n${xmlEvent(LOGON)}\n${xmlEvent(LOGON).replaceAll('><', '>\n<')}\n</Events>`;
    const lines = xmlEvent(LOGON).split('><').length;
    expect(found(text).map(({ line, end }) => [line, end])).toEqual([
      [2, 2],
      [3, 2 + lines],
    ]);
  });

  test('elements of the same name in other XML are no events', () => {
    expect(found('<Events><Event date="1"><EventID>7004</EventID></Event><Event/></Events>')).toEqual([]);
    expect(found('<Event><Provider Name="a"/></Event> and an <EventID>5</EventID>')).toEqual([]);
  });

  test('pieces cut out, doubled or replaced never do harm', () => {
    const whole = xmlEvent(LOGON, '"').repeat(2);
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.nat({ max: whole.length }),
            fc.nat({ max: 40 }),
            fc.constantFrom('', '<', '>', '"', '&', '<!--', '<![CDATA[', '\n'),
          ),
          { maxLength: 8 },
        ),
        (cuts) => {
          let text = whole;
          for (const [at, length, put] of cuts) text = text.slice(0, at) + put + text.slice(at + length);
          const records = readEventXml(text, 10);
          expect(records.length).toBeLessThanOrEqual(10);
          for (const { id, source, values } of records) {
            expect(Number.isInteger(id) && source !== null && source !== '').toBe(true);
            for (const { value } of values) expect(text.length).toBeGreaterThanOrEqual(value.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each(['<', '<Event ', '<Event><a ', '<Event><Data>', '<a b="', '<!--', '&#x', '<Event>\n<'])(
    'two megabytes of %j end soon',
    (piece) => {
      const text = xmlEvent(LOGON).slice(0, 300) + piece.repeat(2_000_000 / piece.length);
      const started = performance.now();
      readEventXml(text, 2000);
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );
});

describe('the pieces of XML', () => {
  test('are tags with their attributes, texts and ends', () => {
    expect([...xmlPieces('<a:b c="1" d:e=\'2 > 1\'>x &lt; y</a:b><f/>')]).toEqual([
      { kind: 'open', name: 'b', attributes: { c: '1' }, empty: false },
      { kind: 'text', text: " 1'>x < y" },
      { kind: 'close', name: 'b' },
      { kind: 'open', name: 'f', attributes: {}, empty: true },
    ]);
  });

  test('are all there is: any text is read to its end', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom('<', '>', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '<?', '&'), fc.string()),
          { maxLength: 20 },
        ),
        (parts) => {
          const text = parts.join('');
          expect([...xmlPieces(text)].length).toBeLessThanOrEqual(2 * text.length + 1);
        },
      ),
    );
  });
});
