/** A change as now and then: what it sets, the old value as it was captured before, and the new one. */
import { capturedValue, type OutputOf } from './captured-values.ts';
import { labelOf } from './labels.ts';
import type { Library } from './library.ts';
import type { CaseState } from './model.ts';
import type { Command } from './schema.ts';

/** `now` is null where no capture holds it; `next` is null where only the person in the console knows it. */
export type NowThenRow = { name: string; label: string; now: string | null; next: string | null };
export type NowThen = {
  rows: NowThenRow[];
  /** Why there is no row, or why an old value is missing and how to get it; else null. */
  why: string | null;
};

/** Null for a command that changes nothing. `values` are those that the change is written with. */
export function nowThenOf(
  library: Library,
  state: CaseState,
  command: Command,
  values: Record<string, string>,
  outputOf: OutputOf,
): NowThen | null {
  if (command.effect !== 'change') return null;
  const { rollback, sets = {} } = command;
  const old = rollback?.with ?? {};
  const own = new Set(command.parameters?.map(({ name }) => name));
  const rows = [...new Set([...Object.keys(old), ...Object.keys(sets)])].map((name): NowThenRow => {
    const taken = (from: (typeof old)[string] | undefined) =>
      from === undefined ? null : capturedValue(library, state, from, library.parameters.get(name), outputOf);
    const next = own.has(name) ? (values[name] ?? null) : taken(sets[name]);
    return { name, label: labelOf(library, name), now: taken(old[name]), next };
  });
  if (rows.length === 0) return { rows, why: whyNone(library, command) };
  const missing = rows.filter((row) => row.now === null).flatMap(({ name }) => [old[name] ?? []].flat());
  return {
    rows,
    why:
      missing.length === 0
        ? null
        : whyMissing(
            library,
            missing.map((from) => from.command),
          ),
  };
}

function whyNone(library: Library, { rollback }: Command): string {
  const undo = rollback?.command && library.commands.get(rollback.command)?.command.title;
  if (undo) return `No value is replaced here, so there is no old one to show. The way back is “${undo}”.`;
  return `There is no old value that could be given back. ${rollback?.note ?? ''}`.trim();
}

function whyMissing(library: Library, commands: string[]): string {
  const titles = [...new Set(commands)].map((id) => `“${library.commands.get(id)?.command.title ?? id}”`);
  return `The old value was not captured before. It is read with ${titles.join(' or ')}.`;
}
