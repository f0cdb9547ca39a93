/** A point in time, for machines and for people. */

/** `utc`: ISO 8601 as recorded; `local`: `2026-03-04 10:15:07 +01:00` in the reader's zone. */
export type Moment = { utc: string; local: string };
export type Clock = { timeZone: string; moment: (iso: string) => Moment };

const FORMAT: Intl.DateTimeFormatOptions = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
};

/** `timeZone` is an IANA name; an unknown one falls back to UTC, which the clock then says. */
export function clockFor(timeZone: string): Clock {
  const format = formatFor(timeZone) ?? new Intl.DateTimeFormat('en-US', { ...FORMAT, timeZone: 'UTC' });
  const local = (iso: string): string => {
    const time = Date.parse(iso);
    // A journal of foreign make may hold anything; the text as it stands says more than an error.
    if (Number.isNaN(time)) return iso;
    const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const offset = part.timeZoneName?.replace('GMT', '') || '+00:00';
    return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second} ${offset}`;
  };
  return { timeZone: format.resolvedOptions().timeZone, moment: (iso) => ({ utc: iso, local: local(iso) }) };
}

function formatFor(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { ...FORMAT, timeZone });
  } catch {
    return null;
  }
}
