/** Ids that stand twice. */
import type { Trigger } from '../schema.ts';
import type { Context } from './context.ts';
import type { Code } from './diagnostics.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

type Seen = Map<string, { source: SourceFile; path: Path }>;

export function checkIds(context: Context): void {
  const { report } = context;
  const once = (seen: Seen, code: Code, what: string, id: string, source: SourceFile, path: Path): void => {
    const first = seen.get(id);
    if (!first) {
      seen.set(id, { source, path });
      return;
    }
    const { line } = first.source.valueAt(first.path);
    const where = first.source === source ? `line ${line}` : `${first.source.path}, line ${line}`;
    report(code, source, path, `There is another ${what} "${id}" in ${where}.`);
  };
  const all = (
    items: readonly string[] | undefined,
    what: string,
    source: SourceFile,
    pathOf: (i: number) => Path,
  ): void => {
    const seen: Seen = new Map();
    for (const [i, id] of (items ?? []).entries()) once(seen, 'FG121', what, id, source, pathOf(i));
  };
  const [
    wizards,
    commands,
    parameters,
    planned,
    labs,
    verdicts,
    events,
    faults,
    servers,
    profiles,
    probeFindings,
  ]: Seen[] = Array.from({ length: 11 }, () => new Map());
  for (const file of context.files) {
    const { source } = file;
    if (file.kind === 'wizard') {
      const { id, steps } = file.content;
      once(wizards as Seen, 'FG121', 'wizard', id, source, ['id']);
      all(
        steps.map((step) => step.id),
        'step',
        source,
        (i) => ['steps', i, 'id'],
      );
      for (const [i, step] of steps.entries()) {
        if (step.kind === 'verdict')
          once(verdicts as Seen, 'FG122', 'verdict', step.verdict, source, ['steps', i, 'verdict']);
        if (step.kind !== 'question' && step.kind !== 'check') continue;
        all(
          step.outcomes.map((outcome) => outcome.id),
          'outcome',
          source,
          (j) => ['steps', i, 'outcomes', j, 'id'],
        );
      }
      checkTriggers(context, source, file.content.triggers ?? []);
    }
    if (file.kind === 'commands') {
      for (const [i, command] of file.content.commands.entries()) {
        once(commands as Seen, 'FG121', 'command', command.id, source, ['commands', i, 'id']);
        for (const part of ['reads', 'samples'] as const) {
          const what = part === 'reads' ? 'reading' : 'sample';
          all(
            command[part]?.map((one) => one.id),
            what,
            source,
            (j) => ['commands', i, part, j, 'id'],
          );
        }
        all(
          command.parameters?.map((one) => one.name),
          'parameter',
          source,
          (j) => ['commands', i, 'parameters', j, 'name'],
        );
      }
    }
    if (file.kind === 'commands' || file.kind === 'parameters') {
      for (const [i, parameter] of (file.content.parameters ?? []).entries()) {
        once(parameters as Seen, 'FG121', 'parameter', parameter.name, source, ['parameters', i, 'name']);
      }
    }
    if (file.kind === 'planned') {
      for (const [i, { id }] of file.content.planned.entries()) {
        const path = ['planned', i, 'id'];
        once(planned as Seen, 'FG121', 'planned wizard', id, source, path);
        if (context.wizards.has(id)) report('FG124', source, path, `The wizard "${id}" is there already.`);
      }
    }
    if (file.kind === 'events') {
      for (const [i, event] of file.content.events.entries()) {
        // One number may be written with several wordings, each an event of its own.
        const wording = event.text === undefined ? '' : ` (${event.text.slice(0, 40)})`;
        const others = file.content.events.some((other) => other.id === event.id && other.text !== event.text);
        const id = `${file.content.source} ${event.id}${others ? wording : ''}`;
        once(events as Seen, 'FG121', 'event', id, source, ['events', i, 'id']);
      }
    }
    if (file.kind === 'known-faults') {
      for (const [i, { id }] of file.content.known_faults.entries())
        once(faults as Seen, 'FG121', 'known fault', id, source, ['known_faults', i, 'id']);
    }
    if (file.kind === 'probe-findings') {
      for (const [i, { code }] of file.content.probe_findings.entries())
        once(probeFindings as Seen, 'FG121', 'probe finding', code, source, ['probe_findings', i, 'code']);
    }
    if (file.kind === 'address-lists')
      all(
        file.content.address_lists.map(({ zone }) => zone),
        'address list',
        source,
        (i) => ['address_lists', i, 'zone'],
      );
    if (file.kind === 'lab-server') once(servers as Seen, 'FG121', 'lab server', file.content.id, source, ['id']);
    if (file.kind === 'lab-profile') once(profiles as Seen, 'FG121', 'lab profile', file.content.id, source, ['id']);
    if (file.kind === 'lab') once(labs as Seen, 'FG121', 'lab', file.content.id, source, ['id']);
  }
}

function checkTriggers({ report }: Context, source: SourceFile, triggers: readonly Trigger[]): void {
  const seen = new Map<string, number>();
  for (const [i, { event, finding, words }] of triggers.entries()) {
    const looksAt = Object.entries(event ?? finding ?? { words }).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([event !== undefined, looksAt]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, i);
    else {
      const { line } = source.valueAt(['triggers', first]);
      report('FG123', source, ['triggers', i], `The trigger in line ${line} looks at the same thing.`);
    }
  }
}
