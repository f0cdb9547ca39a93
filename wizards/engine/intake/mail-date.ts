/** Dates of mail headers (RFC 5322, 3.3, with the obsolete zones of 4.3). */

export type MailDate = {
  /** Milliseconds since 1970, in UTC. */
  at: number;
  /** The offset as written: `+0100`, `GMT`; empty where the header names none. */
  offset: string;
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Hours. Other zones of letters mean nothing sure and count as UTC (RFC 5322, 4.3). */
const ZONES: Record<string, number> = {
  ut: 0,
  gmt: 0,
  utc: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};
const DATE =
  /^(?:[A-Za-z]{2,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*[\s-]+(\d{2,4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:\s*([+-]\d{4}|[A-Za-z]{1,5}))?(?:\s*\(.*)?$/;
const MINUTE = 60_000;

/** Null for what is no date, and for dates that no calendar has (31 Feb). */
export function parseMailDate(text: string): MailDate | null {
  const match = DATE.exec(text.trim().slice(0, 120));
  if (!match) return null;
  const [, day, name, written, hour, minute, second = '0', zone = ''] = match;
  const month = MONTHS.indexOf((name as string).toLowerCase());
  const short = Number(written);
  // RFC 5322, 4.3: two digits below 50 are of this century, three count from 1900.
  const year =
    (written as string).length === 4
      ? short
      : short < 50 && (written as string).length === 2
        ? 2000 + short
        : 1900 + short;
  const local = Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second));
  const back = new Date(local);
  // 60 is a leap second; everything else has to come back as it was written.
  if (month < 0 || (back.getUTCDate() !== Number(day) && Number(second) !== 60)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  return { at: local - offsetMinutes(zone) * MINUTE, offset: zone };
}

function offsetMinutes(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined) return (ZONES[zone.toLowerCase()] ?? 0) * 60;
  const total = Number(hours) * 60 + Number(minutes);
  // No place on earth is further off than 14 hours; RFC 5322 allows any, but a fault there would hide others.
  return (sign === '-' ? -1 : 1) * Math.min(total, 14 * 60);
}
