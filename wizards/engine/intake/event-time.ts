/** The time of an event in UTC, where the text states the offset. */

const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(?:Z|([+-])(\d\d):?(\d\d))$/i;

/**
 * `2025-01-06T10:15:00.0000000Z` or with `+01:00` to `2025-01-06T10:15:00.000Z`. Null for a time without an offset
 * (Event Viewer and PowerShell print local time and do not say of which zone) and for one that does not exist.
 */
export function utcOf(time: string): string | null {
  const match = WRITTEN.exec(time.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  const thousandths = Number((match[7] ?? '0').padEnd(3, '0').slice(0, 3));
  const ahead = (match[8] === '-' ? -1 : 1) * (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0));
  return new Date(Date.UTC(year, month - 1, day, hour, minute - ahead, second, thousandths)).toISOString();
}
