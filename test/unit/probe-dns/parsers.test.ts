/** What needs no network: names, SPF records, the hosts file. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notPublic } from '../../../wizards/engine/probe/dns/address-kinds.ts';
import { hostsEntries, hostsPath } from '../../../wizards/engine/probe/dns/hosts-file.ts';
import { listName, reverseName, sameAddress, sameName } from '../../../wizards/engine/probe/dns/names.ts';
import { isSpf, parseSpf } from '../../../wizards/engine/probe/dns/spf.ts';

describe('names', () => {
  test('an address is looked up from its end', () => {
    expect(reverseName('192.0.2.25')).toBe('25.2.0.192.in-addr.arpa');
    expect(reverseName('2001:db8::25')).toBe(
      '5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
    );
    expect(reverseName('mail.contoso.com')).toBeNull();
    expect(listName('192.0.2.25', 'List.Contoso.com.')).toBe('25.2.0.192.list.contoso.com');
  });

  test('case and the dot at the end make no difference', () => {
    expect(sameName('Mail.Contoso.com.', 'mail.contoso.COM')).toBe(true);
    expect(sameName('mail.contoso.com', 'contoso.com')).toBe(false);
    expect(sameAddress('2001:db8::1', '2001:DB8:0:0:0:0:0:1')).toBe(true);
    expect(sameAddress('192.0.2.1', '192.0.2.2')).toBe(false);
  });

  test('addresses that nobody outside can reach are told apart from those of examples', () => {
    expect(notPublic('10.1.2.3')).toBe('a private address');
    expect(notPublic('127.0.0.2')).toBe('an address of the machine itself');
    expect(notPublic('fe80::1')).toBe('an address that a machine gave itself');
    expect(notPublic('192.0.2.25')).toBeNull();
    expect(notPublic('2001:db8::1')).toBeNull();
  });
});

describe('an SPF record', () => {
  test('is one by its first word', () => {
    expect(['v=spf1', 'v=spf1 -all', 'V=SPF1 -all'].every(isSpf)).toBe(true);
    expect(['v=spf10 -all', 'v=spf1;-all', ' v=spf1 -all', 'spf1 -all'].some(isSpf)).toBe(false);
  });

  test('counts the lookups that it causes by itself', () => {
    const spf = parseSpf(
      'v=spf1 a mx:fabrikam.com/24 include:spf.contoso.com ip4:192.0.2.0/24 exists:%{i}.x.contoso.com ~all',
    );
    expect(spf.lookups).toBe(4);
    expect(spf.leadsTo).toEqual(['spf.contoso.com']);
    expect(spf.faults).toEqual([]);
    expect(spf.terms.map(({ name, value, qualifier }) => `${qualifier}${name}=${value}`)).toEqual([
      '+a=',
      '+mx=fabrikam.com/24',
      '+include=spf.contoso.com',
      '+ip4=192.0.2.0/24',
      '+exists=%{i}.x.contoso.com',
      '~all=',
    ]);
  });

  test('with more than ten lookups is broken', () => {
    const many = Array.from({ length: 11 }, (_, i) => `include:s${i}.contoso.com`);
    expect(parseSpf(`v=spf1 ${many.slice(1).join(' ')} -all`).faults).toEqual([]);
    expect(parseSpf(`v=spf1 ${many.join(' ')} -all`).faults).toEqual([
      'it causes 11 lookups by itself, and 10 are allowed',
    ]);
  });

  test.each([
    ['v=spf1 ip4:192.0.2.300 -all', '“ip4:192.0.2.300” is no range of IPv4'],
    ['v=spf1 ip4:2001:db8::/32 -all', '“ip4:2001:db8::/32” is no range of IPv4'],
    ['v=spf1 ip6:192.0.2.0/24 -all', '“ip6:192.0.2.0/24” is no range of IPv6'],
    ['v=spf1 ip4:192.0.2.1/33 -all', '“ip4:192.0.2.1/33” is no range of IPv4'],
    ['v=spf1 ip4 -all', '“ip4” names nothing'],
    ['v=spf1 include: -all', '“include:” names nothing'],
    ['v=spf1 include=spf.contoso.com -all', '“include=spf.contoso.com” is written with = in place of :'],
    ['v=spf1 ipv4:192.0.2.1 -all', '“ipv4:192.0.2.1” is a mechanism that nobody knows'],
    ['v=spf1 redirect=a.contoso.com redirect=b.contoso.com', '“redirect=b.contoso.com” stands there twice'],
    ['v=spf1 -all:x', '“-all:x” takes no value'],
    ['v=spf1 192.0.2.1 -all', '“192.0.2.1” is no term'],
  ])('%s is broken', (text, fault) => {
    expect(parseSpf(text).faults).toEqual([fault]);
  });

  test('modifiers that nobody knows are ignored', () => {
    expect(parseSpf('v=spf1 moo=x a/24 mx//64 -all')).toMatchObject({ faults: [], lookups: 2, doubts: [] });
  });

  test('that lets everybody send, or uses ptr, is in doubt', () => {
    expect(parseSpf('v=spf1 all').doubts).toHaveLength(1);
    expect(parseSpf('v=spf1 ptr -all').doubts).toHaveLength(1);
    expect(parseSpf('v=spf1 -all a').doubts).toEqual(['What stands behind all is never looked at.']);
  });

  test('may be anything at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const spf = parseSpf(`v=spf1 ${text}`);
        expect(spf.terms.length + spf.faults.length).toBeGreaterThanOrEqual(
          `v=spf1 ${text}`.split(' ').filter((word) => word !== '').length - 1,
        );
      }),
    );
    expect(parseSpf(`v=spf1 ${'a '.repeat(50_000)}`).faults).toHaveLength(2);
  });
});

describe('the hosts file', () => {
  const text = [
    '\ufeff# Names of this machine',
    '127.0.0.1\tlocalhost',
    '192.0.2.9   old.contoso.com MAIL.contoso.com # since the move',
    '#192.0.2.8 mail.contoso.com',
    'fe80::1%eth0 mail.contoso.com.',
    'mail.contoso.com 192.0.2.7',
    '192.0.2.6 webmail.contoso.com',
  ].join('\r\n');

  test('entries for a name are found by line, whatever the case; comments are none', () => {
    expect(hostsEntries(text, ['mail.contoso.com'])).toEqual([
      { line: 3, address: '192.0.2.9', name: 'mail.contoso.com' },
      { line: 5, address: 'fe80::1%eth0', name: 'mail.contoso.com' },
    ]);
    expect(hostsEntries(text, ['contoso.com'])).toEqual([]);
  });

  test('lies where the system keeps it', () => {
    expect(hostsPath('win32', 'D:\\Windows')).toBe('D:\\Windows\\System32\\drivers\\etc\\hosts');
    expect(hostsPath('win32', undefined)).toBe('C:\\Windows\\System32\\drivers\\etc\\hosts');
    expect(hostsPath('linux', undefined)).toBe('/etc/hosts');
  });

  test('may be anything at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.domain(), fc.ipV4(), (noise, name, address) => {
        const around = noise.replace(/[\r\n]/g, ' ');
        const found = hostsEntries(`${around}\n${address} ${name}\n${around}`, [name]);
        expect(found).toContainEqual({ line: 2, address, name });
      }),
    );
  });
});
