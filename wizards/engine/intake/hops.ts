/** The way of a message from server to server, with what is odd about it. */
import { parseReceived, type Received } from './received.ts';

/** `slow`: it took long; `clock`: clocks disagree; `again`: this server had it before; `no-date`: its date cannot be read. */
export type HopFlag = 'slow' | 'clock' | 'again' | 'no-date';
export type Hop = Omit<Received, 'date'> & {
  /** The line of the pasted text. */
  line: number;
  /** The time in UTC, as ISO 8601. */
  utc: string | null;
  /** Seconds since the last hop before it whose clock can be trusted; null where it cannot be known. */
  delay: number | null;
  flags: HopFlag[];
  /** The flags in words. */
  notes: string[];
  /** The server did not take the message: its reply. */
  refused?: string;
};
/** The way, oldest hop first. */
export type Way = {
  hops: Hop[];
  totalDelay: number | null;
  slowest: Hop | null;
  loop: { by: string; times: number } | null;
  clock: string | null;
};

/** A hop takes a second or two; from a minute on somebody waited for something. */
export const SLOW_SECONDS = 60;
/** Clocks that agree by NTP differ by less. */
export const CLOCK_SECONDS = 5;
const MOST_HOPS = 200;

/** From the values of the `Received` lines as they stand, the newest on top. */
export function wayOf(lines: readonly { value: string; line: number }[]): Way {
  const read = lines.slice(0, MOST_HOPS).flatMap(({ value, line }) => {
    const received = parseReceived(value);
    return received ? [{ received, line }] : [];
  });
  const hops = read.reverse().map(({ received, line }): Hop => {
    const { date, ...rest } = received;
    return { ...rest, line, utc: date ? new Date(date.at).toISOString() : null, delay: null, flags: [], notes: [] };
  });
  const times = read.map(({ received }) => (received.date ? received.date.at / 1000 : null));
  for (const [i, hop] of hops.entries()) if (times[i] === null) flag(hop, 'no-date', 'its date cannot be read');
  const clock = compareClocks(hops, times);
  const loop = findLoop(hops);
  const trusted = times.filter((time, i): time is number => time !== null && !wrong(hops[i] as Hop));
  const first = trusted[0];
  const last = trusted.at(-1);
  const timed = hops.filter((hop) => hop.delay !== null && !hop.flags.includes('clock'));
  const slowest = timed.reduce<Hop | null>((most, hop) => ((hop.delay ?? 0) > (most?.delay ?? 0) ? hop : most), null);
  for (const hop of timed) if ((hop.delay ?? 0) >= SLOW_SECONDS) flag(hop, 'slow', 'slow');
  return {
    hops,
    totalDelay: first === undefined || last === undefined || trusted.length < 2 ? null : last - first,
    slowest,
    loop,
    clock,
  };
}

function flag(hop: Hop, name: HopFlag, note: string): void {
  if (!hop.flags.includes(name)) hop.flags.push(name);
  hop.notes.push(note);
}

/** Set while clocks are compared, for a hop whose own clock is wrong for certain. */
const WRONG = 'the clock of this server is wrong';
const wrong = ({ notes }: Hop): boolean => notes.some((note) => note.startsWith(WRONG));

/**
 * Sets the delays, and names the server whose clock disagrees. Times have to rise along the way: those in none of the
 * longest rising rows are wrong; where two rows are equally long, it may be either server.
 */
function compareClocks(hops: Hop[], times: (number | null)[]): string | null {
  const fits = inLongestRow(times);
  let before: { time: number; hop: Hop } | null = null;
  let said: string | null = null;
  for (const [i, hop] of hops.entries()) {
    const time = times[i];
    if (time == null) continue;
    const after = times.slice(i + 1).find((other, k) => other !== null && fits[i + 1 + k]);
    hop.delay = before === null ? null : time - before.time;
    if (!fits[i]) {
      const behind = before !== null && time < before.time;
      const seconds = behind ? (before as { time: number }).time - time : after == null ? 0 : time - after;
      if (seconds > CLOCK_SECONDS) {
        const words = `at least ${seconds} seconds ${behind ? 'slow' : 'fast'}`;
        flag(hop, 'clock', `${WRONG}: ${words}`);
        said ??= `${hop.by ?? 'a server without a name'}: ${words}`;
        continue;
      }
    } else if (hop.delay !== null && hop.delay < -CLOCK_SECONDS && before) {
      const other = before.hop.by ?? 'the server before it';
      flag(hop, 'clock', `its clock or that of ${other} is wrong by at least ${-hop.delay} seconds`);
      said ??= `${other} or ${hop.by ?? 'the server after it'}: at least ${-hop.delay} seconds apart`;
    }
    before = { time, hop };
  }
  return said;
}

/** For each time whether it is part of some longest row that never falls (by more than the tolerance). */
function inLongestRow(times: (number | null)[]): boolean[] {
  const ending = times.map(() => 0);
  const starting = times.map(() => 0);
  const rises = (a: number, b: number) => b - a >= -CLOCK_SECONDS;
  for (let i = 0; i < times.length; i += 1) {
    if (times[i] === null) continue;
    ending[i] = 1;
    for (let k = 0; k < i; k += 1)
      if (times[k] !== null && rises(times[k] as number, times[i] as number))
        ending[i] = Math.max(ending[i] as number, (ending[k] as number) + 1);
  }
  for (let i = times.length - 1; i >= 0; i -= 1) {
    if (times[i] === null) continue;
    starting[i] = 1;
    for (let k = i + 1; k < times.length; k += 1)
      if (times[k] !== null && rises(times[i] as number, times[k] as number))
        starting[i] = Math.max(starting[i] as number, (starting[k] as number) + 1);
  }
  const longest = Math.max(0, ...ending);
  return times.map((_, i) => (ending[i] as number) + (starting[i] as number) - 1 === longest);
}

/**
 * A server that has the message again after another one had it. Once may be a filter that hands it back, so a loop is
 * a server that comes a third time, or a step between two servers that is made again. Services of one server in a row
 * (front end, transport, mailbox delivery) are one visit.
 */
function findLoop(hops: Hop[]): Way['loop'] {
  const visits = new Map<string, number>();
  const steps = new Map<string, number>();
  let before: string | null = null;
  let loop: Way['loop'] = null;
  for (const hop of hops) {
    const by = hop.by?.toLowerCase();
    if (by === undefined || by === before || /^(?:localhost|127\.|::1)/.test(by)) continue;
    const times = (visits.get(by) ?? 0) + 1;
    visits.set(by, times);
    if (times > 1) flag(hop, 'again', `has the message for the ${ordinal(times)} time`);
    const step = `${before} ${by}`;
    const made = (steps.get(step) ?? 0) + 1;
    steps.set(step, made);
    if ((times > 2 || made > 1) && times >= (loop?.times ?? 0)) loop = { by: hop.by as string, times };
    before = by;
  }
  return loop;
}

const ordinal = (n: number): string => {
  const last = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${last}`;
};
