/** Paths of MAIL and RCPT (RFC 5321, section 4.1.2), with the forms that relay tests try. */

/** Whether mail for an address stays here. What hides a second address in its first part never does. */
export function isLocal(address: string, domains: readonly string[]): boolean {
  // A route such as @relay.example:user@domain (RFC 5321, appendix C) is no reason to relay.
  const target = address.replace(/^@[^:]*:/, '');
  const at = target.lastIndexOf('@');
  if (at < 0) return target.toLowerCase() === 'postmaster';
  if (/[%!@]/.test(target.slice(0, at))) return false;
  return domains.includes(target.slice(at + 1).toLowerCase());
}

export type MailPath = { address: string; parameters: string };

/** `FROM:<a@b> SIZE=100` or `TO:<a@b>`; brackets may be missing, as Exchange takes it. Null: no path. */
export function readPath(keyword: 'FROM' | 'TO', argument: string): MailPath | null {
  const start = new RegExp(`^${keyword}:[ \\t]*`, 'i').exec(argument);
  if (!start) return null;
  const rest = argument.slice(start[0].length);
  const [, bracketed, bare, parameters = ''] =
    /^(?:<((?:"(?:[^"\\]|\\.)*"|[^<>"])*)>|([^\s<>]+))(?: (.*))?$/.exec(rest) ?? [];
  const address = bracketed ?? bare;
  if (address === undefined || (bracketed === undefined && bare === undefined)) return null;
  return { address, parameters };
}

/** The value of SIZE= (RFC 1870), or null where there is none. */
export function sizeOf(parameters: string): number | null {
  const [, digits] = /(?:^| )SIZE=(\d{1,15})(?: |$)/i.exec(parameters) ?? [];
  return digits === undefined ? null : Number(digits);
}
