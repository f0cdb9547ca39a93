/** Ways in which a server can be asked to pass foreign mail on. A new one is an entry here. */
export type RelayNames = {
  /** A domain that the server is not responsible for. */
  foreign: string;
  /** One that it may take for its own. */
  own: string;
  /** The server as it calls itself, and its address. */
  host: string;
  address: string;
};
export type RelayVariant = {
  id: string;
  says: string;
  from: (names: RelayNames) => string;
  to: (names: RelayNames) => string;
};

const FROM = ({ foreign }: RelayNames): string => `relaytest@${foreign}`;
const literal = ({ address }: RelayNames): string => (address.includes(':') ? `[IPv6:${address}]` : `[${address}]`);

export const RELAY_VARIANTS: readonly RelayVariant[] = [
  { id: 'plain', says: 'foreign sender, foreign recipient', from: FROM, to: ({ foreign }) => `relaytest@${foreign}` },
  {
    id: 'null-sender',
    says: 'no sender, foreign recipient',
    from: () => '',
    to: ({ foreign }) => `relaytest@${foreign}`,
  },
  {
    id: 'own-sender',
    says: "a sender of the server's own domain",
    from: ({ own }) => `postmaster@${own}`,
    to: ({ foreign }) => `relaytest@${foreign}`,
  },
  {
    id: 'host-sender',
    says: 'a sender at the server by its name',
    from: ({ host }) => `postmaster@${host}`,
    to: ({ foreign }) => `relaytest@${foreign}`,
  },
  {
    id: 'address-sender',
    says: 'a sender at the address of the server',
    from: (names) => `postmaster@${literal(names)}`,
    to: ({ foreign }) => `relaytest@${foreign}`,
  },
  {
    id: 'percent',
    says: 'the percent sign as a second @',
    from: FROM,
    to: ({ foreign, host }) => `relaytest%${foreign}@${host}`,
  },
  {
    id: 'percent-address',
    says: 'the percent sign, at the address of the server',
    from: FROM,
    to: (names) => `relaytest%${names.foreign}@${literal(names)}`,
  },
  {
    id: 'quoted',
    says: 'a quoted address without a domain',
    from: FROM,
    to: ({ foreign }) => `"relaytest@${foreign}"`,
  },
  {
    id: 'quoted-host',
    says: 'a quoted address at the server',
    from: FROM,
    to: ({ foreign, host }) => `"relaytest@${foreign}"@${host}`,
  },
  { id: 'two-signs', says: 'two @', from: FROM, to: ({ foreign, host }) => `relaytest@${foreign}@${host}` },
  {
    id: 'source-route',
    says: 'a route by way of the server',
    from: FROM,
    to: ({ foreign, host }) => `@${host}:relaytest@${foreign}`,
  },
  { id: 'bang', says: 'a path of old (UUCP)', from: FROM, to: ({ foreign, host }) => `${foreign}!relaytest@${host}` },
];
