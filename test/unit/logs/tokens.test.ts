import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COMMAND,
  detailOf,
  findAscii,
  goesOn,
  INFO,
  isMasked,
  kindOf,
  NEWS,
  newsToken,
  REPLY,
  replyCode,
  replyToken,
  spokenToken,
  VERB,
  verbOf,
} from '../../../wizards/engine/logs/tokens.ts';
import { bytesOf } from '../../fixtures/logs/read-log.ts';

/** Calls a reader on the text alone and on the text within others: what stands around it must not matter. */
function read<T>(reader: (bytes: Uint8Array, from: number, to: number) => T, text: string): T {
  const bytes = bytesOf(text);
  const plain = reader(bytes, 0, bytes.length);
  const inside = bytesOf(`25${text}0 LAST`);
  expect(reader(inside, 2, 2 + bytes.length)).toEqual(plain);
  return plain;
}

describe('a verb', () => {
  test.each<[string, keyof typeof VERB]>([
    ['EHLO mail.contoso.com', 'hello'],
    ['helo', 'hello'],
    ['STARTTLS', 'starttls'],
    ['X-ANONYMOUSTLS', 'starttls'],
    ['AUTH NTLM', 'auth'],
    ['X-EXPS EXCHANGEAUTH SHA256 ', 'auth'],
    ['mail FROM:<>', 'mail'],
    ['MAIL', 'mail'],
    ['Rcpt TO:<a>', 'rcpt'],
    ['XEXCH50 1124 2', 'xexch50'],
    ['xexch50+1124+2', 'xexch50'],
    ['DATA', 'data'],
    ['BDAT 4096', 'bdat'],
    ['BDAT 4096 LAST', 'bdatLast'],
    ['bdat 4096 last  ', 'bdatLast'],
    ['QUIT', 'quit'],
    ['RSET', 'rset'],
    ['XXXX a', 'masked'],
    ['xxxxxxxx', 'masked'],
    ['XXX a', 'other'],
    ['XXXXY', 'other'],
    ['DATAX', 'other'],
    ['MAILFROM', 'other'],
    ['STARTT', 'other'],
    ['X-LINK2STATE LAST CHUNK={a}', 'other'],
    ['NOOP', 'other'],
    ['', 'other'],
    ['EHL', 'other'],
    ['é☃☃☃', 'other'],
  ])('%j is %s', (text, name) => {
    expect(read(verbOf, text)).toBe(VERB[name]);
  });
});

describe('a reply', () => {
  test.each<[string, number]>([
    ['250 OK', 250],
    ['250-SIZE', 250],
    ['250', 250],
    ['250  mail', 250],
    ['220+mail', 220],
    ['554,no', 554],
    ['2505 OK', 0],
    ['250.1', 0],
    ['25', 0],
    ['650 OK', 0],
    ['050 OK', 0],
    ['25O OK', 0],
    ['', 0],
  ])('%j has the number %i', (text, code) => {
    expect(read(replyCode, text)).toBe(code);
  });

  test('knows whether more lines come, and a masked banner', () => {
    const first = read(spokenToken, '250-SIZE');
    expect([kindOf(first), detailOf(first), goesOn(first), isMasked(first)]).toEqual([REPLY, 250, true, false]);
    const banner = read(spokenToken, '220 *************200***');
    expect([kindOf(banner), detailOf(banner), goesOn(banner), isMasked(banner)]).toEqual([REPLY, 220, false, true]);
    // Asterisks mean nothing in other replies, nor do two of them.
    expect(isMasked(read(spokenToken, '250 ****'))).toBe(false);
    expect(isMasked(read(spokenToken, '220 ** a'))).toBe(false);
    expect(kindOf(read(spokenToken, 'QUIT'))).toBe(COMMAND);
  });

  test('keeps its parts apart in the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.boolean(), fc.boolean(), (code, more, masked) => {
        const token = replyToken(code, more, masked);
        expect([kindOf(token), detailOf(token), goesOn(token), isMasked(token)]).toEqual([REPLY, code, more, masked]);
      }),
    );
  });
});

describe('an informational record', () => {
  test.each<[string, keyof typeof NEWS]>([
    ['attempting to connect', 'attempt'],
    ['Failed to connect. Winsock error code: 10061', 'failedToConnect'],
    ['Set Session Permissions', 'permissions'],
    ["Tarpit for '0.00:00:05'", 'tarpit'],
    ['TLS negotiation failed with error NoCredentials', 'tlsFailed'],
    ['TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded', 'tlsDone'],
    ['Inbound AUTH LOGIN failed because of LogonDenied', 'authFailed'],
    ['Outbound authentication failed with error 0x8009030C', 'authFailed'],
    ['TLS is nice', 'other'],
    ['Certificate subject', 'other'],
    ['', 'other'],
  ])('%j says %s', (text, name) => {
    const token = read(newsToken, text);
    expect([kindOf(token), detailOf(token)]).toEqual([INFO, NEWS[name]]);
  });
});

test('a text is found where it stands, and only within the bounds', () => {
  const bytes = bytesOf('a LAST of the last');
  expect(findAscii(bytes, 0, bytes.length, 'LAST')).toBe(2);
  expect(findAscii(bytes, 3, bytes.length, 'LAST')).toBe(14);
  expect(findAscii(bytes, 3, bytes.length - 1, 'LAST')).toBe(-1);
});

test('any bytes whatever make a token', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const token = spokenToken(bytes, 0, bytes.length);
      expect([COMMAND, REPLY]).toContain(kindOf(token));
      expect(kindOf(newsToken(bytes, 0, bytes.length))).toBe(INFO);
    }),
  );
});
