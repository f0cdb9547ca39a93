/** Times, durations and sizes as people read them. Times come in as ISO 8601 and go out in the local time zone. */
const SHORT = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const LONG = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const COUNT = new Intl.NumberFormat('en-GB');
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

export const clock = (iso: string): string => write(SHORT, iso);
export const clockWithSeconds = (iso: string): string => write(LONG, iso);

/** The time alone on the same day, else with the date. */
export function when(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toDateString() === now.toDateString() ? SHORT.format(at) : `${DAY.format(at)}, ${SHORT.format(at)}`;
}

/** How long ago in the largest unit that fits; after a week, and for a time to come, the date. */
export function ago(iso: string, now: Date): string {
  const seconds = Math.round((now.getTime() - new Date(iso).getTime()) / 1000);
  if (Number.isNaN(seconds)) return iso;
  // A clock was put back since.
  if (seconds <= -60) return when(iso, now);
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return plural(Math.floor(seconds / 60), 'minute', 'ago');
  if (seconds < 86_400) return plural(Math.floor(seconds / 3600), 'hour', 'ago');
  if (seconds < 7 * 86_400) return plural(Math.floor(seconds / 86_400), 'day', 'ago');
  return DAY.format(new Date(iso));
}

/** 840 -> "0.84 s", 65_000 -> "1 min 05 s". */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

export function bytes(size: number): string {
  if (size < 1024) return plural(size, 'byte');
  if (size < 1024 * 1024) return `${(size / 1024).toFixed(1)} KB`;
  if (size < 1024 * 1024 * 1024) return `${(size / 1024 / 1024).toFixed(1)} MB`;
  return `${(size / 1024 / 1024 / 1024).toFixed(1)} GB`;
}

export function plural(number: number, word: string, after = ''): string {
  return `${count(number)} ${word}${number === 1 ? '' : 's'}${after ? ` ${after}` : ''}`;
}

/** 84012 -> "84,012". The page speaks English, so its numbers do. */
export const count = (number: number): string => COUNT.format(number);

/** A moment as the logs write it: `2025-01-06 08:00:12`, in UTC. `ms` are milliseconds since 1970. */
export const utc = (ms: number): string => isoOf(ms).slice(0, 19).replace('T', ' ');

/** From one moment to another, the date once where it is the same. */
export function utcSpan(from: number, to: number): string {
  const [first, last] = [utc(from), utc(to)];
  if (first === last) return first;
  return `${first} to ${first.slice(0, 11) === last.slice(0, 11) ? last.slice(11) : last}`;
}

/** The same on this computer's clock, with its offset at that moment. */
export function localTime(ms: number): string {
  const at = new Date(ms);
  return `${DAY.format(at)}, ${LONG.format(at)} (${offsetWords(at)})`;
}

/** How far this computer's clock is from UTC at a moment: `UTC+1`, `UTC-3:30`, `UTC`. */
export function offsetWords(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  if (minutes === 0 || Number.isNaN(minutes)) return 'UTC';
  const [whole, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${whole}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** `2025-01-06`, with or without a clock time, as milliseconds since 1970, read as UTC; null for what is no time. */
export function fromUtc(text: string): number | null {
  const match = /^\s*(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d)(?::(\d\d))?)?\s*Z?\s*$/i.exec(text);
  if (!match) return null;
  const [, day, clockTime = '00:00', seconds = '00'] = match;
  const ms = Date.parse(`${day}T${clockTime}:${seconds}Z`);
  return Number.isNaN(ms) ? null : ms;
}

function isoOf(ms: number): string {
  const at = new Date(ms);
  return Number.isNaN(at.getTime()) ? 'no time' : at.toISOString();
}

/** The first and the last digits of a hash: enough to compare by eye. */
export const shortHash = (hash: string): string => (hash.length > 12 ? `${hash.slice(0, 4)}…${hash.slice(-4)}` : hash);

function write(format: Intl.DateTimeFormat, iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : format.format(at);
}
