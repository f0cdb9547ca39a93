/** Stable names in place of the true ones: the same value always gets the same, and what belongs together stays so. */
import { parseAddress } from '../parameters/ip-ranges.ts';
import type { RedactKind } from './kinds.ts';

const PREFIXES: Record<Exclude<RedactKind, 'mail' | 'ip'>, string> = {
  host: 'HOST',
  domain: 'DOMAIN',
  account: 'USER',
  sid: 'SID',
  dn: 'DN',
  thumbprint: 'CERT',
  guid: 'GUID',
  'message-id': 'MESSAGE',
  word: 'WORD',
};

export class Pseudonyms {
  readonly #numbers = new Map<string, Map<string, number>>();

  of(kind: RedactKind, value: string): string {
    const text = value.toLowerCase();
    switch (kind) {
      case 'mail': {
        const at = text.lastIndexOf('@');
        return `${this.#next('USER', text.slice(0, at))}@${this.#host(text.slice(at + 1))}`;
      }
      case 'account': {
        const [domain = '', user] = text.split('\\');
        if (user === undefined) return text.includes('@') ? this.of('mail', text) : this.#next('USER', text);
        return `${this.#next('DOMAIN', domain)}\\${this.#next('USER', user)}`;
      }
      case 'host':
        return this.#host(text);
      case 'domain':
        return this.#domain(text);
      case 'ip':
        return this.#address(text);
      case 'message-id':
        return `<${this.#next('MESSAGE', text)}>`;
      default:
        return this.#next(PREFIXES[kind], text);
    }
  }

  /** `mail.contoso.com` is a host of the domain `contoso.com`; a name of two parts is a domain. */
  #host(name: string): string {
    if (name.startsWith('[')) return `[${this.#address(name.slice(1, -1))}]`;
    const labels = name.split('.');
    if (labels.length <= 1) return this.#next('HOST', name);
    if (labels.length === 2) return this.#domain(name);
    const [host = '', ...rest] = labels;
    return `${this.#next('HOST', host)}.${this.#domain(rest.join('.'))}`;
  }

  /** A Windows domain is called after the first part of its name in DNS. */
  #domain(name: string): string {
    const [first = name] = name.split('.');
    return this.#next('DOMAIN', first);
  }

  /** Addresses of one network (/24, of IPv6 /64) stay in one: `IP-2.1` and `IP-2.7` are neighbours. */
  #address(text: string): string {
    const [address = '', prefix] = text.split('/');
    const parsed = parseAddress(address.replace(/^ipv6:/, ''));
    if (!parsed) return this.#next('IP', text);
    const bits = parsed.version === 4 ? 8n : 64n;
    const network = this.#number(`net${parsed.version}`, String(parsed.number >> bits));
    const host = this.#number(`net${parsed.version} ${network}`, String(parsed.number));
    const name = `${parsed.version === 4 ? 'IP' : 'IP6'}-${network}.${host}`;
    return prefix === undefined ? name : `${name}/${prefix}`;
  }

  #next(prefix: string, value: string): string {
    return `${prefix}-${this.#number(prefix, value)}`;
  }

  #number(group: string, value: string): number {
    const numbers = this.#numbers.get(group) ?? new Map<string, number>();
    this.#numbers.set(group, numbers);
    const number = numbers.get(value) ?? numbers.size + 1;
    numbers.set(value, number);
    return number;
  }
}
