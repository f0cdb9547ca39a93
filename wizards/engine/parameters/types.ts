import type { Parameter, ParameterType } from '../schema.ts';
import { findOther } from './characters.ts';
import { checkDn } from './dn.ts';
import { parseAddress, parseRange } from './ip-ranges.ts';
import { accept, type Checked, refuse } from './refusal.ts';

/** Longest value of each type in characters: DNS names RFC 1035, addresses as Exchange inspects them, the rest by use. */
export const MAX_LENGTH: Record<ParameterType, number> = {
  host: 253,
  fqdn: 253,
  ip: 45,
  cidr: 100,
  domain: 253,
  dn: 2048,
  mailbox: 2048,
  smtp: 320,
  connector: 256,
  port: 5,
  integer: 18,
  path: 1024,
  enum: 256,
  thumbprint: 120,
  guid: 38,
  messageid: 998,
  datetime: 40,
  text: 1024,
  secret: 1024,
};

type TypeCheck = (value: string, parameter: Parameter) => Checked;

function badForm(message: string, hint: string): Checked {
  return refuse({ code: 'bad-form', message, hint });
}

function checkName(value: string, leastLabels: number): Checked {
  const name = value.endsWith('.') ? value.slice(0, -1) : value;
  const other = findOther(
    name,
    /^[A-Za-z0-9._-]$/,
    'Names hold letters a-z, digits, hyphens and dots; write other letters as xn--…',
  );
  if (other) return refuse(other);
  const labels = name.split('.');
  const bad = labels.find((label) => !/^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/.test(label));
  if (bad === '') return badForm('two dots in a row, or a dot in front', 'Write the name as in mail1.contoso.com.');
  if (bad !== undefined)
    return badForm(`the part “${bad}” is no name`, 'Each part has 1 to 63 characters and no hyphen at its ends.');
  if (labels.length < leastLabels)
    return badForm('the domain is missing', 'Write the full name, as in mail1.contoso.com.');
  if (isOddAddress(labels)) {
    return badForm(
      'a number that many programs read as an IP address',
      'Write the address as four numbers from 0 to 255, as in 192.0.2.25, or a name, as in mail1.contoso.com.',
    );
  }
  if (/^\d+$/.test(labels.at(-1) as string) && labels.length > 1) {
    return badForm(
      'neither a name nor an IP address',
      'A name does not end in a number; an IPv4 address has four of them, 0 to 255.',
    );
  }
  return accept(name);
}

/**
 * Resolvers read `0x7f.1`, `0177.0.0.1` and `2130706433` as addresses (127.0.0.1, all three), and no two people do:
 * one to four numbers, hexadecimal and octal ones included. Four plain ones are checked as an address.
 */
function isOddAddress(labels: string[]): boolean {
  if (labels.length > 4 || !labels.every((label) => /^(\d+|0x[0-9a-f]*)$/i.test(label))) return false;
  return labels.length < 4 || labels.some((label) => /^0[0-9x]/i.test(label));
}

const checkHost: TypeCheck = (value) => (parseAddress(value) ? accept(value) : checkName(value, 1));

const checkSmtp: TypeCheck = (value) => {
  const address = /^<.*>$/.test(value) ? value.slice(1, -1) : value;
  if (address === '') return accept('<>');
  const split = address.lastIndexOf('@');
  if (split < 1 || split === address.length - 1)
    return badForm('no mail address', 'Write it as name@contoso.com; <> is the empty sender.');
  const other = findOther(
    address.slice(0, split),
    /^[^\s<>()[\]\\,;:"@]$/u,
    'Write the bare address, without a name or brackets.',
  );
  if (other) return refuse(other);
  const literal = /^\[(?:IPv6:)?(.*)\]$/i.exec(address.slice(split + 1));
  if (literal)
    return parseAddress(literal[1] as string)
      ? accept(address)
      : badForm('no IP address in the brackets', 'As in user@[192.0.2.25].');
  const domain = checkName(address.slice(split + 1), 1);
  return domain.ok ? accept(`${address.slice(0, split)}@${domain.value}`) : domain;
};

function checkNumber(least: bigint, most: bigint): TypeCheck {
  return (value) => {
    const other = findOther(value, /^[0-9]$/, 'Digits only.');
    if (other) return refuse(other);
    const number = BigInt(value);
    if (number < least || number > most)
      return badForm(`${number} is outside of ${least} to ${most}`, 'Write a number within that range.');
    return accept(String(number));
  };
}

const checkEnum: TypeCheck = (value, parameter) => {
  const values = parameter.values ?? [];
  const found =
    values.find((each) => each === value) ?? values.find((each) => each.toLowerCase() === value.toLowerCase());
  return found === undefined
    ? badForm(`“${value}” is not one of its values`, `One of: ${values.join(', ')}.`)
    : accept(found);
};

const checkThumbprint: TypeCheck = (value) => {
  const other = findOther(value, /^[0-9A-Fa-f]$/, 'A thumbprint holds 0-9 and A-F only.');
  if (other) return refuse(other);
  return value.length === 40
    ? accept(value.toUpperCase())
    : badForm(`${value.length} digits instead of 40`, 'Copy the whole thumbprint.');
};

const checkGuid: TypeCheck = (value) => {
  const bare = /^\{.*\}$/.test(value) ? value.slice(1, -1) : value;
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(bare)
    ? accept(bare)
    : badForm('no GUID', 'Groups of 8-4-4-4-12 digits 0-9 and a-f, joined by hyphens.');
};

const checkMessageId: TypeCheck = (value) => {
  const inner = /^<.*>$/.test(value) ? value.slice(1, -1) : value;
  const other = findOther(inner, /^[^\s<>]$/u, 'Copy the identifier with its <> and nothing around it.');
  if (other) return refuse(other);
  return inner === '' ? badForm('no message identifier', 'As in <4f2a@mail1.contoso.com>.') : accept(value);
};

const DATETIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

const checkDatetime: TypeCheck = (value) => {
  const hint = 'Year first, as in 2025-01-31 14:30: other orders mean different days in different countries.';
  const match = DATETIME.exec(value);
  if (!match) return badForm('no date', hint);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  const exists = day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
  return exists ? accept(value) : badForm('there is no such day or time', hint);
};

const asWritten: TypeCheck = (value) => accept(value);

/** What a value of each type must look like, after trimming and the checks that all types share. */
export const TYPE_CHECKS: Record<ParameterType, TypeCheck> = {
  host: checkHost,
  fqdn: (value) =>
    parseAddress(value)
      ? badForm('this is an IP address, and a name is needed', 'Write the full name, as in mail1.contoso.com.')
      : checkName(value, 2),
  ip: (value) => (parseAddress(value) ? accept(value) : badForm('no IP address', 'As in 192.0.2.25 or 2001:db8::25.')),
  cidr: (value) =>
    parseRange(value)
      ? accept(value)
      : badForm('no address range', 'As in 192.0.2.0/24, 192.0.2.1-192.0.2.9 or 192.0.2.25.'),
  domain: (value) => checkName(value, 1),
  dn: checkDn,
  mailbox: asWritten,
  smtp: checkSmtp,
  connector: asWritten,
  port: checkNumber(1n, 65535n),
  integer: checkNumber(0n, 999_999_999_999_999_999n),
  path: asWritten,
  enum: checkEnum,
  thumbprint: checkThumbprint,
  guid: checkGuid,
  messageid: checkMessageId,
  datetime: checkDatetime,
  text: asWritten,
  secret: () =>
    refuse({
      code: 'secret',
      message: 'never entered here',
      hint: 'The shell itself asks for it when the command runs.',
    }),
};
