/** Replies read from bytes, however they are cut and whatever they are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enhancedOf, type Reply, ReplyReader } from '../../../wizards/engine/probe/reply-reader.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
function replies(...pieces: Uint8Array[]): Reply[] {
  const reader = new ReplyReader();
  const found: Reply[] = [];
  for (const piece of pieces) {
    for (let at = 0; at < piece.length && !reader.overflown; ) {
      const { reply, taken } = reader.read(piece, at);
      at += taken;
      if (reply) found.push(reply);
    }
  }
  const rest = reader.rest();
  return rest ? [...found, rest] : found;
}

describe('a reply', () => {
  test('of one line or of many ends with the code and a blank', () => {
    expect(
      replies(bytesOf('220 mail.contoso.com ready\r\n250-mail.contoso.com Hello\r\n250-SIZE\r\n250 XEXCH50\r\n')),
    ).toEqual([
      { code: 220, lines: ['220 mail.contoso.com ready'], flaws: [] },
      { code: 250, lines: ['250-mail.contoso.com Hello', '250-SIZE', '250 XEXCH50'], flaws: [] },
    ]);
  });

  test.each<[string, string, Partial<Reply>]>([
    ['that is prose', 'Welcome\r\n', { code: 0, flaws: ['malformed'] }],
    ['that changes its code', '250-a\r\n251 b\r\n', { code: 250, flaws: ['malformed'] }],
    ['with bare line feeds', '250-a\n250 b\n', { code: 250, flaws: ['bare-lf'] }],
    ['with NULs', '250 a\u0000b\r\n', { lines: ['250 a\u2400b'], flaws: ['nul-bytes'] }],
    ['that never ends', '250-a\r\n250-b', { code: 250, lines: ['250-a', '250-b'], flaws: ['malformed'] }],
    ['without words', '250\r\n', { code: 250, lines: ['250'], flaws: [] }],
    ['in Latin-1', '250 Gr\u00fc\u00dfe\r\n', { lines: ['250 Gr\u00fc\u00dfe'], flaws: [] }],
  ])('%s says so', (_, text, reply) => {
    expect(replies(bytesOf(text))).toMatchObject([reply]);
  });

  test('with a line that is too long is cut, and with too many lines ends the reading', () => {
    const [long] = replies(bytesOf(`250 ${'a'.repeat(10_000)}\r\n`));
    expect([long?.flaws, long?.lines[0]?.length]).toEqual([['too-long'], 2048]);
    const reader = new ReplyReader();
    const endless = bytesOf('250-a\r\n'.repeat(10_000));
    const { reply, taken } = reader.read(endless);
    expect([reply?.lines.length, reply?.flaws, reader.overflown, taken < 4000]).toEqual([
      500,
      ['too-long'],
      true,
      true,
    ]);
  });

  test('is the same however its bytes are cut', () => {
    const text = fc.array(
      fc.constantFrom('2', '5', '0', '-', ' ', 'a', '\r', '\n', '\r\n', '250-', '250 ', '\u0000', '\u00e4'),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 200 })), (parts, cuts) => {
        const bytes = bytesOf(parts.join(''));
        const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(replies(...pieces)).toEqual(replies(bytes));
      }),
      { numRuns: 500 },
    );
  });

  test('may have an enhanced code', () => {
    expect(enhancedOf({ lines: ['550 5.7.1 Unable to relay'] })).toBe('5.7.1');
    expect(enhancedOf({ lines: ['504 Need to authenticate first'] })).toBeNull();
  });
});
