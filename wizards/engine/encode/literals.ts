import { encodeLiteral } from '../encode.ts';
import { findOther } from '../parameters/characters.ts';
import { type Encoded, refuse } from '../parameters/refusal.ts';
import type { Command, Parameter } from '../schema.ts';

export type LiteralKind = NonNullable<Command['literals']>[string]['as'];

/** Prefix of an ADSI path; ADSI parts such a path at `/`, so a slash inside a name is written `\/` there. */
const ADSI_PATH = /^(LDAP|LDAPS|GC):\/\//i;

/** RFC 4514. The double quote as a hex pair, because several shells cannot pass it on. */
function dnValue(value: string): string {
  return value.replace(/[\\,+;<>="]|^[ #]| $/g, (character) => (character === '"' ? '\\22' : `\\${character}`));
}

/** RFC 4515: the four characters with a meaning in a filter. */
function filterValue(value: string): string {
  return value.replace(/[\\*()]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function opathString(value: string): Encoded {
  const hint =
    'The filter languages of Exchange and of Active Directory differ in how they read it; look the object up in another way.';
  const other = findOther(value, /^[^\\`\u2018-\u201b]$/u, hint);
  return other ? refuse(other) : { ok: true, text: `'${value.replaceAll("'", "''")}'` };
}

function xpathString(value: string): Encoded {
  if (!value.includes("'")) return { ok: true, text: `'${value}'` };
  if (!value.includes('"')) return { ok: true, text: `"${value}"` };
  return refuse({
    code: 'xpath-quotes',
    message: 'holds both ’ and ” quotes, and XPath can write only one of the two kinds',
    hint: 'Enter a value with one kind of quote.',
  });
}

function isBareNumber(value: string, parameter: Parameter): boolean {
  return (parameter.type === 'port' || parameter.type === 'integer') && /^[0-9]+$/.test(value);
}

/**
 * A checked value as it stands inside a composed literal of this kind, whose own text (`whole`) has no influence but for
 * ADSI paths. In `opath`, `wql`, `xpath` and `ps-hashtable` it becomes a whole string with its quotes, so the text around it has none.
 */
export function encodeInside(kind: LiteralKind, value: string, parameter: Parameter, whole: string): Encoded {
  if (kind === 'ps-hashtable') {
    return encodeLiteral('pwsh', value, {
      native: false,
      type: parameter.type,
      ...(parameter.list ? { list: true } : {}),
    });
  }
  if (kind === 'plain') return { ok: true, text: value };
  if (kind === 'dn') {
    const text = parameter.type === 'dn' ? value : dnValue(value);
    return { ok: true, text: ADSI_PATH.test(whole) ? text.replaceAll('/', '\\/') : text };
  }
  if (kind === 'ldap-filter') return { ok: true, text: filterValue(value) };
  if (isBareNumber(value, parameter)) return { ok: true, text: value };
  if (kind === 'opath') return opathString(value);
  if (kind === 'xpath') return xpathString(value);
  return { ok: true, text: `'${value.replace(/[\\'"]/g, '\\$&')}'` };
}
