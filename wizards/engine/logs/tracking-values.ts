/** Values of message tracking: lists of recipients and states, and times that can be put in order. */

/**
 * The items of a list: logs separate them by `;`, Format-List writes `{a, b}`. A separator within the wrapper
 * `[{LED=…};{…}]` or within quotes separates nothing.
 */
export function splitList(text: string): string[] {
  const inner = /^\{(?!LED=)(.*)\}$/s.exec(text.trim())?.[1];
  const separator = inner === undefined ? ';' : ',';
  const body = inner ?? text;
  if (!body.includes(separator)) return body.trim() === '' ? [] : [body.trim()];
  const items: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < body.length; i += 1) {
    const sign = body[i];
    if (sign === '[' || sign === '{') depth += 1;
    else if ((sign === ']' || sign === '}') && depth > 0) depth -= 1;
    else if (sign === separator && depth === 0) {
      items.push(body.slice(from, i).trim());
      from = i + 1;
    }
  }
  items.push(body.slice(from).trim());
  return items.filter((item) => item !== '');
}

const PRINTED = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})[ ,]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s*([AP])\.?M)?/i;

/**
 * A text that sorts like the time: ISO 8601 stays, what PowerShell prints is turned around. Month and day of a date
 * with slashes are taken as in the United States unless that cannot be. Empty for anything else.
 */
export function instantOf(written: string): string {
  const text = written.trim();
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return text;
  const parts = PRINTED.exec(text);
  if (!parts) return '';
  const [, first = '', second = '', third = '', hour = '', minute = '', seconds = '00', half] = parts;
  let [year, month, day] = first.length === 4 ? [first, second, third] : [third, first, second];
  if (first.length !== 4 && (Number(month) > 12 || text.includes('.'))) [month, day] = [day, month];
  const noon = half?.toUpperCase() === 'P' ? 12 : 0;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + noon;
  const two = (value: string | number): string => String(value).padStart(2, '0');
  year = year.length === 2 ? `20${year}` : year;
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${seconds}`;
}
