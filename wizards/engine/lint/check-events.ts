/** Triggers and event texts. */
import { sourcesOf, splitTemplate, wordingsOf } from '../intake/event-pattern.ts';
import type { EventFile } from '../schema.ts';
import { patternFault } from './check-readings.ts';
import type { Context } from './context.ts';
import { hintFor } from './did-you-mean.ts';
import { parameterExists } from './exists.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

/** Fields that the block above a description gives, and those that an address moves to. */
const HEADER_FIELDS = ['event_id', 'level', 'time', 'time_utc', 'local_server', 'remote_host', 'remote_ip'];

export function checkEvents(context: Context): void {
  const { wizards, events, broken, report } = context;
  const known = new Map<string, Set<number>>();
  for (const { source, content } of events) {
    const names = sourcesOf(content).map((name) => name.toLowerCase());
    for (const name of names) if (!known.has(name)) known.set(name, new Set());
    for (const [i, event] of content.events.entries()) {
      for (const name of names) known.get(name)?.add(event.id);
      checkParameters(context, source, event, ['events', i]);
      for (const [j, text] of wordingsOf(event).entries()) {
        const touching = /<[a-z][a-z0-9_]*>\s*<[a-z][a-z0-9_]*>/.exec(text);
        if (!touching) continue;
        const first = event.text === undefined ? 0 : 1;
        const path = j < first ? ['events', i, 'text'] : ['events', i, 'also', j - first];
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
    for (const [i, { event, finding }] of (wizard.triggers ?? []).entries()) {
      if (finding) checkPatterns(context, source, finding, ['id', 'reply'], ['triggers', i, 'finding']);
      if (!event) continue;
      const path = ['triggers', i, 'event'];
      if (Object.keys(event).length === 0) report('FG601', source, source.keyAt(path), 'The trigger fits every event.');
      checkPatterns(context, source, event, ['command', 'reply'], path);
      if (event.source === undefined || broken.size > 0) continue;
      const sources = [event.source].flat();
      const unknown = sources.findIndex((name) => !known.has(name.toLowerCase()));
      if (unknown >= 0) {
        const name = sources[unknown] as string;
        const at = [...path, 'source', ...(typeof event.source === 'string' ? [] : [unknown])];
        const all = events.flatMap((one) => sourcesOf(one.content));
        const hint = hintFor(name, all, 'Describe its events, or correct the name.');
        report('FG602', source, at, `No event file describes "${name}".`, hint);
        continue;
      }
      for (const [j, id] of (event.id ?? []).entries()) {
        if (!sources.some((name) => known.get(name.toLowerCase())?.has(id)))
          report(
            'FG602',
            source,
            [...path, 'id', j],
            `No event file describes event ${id} of ${sources.join(' or ')}.`,
          );
      }
      const ofSources = events
        .filter(({ content }) => sourcesOf(content).some((name) => sources.includes(name)))
        .flatMap(({ content }) => content.events);
      const slots = slotsOf(ofSources.filter(({ id }) => event.id?.includes(id) ?? true));
      // The wording of another event may stand under this number: that it does not may be asked too.
      const others = slotsOf(ofSources);
      for (const [slot, pattern] of Object.entries(event.fields ?? {})) {
        if (slots.has(slot) || (pattern === '^$' && others.has(slot))) continue;
        const hint = hintFor(slot, slots, `They have: ${[...slots].join(', ') || 'no slots'}.`);
        report(
          'FG604',
          source,
          source.keyAt([...path, 'fields', slot]),
          `None of these events has a field "${slot}".`,
          hint,
        );
      }
    }
  }
}

const slotsOf = (events: EventFile['events']): Set<string> =>
  new Set(events.flatMap((one) => [...wordingsOf(one).flatMap((text) => splitTemplate(text).slots), ...bytesOf(one)]));

function checkPatterns<K extends string>(
  { report }: Context,
  source: SourceFile,
  trigger: { [key in K]?: string | undefined } & { fields?: Record<string, string> | undefined },
  keys: readonly K[],
  path: Path,
): void {
  const patterns = [
    ...keys.map((key) => [[key], trigger[key]] as const),
    ...Object.entries(trigger.fields ?? {}).map(([name, pattern]) => [['fields', name], pattern] as const),
  ];
  for (const [key, pattern] of patterns) {
    const fault = pattern === undefined ? null : patternFault(pattern);
    if (fault) report('FG501', source, [...path, ...key], `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`);
  }
}

function checkParameters(context: Context, source: SourceFile, event: EventFile['events'][number], path: Path): void {
  const slots = wordingsOf(event).flatMap((text) => splitTemplate(text).slots);
  const fields = new Set([...slots, ...HEADER_FIELDS, ...bytesOf(event)]);
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
  for (const [i, field] of (event.strings ?? []).entries()) known(field, [...path, 'strings', i]);
  for (const [i, order] of (event.strings_also ?? []).entries())
    for (const [j, field] of order.entries()) known(field, [...path, 'strings_also', i, j]);
}

/** The fields that data bytes give: a whole command also gives its first word. */
const bytesOf = ({ bytes }: EventFile['events'][number]): string[] => [
  'data_code',
  ...(bytes === undefined ? [] : [bytes]),
  ...(bytes === 'full_command' ? ['command'] : []),
];
