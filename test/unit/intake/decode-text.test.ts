import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../wizards/engine/decode.ts';

const TEXT = 'Event ID: 7004\r\nReply "504 Überlastet"\r\n';
const bytes = (...list: number[]) => Uint8Array.from(list);
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, big = false, mark = true) => {
  const units = [...(mark ? '\ufeff' : ''), ...text].flatMap((sign) => {
    const code = sign.charCodeAt(0);
    return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
  });
  return bytes(...units);
};

describe('bytes are read as the text that they are', () => {
  test.each([
    ['UTF-8', utf8(TEXT), 'utf-8'],
    ['UTF-8 with its mark', utf8(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16 with its mark, as Windows PowerShell redirects', utf16(TEXT), 'utf-16le'],
    ['big-endian UTF-16 with its mark', utf16(TEXT, true), 'utf-16be'],
    ['UTF-16 without a mark', utf16(TEXT, false, false), 'utf-16le'],
    ['big-endian UTF-16 without a mark', utf16(TEXT, true, false), 'utf-16be'],
    ['Windows-1252', Uint8Array.from(TEXT, (sign) => sign.charCodeAt(0)), 'windows-1252'],
  ])('%s', (_, input, encoding) => {
    expect(decodeText(input)).toEqual({ text: TEXT, encoding });
  });

  test('an empty input is an empty text', () => {
    expect(decodeText(bytes())).toEqual({ text: '', encoding: 'utf-8' });
  });

  test('a character torn off at the end does not change the encoding of the rest', () => {
    expect(decodeText(utf8('Größe ü').slice(0, -1))).toEqual({ text: 'Größe ', encoding: 'utf-8' });
  });
});

describe('bytes that are no text are named', () => {
  test.each([
    ['an event log file', [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00], /\.evtx.*/],
    ['a zip', [0x50, 0x4b, 3, 4, 20, 0], /zip/],
    ['a gzip', [0x1f, 0x8b, 8, 0], /gzip/],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 13, 10], /picture/],
    ['something else', [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e], /no text/],
  ])('%s', (_, list, message) => {
    const result = decodeText(bytes(...list));
    expect(result).toHaveProperty('refusal');
    if ('refusal' in result) {
      expect(result.refusal.message).toMatch(message);
      expect(result.refusal.hint).not.toBe('');
    }
  });
});

describe('an event log file is refused with the way to export it', () => {
  const hintOf = (...list: number[]) => {
    const result = decodeText(bytes(...list, ...new Array<number>(64).fill(0)));
    return 'refusal' in result ? `${result.refusal.message} ${result.refusal.hint}` : '';
  };

  test('.evtx names wevtutil, Get-WinEvent and Event Viewer', () => {
    const hint = hintOf(...utf8('ElfFile\0'));
    expect(hint).toContain('This is an event log file (.evtx), not text.');
    expect(hint).toContain('wevtutil qe FILE.evtx /lf:true /f:text');
    expect(hint).toContain('Get-WinEvent -Path FILE.evtx | Format-List *');
    expect(hint).toContain('Save All Events As');
  });

  test('.evt has its mark behind the size of its header', () => {
    const hint = hintOf(0x30, 0, 0, 0, ...utf8('LfLe'), 1, 0, 0, 0, 1, 0, 0, 0);
    expect(hint).toContain('(.evt)');
    expect(hint).toContain('Get-WinEvent -Path FILE.evt -Oldest');
  });

  test('a text that begins with such letters is a text', () => {
    expect(decodeText(utf8('ElfFile is the mark of an event log.'))).toHaveProperty('text');
    expect(decodeText(utf8('0000LfLe: the mark of an older log'))).toHaveProperty('text');
  });
});
