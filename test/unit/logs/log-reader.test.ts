import { describe, expect, test } from 'vitest';
import { joinParts } from '../../../wizards/engine/logs/join-parts.ts';
import { LONGEST_LINE, LogReader } from '../../../wizards/engine/logs/log-reader.ts';
import { FLAG } from '../../../wizards/engine/logs/session-fold.ts';
import { COLUMN, SessionRows, WIDE } from '../../../wizards/engine/logs/session-rows.ts';
import { CONNECT, replyToken } from '../../../wizards/engine/logs/tokens.ts';
import { bytesOf, outcome, readLog, readLogs, sum } from '../../fixtures/logs/read-log.ts';

const HEADER = [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.01.2507.039',
  '#Log-type: SMTP Receive Protocol Log',
  '#Date: 2025-01-06T10:15:00.101Z',
  '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
];
const ID = '08DD2E10A1B2C3D4';
type Said = [event: string, data: string];
const record = ([event, data]: Said, number: number, id = ID, second = number): string =>
  `2025-01-06T10:15:${String(second % 60).padStart(2, '0')}.101Z,MBX02\\Default MBX02,${id},${number},192.0.2.7:25,198.51.100.6:40112,${event},${data},`;
const SESSION: Said[] = [
  ['+', ''],
  ['>', '220 mbx02.contoso.com'],
  ['<', 'EHLO mail.fabrikam.com'],
  ['>', '250 mbx02.contoso.com'],
  ['<', 'MAIL FROM:<a>'],
  ['>', '"530 5.7.1 Client, not authenticated"'],
  ['<', 'QUIT'],
  ['>', '221 bye'],
  ['-', ''],
];
const RECORDS = SESSION.map((said, i) => record(said, i));
const TRUTH = { stage: 'mail', reply: '530 5.7.1 Client, not authenticated', delivered: 0, remote: '198.51.100.6' };

describe('the lines of a log', () => {
  test('may end with CR LF or LF, the last with neither', () => {
    const lines = [...HEADER, ...RECORDS];
    for (const text of [lines.join('\r\n'), lines.join('\n'), `${lines.join('\r\n')}\r\n`, `${lines.join('\n')}\n`]) {
      const { sessions, counts } = readLog(text);
      expect(sessions.map(outcome)).toEqual([TRUTH]);
      expect(counts[0]).toMatchObject({
        format: 'receive',
        times: 'utc',
        bytes: bytesOf(text).length,
        lines: 14,
        headers: 5,
        records: 9,
      });
    }
  });

  test('know where they stand, behind a mark of UTF-8 and behind empty lines', () => {
    const text = `\ufeff${HEADER.join('\r\n')}\r\n\r\n${RECORDS.join('\r\n')}`;
    const [session] = readLog(text).sessions;
    expect(session).toMatchObject({
      line: 7,
      offset: bytesOf(text.slice(0, text.indexOf(RECORDS[0] as string))).length,
    });
  });

  test('behind a mark of UTF-8 are read from the first on, though it be a record', () => {
    const { sessions, counts } = readLog(`\ufeff${RECORDS.join('\n')}`);
    expect(counts[0]?.bad.list()).toEqual([]);
    expect(sessions[0]).toMatchObject({ line: 1, offset: 3, ...TRUTH });
  });

  test('of ten megabytes are no records, in one piece or many', () => {
    const text = bytesOf([...HEADER, 'x'.repeat(10_000_000), `#${'y'.repeat(LONGEST_LINE)}`, ...RECORDS].join('\n'));
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < text.length; at += 65_536) pieces.push(text.subarray(at, at + 65_536));
    const inOne = readLogs([[text]]);
    expect(readLogs([pieces])).toEqual(inOne);
    expect(inOne.counts[0]?.bad.list()).toEqual([{ why: 'it is longer than a megabyte', count: 2, line: 6 }]);
    expect(inOne.sessions[0]).toMatchObject({ line: 8, offset: text.length - bytesOf(RECORDS.join('\n')).length });
  });

  test('of just a megabyte are read', () => {
    const long = record(['*', 'x'], 1)
      .replace(',x,', `,${'x'.repeat(LONGEST_LINE)},`)
      .slice(0, LONGEST_LINE);
    expect(readLog([...HEADER, long].join('\n')).counts[0]).toMatchObject({ records: 1 });
    expect(readLog([...HEADER, `${long}x`].join('\n')).counts[0]).toMatchObject({ records: 0 });
  });

  test('that are no records are counted with the reason', () => {
    const rows = [
      'words',
      '\0\0\0',
      (RECORDS[0] as string).replace('2025', 'year'),
      (RECORDS[0] as string).replace(`${ID},0`, `${ID},zero`),
      (RECORDS[0] as string).replace(ID, ''),
      (RECORDS[0] as string).replace(',+,', ',?,'),
      (RECORDS[0] as string).slice(0, 60),
      '#Fields: date-time,event',
    ];
    const { counts } = readLog([...HEADER, ...RECORDS, ...rows].join('\r\n'));
    expect(counts[0]?.bad.list()).toEqual([
      { why: 'fields are missing', count: 3, line: 15 },
      { why: 'it does not begin with a time', count: 1, line: 17 },
      { why: 'its sequence number is none', count: 1, line: 18 },
      { why: 'it names no session', count: 1, line: 19 },
      { why: 'its event is none of + - < > *', count: 1, line: 20 },
      { why: 'its #Fields lack what is needed', count: 1, line: 22 },
    ]);
    expect(sum(counts[0] as NonNullable<(typeof counts)[0]>)).toBe(22);
  });
});

describe('a file', () => {
  test('without a header is known by its records', () => {
    const { sessions, counts } = readLog(RECORDS.join('\n'));
    expect(counts[0]).toMatchObject({ format: 'protocol', headers: 0 });
    expect(sessions.map(outcome)).toEqual([TRUTH]);
  });

  test('with the header of something else is read by its records', () => {
    const { sessions, counts } = readLog(['#Software: Notes of mine', '#Fields: what i saw', ...RECORDS].join('\n'));
    expect(counts[0]).toMatchObject({ format: 'protocol', headers: 2 });
    expect(sessions.map(outcome)).toEqual([TRUTH]);
  });

  test('that is empty has no lines', () => {
    const { counts, sessions } = readLogs([[], [bytesOf('')]]);
    for (const one of counts)
      expect(one).toMatchObject({ format: null, times: null, bytes: 0, lines: 0, headers: 0, records: 0 });
    expect(sessions).toEqual([]);
  });

  test('of words alone is given up after a while', () => {
    const reader = new LogReader();
    reader.beginFile(0);
    reader.push(bytesOf('dear diary\n'.repeat(200)));
    expect(reader.hopeless).toBe(false);
    reader.push(bytesOf('dear diary\n'));
    expect(reader.hopeless).toBe(true);
    expect(reader.endFile().bad.list()).toEqual([{ why: 'nothing says what log it belongs to', count: 201, line: 1 }]);
    reader.beginFile(1);
    expect(reader.hopeless).toBe(false);
  });

  test('has the fields that its own header names, not those of the file before', () => {
    const turned = [
      '#Fields: session-id,sequence-number,date-time,connector-id,remote-endpoint,event,data,context',
      `${ID},0,2025-01-06T10:15:00Z,,198.51.100.6:1,+,,`,
    ];
    const { counts } = readLogs([
      [bytesOf(turned.join('\n'))],
      [bytesOf(RECORDS.map((line) => line.replaceAll(ID, '08DD2E10A1B2C3D5')).join('\n'))],
    ]);
    expect(counts.map(({ records }) => records)).toEqual([1, 9]);
  });

  test('that was given up in the middle leaves nothing behind', () => {
    const iis = '#Fields: date time c-ip cs-method sc-status\n2004-02-22 10:00:00 198.51.100.9 HELO 250\n';
    const ncsa = '198.51.100.9 - mail [11/Oct/2006:13:16:40 -0600] "HELO -?+mail SMTP" 250 46\n';
    for (const text of [iis, ncsa, '5/13/00 2:36:28 PM : <<< EHLO a\n', `${RECORDS[0]}\n`]) {
      const reader = new LogReader();
      for (const file of [0, 1]) {
        reader.beginFile(file);
        reader.push(bytesOf(text));
      }
      reader.endFile();
      expect(reader.sessions.rows.count + reader.sessions.parts.count).toBe(1);
    }
  });

  test('of two logs one behind the other is read as both', () => {
    const iis = ['#Fields: date time c-ip cs-method sc-status', '2004-02-22 10:00:00 198.51.100.9 HELO 250'];
    const marked = HEADER.map((line, i) => (i === 0 ? `\ufeff${line}` : line));
    for (const text of [
      [...HEADER, ...RECORDS, ...iis],
      [...iis, ...marked, ...RECORDS],
      [...iis, ...HEADER, ...RECORDS],
      [...iis, HEADER[4] as string, ...RECORDS],
    ]) {
      const { sessions, counts } = readLog(text.join('\n'));
      expect(counts[0]?.bad.list()).toEqual([]);
      expect(sessions.map(({ remote }) => remote).sort()).toEqual(['198.51.100.6', '198.51.100.9']);
    }
  });

  test('whose header lines are long and odd takes no long time', () => {
    const rows = Array.from(
      { length: 400 },
      () => `#Fields: ${'session destination '.repeat(200)}${' '.repeat(3900)}x`,
    );
    // To look for the end of each from every blank anew would take longer than a test may.
    expect(readLog(rows.join('\n')).counts[0]).toMatchObject({ headers: 400 });
  });
});

describe('a session', () => {
  const at = (numbers: number[]): string => numbers.map((number) => RECORDS[number]).join('\n');
  const file = (numbers: number[]): Uint8Array[] => [bytesOf(`${HEADER.join('\n')}\n${at(numbers)}`)];

  test('that is whole leaves a row at once', () => {
    const { sessions, parts } = readLogs([file([0, 1, 2, 3, 4, 5, 6, 7, 8])]);
    expect(parts).toBe(0);
    expect(sessions[0]?.flags).toEqual(['ended', 'greeted', 'whole']);
  });

  test('that runs over files is joined, in whatever order they are read', () => {
    for (const files of [
      [file([0, 1, 2, 3]), file([4, 5, 6, 7, 8])],
      [file([0]), file([1, 2, 3, 4, 5]), file([6, 7, 8])],
    ]) {
      const { sessions, parts } = readLogs(files);
      expect(parts).toBe(files.length);
      expect(sessions.map(outcome)).toEqual([TRUTH]);
      expect(sessions[0]).toMatchObject({
        file: 0,
        line: 6,
        start: '2025-01-06T10:15:00.101Z',
        end: '2025-01-06T10:15:08.101Z',
        flags: ['ended', 'greeted', 'whole'],
      });
      const turned = readLogs(files.toReversed());
      expect(turned.sessions.map(outcome)).toEqual([TRUTH]);
      expect(turned.sessions[0]).toMatchObject({ file: files.length - 1, line: 6 });
    }
  });

  test('whose records are out of order is put in order', () => {
    const { sessions } = readLogs([file([0, 1, 3, 2, 4, 6, 5, 7, 8])]);
    expect(sessions.map(outcome)).toEqual([TRUTH]);
    expect(sessions[0]?.flags).toContain('whole');
  });

  test('with a number missing or twice is not whole, but told all the same', () => {
    for (const numbers of [
      [0, 1, 2, 3, 4, 5, 8],
      [0, 1, 2, 3, 4, 5, 5, 6, 7, 8],
    ]) {
      const { sessions } = readLogs([file(numbers)]);
      expect(sessions.map(outcome)).toEqual([TRUTH]);
      expect(sessions[0]?.flags).toEqual(['ended', 'greeted']);
    }
  });

  test('may have its id as a GUID', () => {
    const text = RECORDS.map((line) => line.replace(ID, '0F8FAD5B-D9CB-469F-A165-70867728950E')).join('\n');
    expect(readLog(text).sessions.map(outcome)).toEqual([TRUTH]);
  });

  test('of a quarter million records is joined as well', () => {
    const count = 250_000;
    const tokens = new Int32Array(count * 3);
    const times = new Float64Array(count);
    for (let i = 0; i < count; i += 1) {
      tokens.set([i + 1, i === 0 ? CONNECT : replyToken(250, false, false), -1], i * 3);
      times[i] = 1000 - (i % 7);
    }
    const part = { file: 0, high: 1, low: 2, remote: -1, connector: -1, offset: 0, line: 1, tokens, times };
    const rows = new SessionRows();
    joinParts([part], rows);
    expect([rows.wide[WIDE.start], rows.wide[WIDE.end]]).toEqual([994, 1000]);
    expect(((rows.whole[COLUMN.state] as number) >> 8) & FLAG.whole).toBe(0);
  });
});
