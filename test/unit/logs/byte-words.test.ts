import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteWords } from '../../../wizards/engine/logs/byte-words.ts';
import { LONGEST_REPLY, LogWords } from '../../../wizards/engine/logs/log-words.ts';
import { bytesOf } from '../../fixtures/logs/read-log.ts';

describe('words found by their bytes', () => {
  test('are numbered from 0 as they come, wherever they stand', () => {
    const words = new ByteWords();
    const bytes = bytesOf('one two one');
    expect([
      words.idOf(bytes, 0, 3),
      words.idOf(bytes, 4, 7),
      words.idOf(bytes, 8, 11),
      words.idOf(bytes, 4, 4),
    ]).toEqual([0, 1, 0, 2]);
    expect([words.text(0), words.text(1), words.text(2), words.size]).toEqual(['one', 'two', '', 3]);
  });

  test('are those that a Map would find, thousands of them', () => {
    const word = fc.oneof(
      fc.nat({ max: 20_000 }).map((n) => `192.0.2.${n}`),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4000, size: 'max' }), (list) => {
        const words = new ByteWords();
        const model = new Map<string, number>();
        for (const text of list) {
          if (!model.has(text)) model.set(text, model.size);
          const bytes = bytesOf(text);
          expect(words.idOf(bytes, 0, bytes.length)).toBe(model.get(text));
        }
        expect(words.size).toBe(model.size);
        for (const [text, id] of model) expect(words.text(id)).toBe(text);
      }),
      { numRuns: 10 },
    );
  });

  test('may be long, and need be no UTF-8', () => {
    const words = new ByteWords();
    const long = bytesOf('x'.repeat(100_000));
    expect(words.idOf(long, 0, long.length)).toBe(0);
    expect(words.text(0)).toHaveLength(100_000);
    const latin = Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65);
    expect(words.text(words.idOf(latin, 0, 5))).toBe('Grüße');
  });
});

describe('the words of a log', () => {
  const words = new LogWords();
  const remote = (text: string): string | null => {
    const id = words.remote(bytesOf(text), 0, bytesOf(text).length);
    return id < 0 ? null : words.remotes.text(id);
  };
  const reply = (text: string, quoted = false): string =>
    words.replies.text(words.reply(bytesOf(text), 0, bytesOf(text).length, quoted));

  test('name the address of an endpoint without its port', () => {
    expect(remote('192.0.2.1:25')).toBe('192.0.2.1');
    expect(remote('192.0.2.1')).toBe('192.0.2.1');
    expect(remote('[2001:db8::1]:25')).toBe('2001:db8::1');
    expect(remote('2001:db8::1')).toBe('2001:db8::1');
    expect(remote('')).toBeNull();
  });

  test('hold replies without blanks at the end, quotes undone, and not more than is shown', () => {
    expect(reply('504 Need to authenticate first ')).toBe('504 Need to authenticate first');
    expect(reply('450 try ""again""', true)).toBe('450 try "again"');
    expect(reply('450 try ""again""')).toBe('450 try ""again""');
    expect(reply('5'.repeat(1000))).toHaveLength(LONGEST_REPLY);
    // Not cut within a character.
    expect(reply('ü'.repeat(200))).toBe('ü'.repeat(LONGEST_REPLY / 2));
    expect(reply(`a${'ü'.repeat(200)}`)).toBe(`a${'ü'.repeat(LONGEST_REPLY / 2 - 1)}`);
  });
});
