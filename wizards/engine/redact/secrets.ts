/**
 * Passwords and keys that slipped into a text. They are taken out before anything is written down, each with a mark in
 * its place that says what it was; lines keep their number.
 */

const mark = (what: string): string => `[secret removed: ${what}]`;
const MARK = '[secret removed: ';

type Rule = { what: string; pattern: RegExp };
/** Each pattern has what stays in front of the secret as its first group, and what stays behind it as its second. */
const RULES: readonly Rule[] = [
  // HTTP (RFC 7617, RFC 6750), in headers and in curl's output.
  {
    what: 'Authorization',
    pattern:
      /(\b(?:proxy-)?authorization\s*[:=]\s*"?(?:basic|bearer|ntlm|negotiate|digest)\s+)(?!\[secret)[^\s"',;]{4,}()/gi,
  },
  // SMTP (RFC 4954): what a client sends with the command itself.
  {
    what: 'AUTH',
    pattern:
      /(\b(?<!250[- ])(?:AUTH|X-EXPS)\s+(?:PLAIN|LOGIN|NTLM|GSSAPI|CRAM-MD5|XOAUTH2)\s+)(?!(?:PLAIN|LOGIN|NTLM|GSSAPI|CRAM|XOAUTH2)\b)[A-Za-z0-9+/]{4,}={0,2}()/gi,
  },
  // PowerShell and other command lines: -Password x, --password=x, /p:x.
  {
    what: 'password',
    pattern:
      /((?:^|[\s;(|&])(?:--?|\/)(?:[a-z]*password|pass|pwd|passwd|pw)(?:\s+|[:=]))(?!\(|\$|-|\[secret|@|\*+(?:\s|$))(?:'(?:[^']|'')*'|"[^"]*"|[^\s;|&)]+)()/gim,
  },
  {
    what: 'password',
    pattern:
      /(\bConvertTo-SecureString\s+(?:-String\s+)?)(?!\$|\(|\[secret)(?:'(?:[^']|'')*'|"[^"]*"|[^\s;|&)]+)(?=[^\n]*-AsPlainText)()/gi,
  },
  // Connection strings and settings files: Password=x; pwd: x.
  {
    what: 'password',
    pattern:
      /(\b(?:[a-z_]*password|passwd|pwd|client_?secret|api_?key|access_?token)"?\s*[=:]\s*"?)(?!\s|\[secret|\*+(?:\s|"|$)|(?:true|false|null|none|yes|no)\b)[^\s"';,|]{3,}()/gi,
  },
  // A user and a password in an address.
  { what: 'password', pattern: /(\b[a-z][a-z0-9+.-]{1,12}:\/\/[^\s:/@]{1,64}:)(?!\[secret)[^\s:/@]{1,128}(@)/gi },
];

/** What the other side asks for in SMTP before a secret comes; the texts are base64 of Username and Password. */
const CHALLENGE = /(?:^|\s)334(?:[ -]|$)/;
/** A line of a client's answer: base64 alone, behind the arrow that a tool may print. */
const ANSWER = /^(\s*(?:\d+\s+)?(?:\S{1,8}\s+)?(?:->|~>|>>>|=>|C:|>)?\s*)([A-Za-z0-9+/]{4,}={0,2})(\s*)$/;
/** A server's line, and what ends the exchange. */
const SERVER = /(?:^|\s)(?:<-|<~|<<<|S:)?\s*[2345]\d\d[ -]/;
const KEY_BEGINS = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const KEY_ENDS = /-----END [A-Z0-9 ]*PRIVATE KEY-----/;

/** The same text without them. Linear in its length; applied twice it changes nothing more. */
export function withoutSecrets(text: string): string {
  let clean = text;
  for (const { what, pattern } of RULES)
    clean = clean.replace(pattern, (_, before: string, after: string) => `${before}${mark(what)}${after}`);
  if (!clean.includes('334') && !clean.includes('PRIVATE KEY')) return clean;
  return byLine(clean);
}

/** Whether something was taken out. */
export const holdsSecretMark = (text: string): boolean => text.includes(MARK);

function byLine(text: string): string {
  let inKey = false;
  let asked = false;
  return text
    .split('\n')
    .map((line) => {
      if (inKey || KEY_BEGINS.test(line)) {
        const ends = KEY_ENDS.test(line);
        const first = !inKey;
        inKey = !ends;
        return first || ends ? line.replace(/[A-Za-z0-9+/=]{20,}/g, mark('private key')) : mark('private key');
      }
      if (CHALLENGE.test(line)) {
        asked = true;
        return line;
      }
      const answer = asked ? ANSWER.exec(line) : null;
      if (answer) return `${answer[1]}${mark('AUTH')}${answer[3]}`;
      if (SERVER.test(line)) asked = false;
      return line;
    })
    .join('\n');
}
