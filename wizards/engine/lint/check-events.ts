/** Triggers and event texts. */
import { patternFault } from './check-readings.ts';
import type { Context } from './context.ts';
import { hintFor } from './did-you-mean.ts';

export function checkEvents({ wizards, events, broken, report }: Context): void {
  const known = new Map<string, Set<number>>();
  for (const { source, content } of events) {
    const name = content.source.toLowerCase();
    const ids = known.get(name) ?? new Set();
    known.set(name, ids);
    for (const [i, event] of content.events.entries()) {
      ids.add(event.id);
      for (const [j, text] of [event.text, ...(event.also ?? [])].entries()) {
        const touching = /<[a-z][a-z0-9_]*>\s*<[a-z][a-z0-9_]*>/.exec(text);
        if (!touching) continue;
        const path = j === 0 ? ['events', i, 'text'] : ['events', i, 'also', j - 1];
        report(
          'FG603',
          source,
          source.within(path, touching.index + 1),
          `Between ${touching[0].replace('>', '> and ')} stands nothing.`,
        );
      }
    }
  }
  for (const { source, wizard } of wizards.values()) {
    for (const [i, { event }] of (wizard.triggers ?? []).entries()) {
      const path = ['triggers', i, 'event'];
      if (Object.keys(event).length === 0) report('FG601', source, source.keyAt(path), 'The trigger fits every event.');
      for (const key of ['command', 'reply'] as const) {
        const pattern = event[key];
        const fault = pattern === undefined ? null : patternFault(pattern);
        if (fault) report('FG501', source, [...path, key], `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`);
      }
      if (event.source === undefined || broken.size > 0) continue;
      const ids = known.get(event.source.toLowerCase());
      if (!ids) {
        const hint = hintFor(
          event.source,
          events.map((one) => one.content.source),
          'Describe its events, or correct the name.',
        );
        report('FG602', source, [...path, 'source'], `No event file describes "${event.source}".`, hint);
        continue;
      }
      for (const [j, id] of (event.id ?? []).entries()) {
        if (!ids.has(id))
          report('FG602', source, [...path, 'id', j], `No event file describes event ${id} of ${event.source}.`);
      }
    }
  }
}
