import { describe, expect, test } from 'vitest';
import { triage } from '../../../wizards/engine/triage.ts';
import { description, SAMPLE, viewer2003, viewer2008 } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';

const library = testLibrary();
const first = (text: string) => triage(library, text).findings[0];

const FIELDS = {
  event_id: '7004',
  virtual_server: '1',
  connection: '29',
  remote_host: 'mail2.contoso.com',
  command: 'xexch50',
  reply: '504 Need to authenticate first',
  full_command: 'XEXCH50 2336 3',
};

describe('an event from Event Viewer', () => {
  test('of Windows Server 2003 is read with its block, field by field', () => {
    const { findings, note } = triage(library, viewer2003(SAMPLE));
    expect(findings).toEqual([
      {
        kind: 'event',
        id: '7004',
        source: 'MSExchangeTransport',
        title: 'A remote host refused an SMTP command',
        line: 1,
        end: 14,
        fields: {
          ...FIELDS,
          level: 'Error',
          time: '3/14/2011 7:33:29 AM',
          local_server: 'MAIL1',
          data_code: '0x8009030C',
        },
        local: 'the sending server',
        remote: 'the receiving server',
      },
    ]);
    expect(note).toBeNull();
  });

  test('of Windows Server 2008 and later gives the same fields', () => {
    expect(first(viewer2008(SAMPLE))?.fields).toEqual({
      ...FIELDS,
      level: 'Error',
      time: '3/14/2011 7:33:29 AM',
      local_server: 'mail1.contoso.com',
    });
  });

  test('7002 and 7010 have their own sides', () => {
    expect(first(viewer2003({ ...SAMPLE, id: 7002 }))).toMatchObject({
      id: '7002',
      local: 'the sending server',
      fields: { level: 'Warning' },
    });
    const received = first(viewer2003({ ...SAMPLE, id: 7010, peer: '192.0.2.25' }));
    expect(received).toMatchObject({ id: '7010', local: 'the receiving server', remote: 'the sending server' });
    expect(received?.fields).toMatchObject({
      remote_ip: '192.0.2.25',
      command: 'xexch50',
      full_command: 'XEXCH50 2336 3',
    });
    expect(received?.fields).not.toHaveProperty('remote_host');
  });

  test('without its block is told from its neighbours by its wording', () => {
    for (const id of [7002, 7004, 7010] as const) {
      expect(first(`Please help.\n\n${description({ ...SAMPLE, id })}`)).toMatchObject({ id: String(id), line: 3 });
    }
  });

  test('with a block keeps the ID of the block, even under the wording of another', () => {
    const text = `Event ID: 7002 Source: MSExchangeTransport\n\n${description(SAMPLE)}`;
    expect(first(text)).toMatchObject({
      id: '7002',
      line: 1,
      title: 'A remote host refused an SMTP command for now',
      fields: { event_id: '7002' },
    });
  });
});

describe('a copy that lost something', () => {
  test('leaves out what is empty: the quotes, the virtual server, the connection', () => {
    const empty = { ...SAMPLE, virtualServer: '', connection: '', peer: '', command: '', reply: '', full: '' };
    for (const id of [7002, 7004, 7010] as const) {
      expect(first(description({ ...empty, id }))).toMatchObject({ id: String(id), fields: { event_id: String(id) } });
      expect(Object.keys(first(description({ ...empty, id }))?.fields ?? {})).toEqual(['event_id']);
    }
  });

  test('with labels glued to their values is read like any other', () => {
    const text = `Event ID - 7010\n\nEvent Id7010\nSourceMSExchangeTransport\nDescription${description({ ...SAMPLE, id: 7010, peer: '192.0.2.25' })}`;
    const { findings } = triage(library, text);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      id: '7010',
      source: 'MSExchangeTransport',
      line: 3,
      fields: { remote_ip: '192.0.2.25' },
    });
  });

  test('with each label and value on a line of its own is read', () => {
    const text = 'Event ID\n\n1024\n\nEvent Source\n\nMSExchangeTransport\n\nCategory\n\nSmtpReceive';
    expect(first(text)).toMatchObject({
      id: '1024',
      source: 'MSExchangeTransport',
      title: 'Event 1024 of MSExchangeTransport',
    });
  });

  test.each([
    ['smart quotes', description(SAMPLE).replace(/ "/g, ' “').replace(/"/g, '”')],
    ['escaped quotes', description(SAMPLE).replaceAll('"', '&quot;')],
    ['twice escaped quotes', description(SAMPLE).replaceAll('"', '&amp;quot;')],
    ['no quotes', description(SAMPLE).replaceAll('"', '')],
    ['single quotes', description(SAMPLE).replaceAll('"', "'")],
    ['no-break blanks', description(SAMPLE).replaceAll(' ', '\u00a0')],
    ['tabs for blanks', description(SAMPLE).replaceAll(' ', '\t')],
    ['line breaks as tags', description(SAMPLE).replaceAll('. ', '.<br />\n')],
    ['no blanks behind full stops', description(SAMPLE).replaceAll('. ', '.')],
    ['another case', description(SAMPLE).replace('This is an SMTP', 'THIS IS AN smtp')],
    ['NULs from UTF-16', [...description(SAMPLE)].join('\0')],
  ])('with %s gives the same fields', (_, text) => {
    expect(first(text)?.fields).toEqual(FIELDS);
  });

  test('keeps quotes, brackets and full stops that belong to a reply', () => {
    const reply = '550 "user@fabrikam.com" <unknown>, see "http://fabrikam.com/550". ';
    expect(first(description({ ...SAMPLE, reply }))?.fields.reply).toBe(
      '550 "user@fabrikam.com" <unknown>, see "http://fabrikam.com/550".',
    );
    expect(first(description({ ...SAMPLE, full: 'RCPT TO:&lt;user@fabrikam.com&gt;' }))?.fields.full_command).toBe(
      'RCPT TO:<user@fabrikam.com>',
    );
  });

  test('that ends in the middle gives what there is and says that it is partial', () => {
    const whole = viewer2003(SAMPLE);
    const cut = first(whole.slice(0, whole.indexOf('with "504')));
    expect(cut).toMatchObject({ id: '7004', fields: { remote_host: 'mail2.contoso.com', local_server: 'MAIL1' } });
    expect(cut?.title).toMatch(/partial copy/);
    expect(cut?.fields).not.toHaveProperty('reply');
    const inReply = first(whole.slice(0, whole.indexOf('authenticate')));
    expect(inReply?.fields).toMatchObject({ command: 'xexch50', reply: '504 Need to' });
    const blockOnly = first(whole.slice(0, whole.indexOf('This is an')));
    expect(blockOnly).toMatchObject({
      id: '7004',
      fields: { event_id: '7004', level: 'Error', local_server: 'MAIL1' },
    });
    expect(blockOnly?.title).toMatch(/description is missing/);
  });

  test('that begins in the middle is placed by its end, or said to be one of two', () => {
    const text = description(SAMPLE);
    expect(first(text.slice(text.indexOf('The remote')))).toMatchObject({
      id: '7004',
      fields: { reply: '504 Need to authenticate first' },
    });
    const middle = first(text.slice(text.indexOf('The remote'), text.indexOf('This will')));
    expect(middle?.title).toMatch(/7002 or 7004, partial copy/);
    expect(middle?.fields).toMatchObject({ remote_host: 'mail2.contoso.com', command: 'xexch50' });
  });
});

describe('the remote side', () => {
  test('logged as an address fills the address too', () => {
    expect(first(description({ ...SAMPLE, peer: '198.51.100.7' }))?.fields).toMatchObject({
      remote_host: '198.51.100.7',
      remote_ip: '198.51.100.7',
    });
    expect(first(description({ ...SAMPLE, peer: '2001:db8::25' }))?.fields).toMatchObject({
      remote_ip: '2001:db8::25',
    });
  });

  test('logged as a name where an address is usual fills the name', () => {
    const fields = first(description({ ...SAMPLE, id: 7010, peer: 'presentations.contoso.com' }))?.fields;
    expect(fields).toMatchObject({ remote_host: 'presentations.contoso.com', command: 'xexch50' });
    expect(fields).not.toHaveProperty('remote_ip');
  });
});

describe('several events in one paste', () => {
  test('are each found at their own line with their own fields', () => {
    const second = viewer2003({
      ...SAMPLE,
      id: 7002,
      peer: '192.0.2.84',
      command: 'rcpt',
      reply: '452 Too many recipients ',
      full: 'RCPT TO:<a@contoso.com>',
    });
    const text = `${viewer2003(SAMPLE)}\r\n\r\nand this:\r\n\r\n${second}\r\n\r\nalso\r\n\r\n${viewer2008({ ...SAMPLE, id: 7010, peer: '192.0.2.9' })}`;
    const { findings } = triage(library, text);
    expect(findings.map(({ id, line, fields }) => [id, line, fields.remote_ip ?? fields.remote_host])).toEqual([
      ['7004', 1, 'mail2.contoso.com'],
      ['7002', 18, '192.0.2.84'],
      ['7010', 35, '192.0.2.9'],
    ]);
    expect(findings[1]?.fields).toMatchObject({
      command: 'rcpt',
      reply: '452 Too many recipients',
      full_command: 'RCPT TO:<a@contoso.com>',
    });
  });

  test('do not borrow from one another when the first is cut off', () => {
    const text = `${viewer2003(SAMPLE)}\n${viewer2003({ ...SAMPLE, id: 7002, peer: '192.0.2.84', reply: '452 later ' })}`;
    const from = text.indexOf('with "504');
    const { findings } = triage(library, text.slice(0, from) + text.slice(text.indexOf('Event Type', from)));
    expect(findings.map(({ id, fields }) => [id, fields.reply])).toEqual([
      ['7004', undefined],
      ['7002', '452 later'],
    ]);
  });

  test('an ID mentioned in the prose around them is no event', () => {
    const text = `The log is full of (Event ID 7002, 7002 & 3018 errors):\n\n${viewer2003(SAMPLE)}\n\nProduct: Exchange Version: 6.5 Event Source: MSExchangeTransport Event ID: 7004`;
    expect(triage(library, text).findings.map(({ id, line }) => [id, line])).toEqual([['7004', 3]]);
  });

  test('an event of another kind is named beside them', () => {
    const other =
      'Event Type: Error\nEvent Source: MSExchangeTransport\nEvent Category: NDR\nEvent ID: 3018 Date: 1/18/2011\nTime: 9:49:37 AM\nComputer: MAIL1\nDescription:\nA non-delivery report was generated.';
    const { findings } = triage(library, `${viewer2003(SAMPLE)}\n\n${other}`);
    expect(findings[1]).toMatchObject({
      id: '3018',
      line: 16,
      fields: { event_id: '3018', time: '1/18/2011 9:49:37 AM', local_server: 'MAIL1' },
    });
  });
});

describe('the same number of another program', () => {
  test('is another event, for which nothing is suggested', () => {
    const text =
      'Event Type: Error\nEvent Source: Service Control Manager\nEvent ID: 7004\nComputer: MAIL1\nDescription:\nSome service did not start.';
    const { findings, suggestions, note } = triage(library, text);
    expect(findings).toMatchObject([{ id: '7004', source: 'Service Control Manager', local: null }]);
    expect(suggestions).toEqual([]);
    expect(note).toMatch(/no wizard/);
  });
});
