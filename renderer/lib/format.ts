/** Times, durations and sizes as people read them. Times come in as ISO 8601 and go out in the local time zone. */
const SHORT = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const LONG = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

export const clock = (iso: string): string => write(SHORT, iso);
export const clockWithSeconds = (iso: string): string => write(LONG, iso);

/** The time alone on the same day, else with the date. */
export function when(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toDateString() === now.toDateString() ? SHORT.format(at) : `${DAY.format(at)}, ${SHORT.format(at)}`;
}

/** How long ago in the largest unit that fits; after a week the date. */
export function ago(iso: string, now: Date): string {
  const seconds = Math.round((now.getTime() - new Date(iso).getTime()) / 1000);
  if (Number.isNaN(seconds)) return iso;
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

export function bytes(count: number): string {
  if (count < 1024) return plural(count, 'byte');
  if (count < 1024 * 1024) return `${(count / 1024).toFixed(1)} KB`;
  return `${(count / 1024 / 1024).toFixed(1)} MB`;
}

export function plural(count: number, word: string, after = ''): string {
  return `${count} ${word}${count === 1 ? '' : 's'}${after ? ` ${after}` : ''}`;
}

/** The first and the last digits of a hash: enough to compare by eye. */
export const shortHash = (hash: string): string => (hash.length > 12 ? `${hash.slice(0, 4)}…${hash.slice(-4)}` : hash);

function write(format: Intl.DateTimeFormat, iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : format.format(at);
}
