import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipInRanges } from '../../../wizards/engine/parameters.ts';

const ALL_V4 = '0.0.0.0-255.255.255.255';
const ALL_V6 = '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';

describe('whether an address is in the ranges of a connector', () => {
  test.each<[string, string[], boolean | null]>([
    ['192.0.2.25', [ALL_V6, ALL_V4], true],
    ['192.0.2.25', [ALL_V6], false],
    ['2001:db8::25', [ALL_V6, ALL_V4], true],
    ['2001:db8::25', [ALL_V4], false],
    ['192.0.2.0', ['192.0.2.0/24'], true],
    ['192.0.2.255', ['192.0.2.0/24'], true],
    ['192.0.3.0', ['192.0.2.0/24'], false],
    ['192.0.1.255', ['192.0.2.0/24'], false],
    ['192.0.2.77', ['192.0.2.64/26'], true],
    ['192.0.2.128', ['192.0.2.64/26'], false],
    ['192.0.2.9', ['192.0.2.0(255.255.255.0)'], true],
    ['192.0.2.9', [' 192.0.2.1 - 192.0.2.9 '], true],
    ['192.0.2.10', ['192.0.2.1-192.0.2.9'], false],
    ['192.0.2.25', ['192.0.2.25'], true],
    ['192.0.2.25', ['192.0.2.25/32'], true],
    ['203.0.113.1', ['0.0.0.0/0'], true],
    ['2001:db8:0:1::5', ['2001:db8::/32'], true],
    ['2001:DB8:0:0:0:0:0:1', ['2001:db8::1'], true],
    ['fe80::1%4', ['fe80::/10'], true],
    ['::ffff:192.0.2.25', ['192.0.2.0/24'], true],
    ['192.0.2.25', [], false],
    ['mail1', [ALL_V4], null],
    ['192.0.2.25', ['the office'], null],
    ['192.0.2.25', ['the office', '192.0.2.0/24'], true],
    ['192.0.2.25', ['192.0.2.9-192.0.2.1'], null],
    ['192.0.2.25', ['192.0.2.0/33'], null],
    ['192.0.2.25', ['192.0.2.0(255.0.255.0)'], null],
  ])('%s in %j: %s', (ip, ranges, expected) => {
    expect(ipInRanges(ip, ranges)).toBe(expected);
  });
});

test('an IPv4 network of any length holds exactly the addresses that share its first bits', () => {
  const octets = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 1, max: 32 }), (net, address, bits) => {
      const same = net >>> (32 - bits) === address >>> (32 - bits);
      expect(ipInRanges(octets(address), [`${octets(net)}/${bits}`])).toBe(same);
    }),
  );
});
