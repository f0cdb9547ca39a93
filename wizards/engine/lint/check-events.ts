/** Triggers and event texts. */
import { splitTemplate } from '../intake/event-pattern.ts';
import type { EventFile } from '../schema.ts';
import { patternFault } from './check-readings.ts';
import type { Context } from './context.ts';
import { hintFor } from './did-you-mean.ts';
import { parameterExists } from './exists.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

/** Fields that the block above a description gives, and those that an address moves to. */
const HEADER_FIELDS = ['event_id', 'level', 'time', 'local_server', 'remote_host', 'remote_ip'];

export function checkEvents(context: Context): void {
  const { wizards, events, broken, report } = context;
  const known = new Map<string, Set<number>>();
  for (const { source, content } of events) {
    const name = content.source.toLowerCase();
    const ids = known.get(name) ?? new Set();
    known.set(name, ids);
    for (const [i, event] of content.events.entries()) {
      ids.add(event.id);
      checkParameters(context, source, event, ['events', i]);
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

function checkParameters(context: Context, source: SourceFile, event: EventFile['events'][number], path: Path): void {
  const slots = [event.text, ...(event.also ?? [])].flatMap((text) => splitTemplate(text).slots);
  const fields = new Set([...slots, ...HEADER_FIELDS]);
  const known = (field: string, at: Path): void => {
    if (fields.has(field)) return;
    const hint = hintFor(field, fields, `It has: ${[...fields].join(', ')}.`);
    context.report('FG604', source, at, `Event ${event.id} has no field "${field}".`, hint);
  };
  for (const [name, { field }] of Object.entries(event.parameters ?? {})) {
    const at = [...path, 'parameters', name];
    parameterExists(context, source, name, at);
    if (typeof field === 'string') known(field, [...at, 'field']);
    else for (const [i, each] of field.entries()) known(each, [...at, 'field', i]);
  }
  for (const [i, field] of (event.kept_apart ?? []).entries()) known(field, [...path, 'kept_apart', i]);
}
