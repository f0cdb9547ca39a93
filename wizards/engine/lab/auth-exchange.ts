/** The exchanges of AUTH (RFC 4954) and X-EXPS. Only LOGIN and PLAIN can succeed; the others end in a refusal. */

/** The one account of the lab. It is no secret: the lab listens on loopback only and says it when it starts. */
export const LAB_LOGIN = { user: 'labuser@contoso.com', password: 'Practise-2004' } as const;

export type AuthExchange = {
  /** What the server asks, as it stands behind `334 `; each is answered by one line of base64. */
  challenges: readonly string[];
  /** Whether the answers, decoded one for one, are those of the lab's account. */
  accepts(answers: readonly string[]): boolean;
};

const bytes = (...values: number[]): string => String.fromCharCode(...values);
const isUser = (name: string): boolean =>
  [LAB_LOGIN.user, LAB_LOGIN.user.split('@')[0], `CONTOSO\\${LAB_LOGIN.user.split('@')[0]}`].some(
    (one) => one?.toLowerCase() === name.toLowerCase(),
  );

/**
 * An NTLM challenge as MS-NLMP, section 2.2.1.2 lays it out: target CONTOSO, the flags of a server of a domain. Its
 * eight random bytes are fixed, since no answer to it is accepted.
 */
const NTLM_CHALLENGE = ((): string => {
  const target = [...'CONTOSO'].map((letter) => `${letter}\0`).join('');
  const end = bytes(0, 0, 0, 0);
  const field = (length: number, at: number): string => bytes(length, 0, length, 0, at, 0, 0, 0);
  const head = `NTLMSSP\0${bytes(2, 0, 0, 0)}${field(target.length, 48)}${bytes(0x05, 0x82, 0x81, 0x00)}`;
  const random = bytes(0x46, 0x69, 0x65, 0x6c, 0x64, 0x6c, 0x61, 0x62);
  return btoa(`${head}${random}${'\0'.repeat(8)}${field(end.length, 48 + target.length)}${target}${end}`);
})();

const refusing = (...challenges: string[]): AuthExchange => ({ challenges, accepts: () => false });

/** A new mechanism is one entry. */
export const MECHANISMS: Readonly<Record<string, AuthExchange>> = {
  LOGIN: {
    challenges: [btoa('Username:'), btoa('Password:')],
    accepts: ([user = '', password]) => isUser(user) && password === LAB_LOGIN.password,
  },
  PLAIN: {
    challenges: [''],
    // RFC 4616: authorization identity, user and password, NUL between them.
    accepts: ([message = '']) => {
      const [, user = '', password] = message.split('\0');
      return isUser(user) && password === LAB_LOGIN.password;
    },
  },
  NTLM: refusing('NTLM supported', NTLM_CHALLENGE),
  GSSAPI: refusing('GSSAPI supported'),
  EXCHANGEAUTH: refusing(''),
};
