/** The way of a message as it is drawn, whether its headers tell it or message tracking. */
import { delayWords, hopWords } from '../../wizards/engine/intake/hop-words.ts';
import type { Hop } from '../../wizards/engine/intake/hops.ts';
import type { WayPoint } from '../../wizards/engine/logs/tracking.ts';
import { outcomeOf } from '../../wizards/engine/logs/tracking-events.ts';

export interface Stop {
  /** Where the message was. */
  place: string;
  /** How long it took to get there; empty where that is not known. */
  delay: string;
  /** What is odd about it. */
  notes: string[];
  facts: string;
  look: 'plain' | 'odd' | 'refused';
}

export const hopStops = (hops: readonly Hop[]): Stop[] =>
  hops.map((hop) => {
    const { server, delay, facts, notes, refused } = hopWords(hop);
    const look = refused !== null ? 'refused' : hop.flags.length > 0 ? 'odd' : 'plain';
    return {
      place: server,
      delay,
      notes: refused === null ? notes : [...notes, 'refused'],
      facts: refused ?? facts.join(' · '),
      look,
    };
  });

/** Stations of message tracking. A delay is told where the row before it has a time too. */
export const trackedStops = (way: readonly WayPoint[]): Stop[] =>
  way.map((point, index) => {
    const { at, server, source, event, connector, reply, recipient } = point;
    const outcome = outcomeOf(event);
    const bad = outcome === 'refused' || outcome === 'lost';
    const seconds = secondsBetween(way[index - 1]?.at, at);
    return {
      place: server ?? 'A server that is not named',
      delay: seconds === null || seconds === 0 ? '' : delayWords(seconds),
      notes: [[event, source].filter(Boolean).join(', ')],
      facts: [reply, connector, recipient && `to ${recipient}`, at, `line ${point.line}`].filter(Boolean).join(' · '),
      look: bad ? 'refused' : outcome === 'waiting' ? 'odd' : 'plain',
    };
  });

function secondsBetween(before: string | undefined, after: string | undefined): number | null {
  if (before === undefined || after === undefined) return null;
  const ms = Date.parse(after) - Date.parse(before);
  return Number.isNaN(ms) ? null : Math.round(ms / 1000);
}
