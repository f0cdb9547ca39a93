/** Kinds of values that tell who and where, and how each looks. A new kind is an entry here. */
import { parseAddress } from '../parameters/ip-ranges.ts';

export type RedactKind =
  | 'mail'
  | 'host'
  | 'domain'
  | 'ip'
  | 'account'
  | 'sid'
  | 'dn'
  | 'thumbprint'
  | 'guid'
  | 'message-id'
  | 'word';

/** Ends of names as they occur in mail systems; others are more often files, classes or versions. */
const ENDS =
  'com|net|org|edu|gov|mil|int|info|biz|name|pro|eu|local|lan|corp|internal|intra|home|test|example|invalid|localdomain|cloud|online|at|au|be|br|ca|ch|cn|cz|de|dk|es|fi|fr|gr|hu|ie|il|in|io|it|jp|kr|lu|mx|nl|no|nz|pl|pt|ro|ru|se|sg|si|sk|tr|tw|ua|uk|us|za';
const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?';
const NAME = `(?:${LABEL}\\.){1,10}(?:${ENDS})`;
const LEFT = '(?<![A-Za-z0-9_.-])';
const RIGHT = '(?![A-Za-z0-9_-])';

/** Parts of patterns, without regard to case, in the order in which they are tried. */
export const SHAPES: readonly [kind: RedactKind, pattern: string][] = [
  // A name of a message is long and has digits; others in such brackets are addresses of people.
  ['message-id', '<(?=[^<>@\\s]*\\d)[^<>@\\s]{16,200}@[^<>@\\s]{3,200}>'],
  ['dn', '(?:CN|OU|DC)=[^,\\n"<>;]{1,200}(?:,\\s?(?:CN|OU|O|DC|L|S|C)=[^,\\n"<>;]{1,200})+'],
  ['dn', '/o=[^/\\n"]{1,100}(?:/(?:ou|cn)=[^/\\n"]{1,200})+'],
  ['mail', `[a-z0-9!#$%&'*+/=?^_\`{|}~.-]{1,64}@(?:${NAME}|\\[[0-9a-f:.]+\\])${RIGHT}`],
  ['sid', 'S-1-5-(?:\\d{1,10}-){3,14}\\d{1,10}'],
  ['guid', `${LEFT}[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}${RIGHT}`],
  ['thumbprint', `${LEFT}[0-9a-f]{40}${RIGHT}`],
  ['account', `(?<![\\\\A-Za-z0-9_.:/-])[a-z][a-z0-9-]{1,14}\\\\[a-z][a-z0-9._$-]{1,63}${RIGHT}`],
  ['ip', `${LEFT}(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\d]|\\.\\d)`],
  ['ip', '(?<![0-9A-Za-z:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![0-9A-Za-z:])'],
  ['host', `${LEFT}${NAME}${RIGHT}`],
];

const WHOLE = SHAPES.map(([kind, pattern]) => [kind, new RegExp(`^(?:${pattern})$`, 'i')] as const);

/** What a value on its own is; null where its shape does not tell. */
export function classify(value: string): RedactKind | null {
  if (parseAddress(value) || /^[0-9a-f.:]+\/\d{1,3}$/i.test(value)) return 'ip';
  return WHOLE.find(([, pattern]) => pattern.test(value))?.[0] ?? null;
}

/** What stands in the place of a value already. */
const PSEUDONYM = /^<?(?:host|domain|user|sid|dn|cert|guid|message|word|ip6?)-\d+(?:[.@\\/].*)?>?$/i;

/** Names and addresses that everybody has. */
const COMMON =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|255\.[\d.]+|::1?|fe80::|.*\.(?:in-addr|ip6)\.arpa|nt authority\\.*|builtin\\.*|anonymous logon|system|root|(?:.*\.)?(?:microsoft|spamhaus|outlook|office365|office|windows)\.(?:com|org|net))$/i;

/** Of accounts: the words before the backslash that name no domain but a part of the registry, a drive or a group. */
const NO_DOMAIN =
  /^(?:authority|hklm|hkcu|hkey_[a-z_]+|windows|system32|program files|exchange|default|client|outbound|nt authority|builtin|microsoft|software|currentversion|services)$/i;

export function isCommon(kind: RedactKind, value: string): boolean {
  if (COMMON.test(value) || PSEUDONYM.test(value)) return true;
  if (kind === 'account') return NO_DOMAIN.test(value.split('\\')[0] ?? '');
  if (kind === 'ip')
    return value.includes(':') ? !isAddress6(value) : value.split('.').some((part) => Number(part) > 255);
  return false;
}

/** Times such as 10:15:07 have the shape of an address too. */
const isAddress6 = (value: string): boolean => parseAddress(value) !== null && /[a-f]|::/i.test(value);
