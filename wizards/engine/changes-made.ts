/** What was changed in a case, and what was read before that: on whichever branch, since a server knows no branches. */
import type { Library } from './library.ts';
import type { Capture, CaseState, Visit } from './model.ts';
import { stepAt } from './route.ts';
import type { CapturedValue, Command } from './schema.ts';

type Values = Record<string, string>;
/** Who is asked, not what is changed. */
const ASKED = 'dc';

/** The same connector, server or queue: every value that both name is the same. */
export function isSameObject(values: Values, now: Values, apart: readonly string[] = []): boolean {
  return Object.entries(values).every(
    ([name, value]) => name === ASKED || apart.includes(name) || now[name] === undefined || now[name] === value,
  );
}

/**
 * The captures, oldest first, that show a property as it was before this case changed it. Where nothing was changed
 * these are the captures of the live path.
 */
export function capturesBeforeChange(library: Library, state: CaseState, from: CapturedValue, now: Values): Capture[] {
  const captures = Object.values(state.captures);
  const live = new Set(state.visits.filter(({ superseded }) => !superseded).flatMap((visit) => visit.captures));
  const isLive = ({ id }: Capture): boolean => live.has(id);
  const changes = (id: string | null | undefined, values: Values): boolean => {
    const command = id ? library.commands.get(id)?.command : undefined;
    return command !== undefined && writes(command, from) && isSameObject(values, now, writtenBy(command));
  };
  const ran = (capture: Capture): boolean =>
    capture.result !== 'parse-error' && changes(capture.command, capture.parameters);
  // The captures of a change by hand are those of its visit: they count as made before it, the first of them first.
  const byHand = state.visits.find((visit) => {
    if (visit.byHand.some(({ command, parameters }) => changes(command, parameters))) return true;
    const id = wasDone(visit) ? changeOf(library, visit) : null;
    const wasRun = captures.some((capture) => capture.visit === visit.n && capture.command === id && ran(capture));
    return !wasRun && changes(id, valuesAt(state, visit));
  });
  const firstRun = captures.findIndex(ran);
  if (firstRun < 0 && !byHand) return captures.filter((capture) => isReading(capture, from) && isLive(capture));
  const before = captures
    .slice(0, firstRun < 0 ? undefined : firstRun)
    .filter((capture) => isReading(capture, from) && (!byHand || capture.visit <= byHand.n));
  return [...before.filter(isLive), ...before.filter((capture) => !isLive(capture))];
}

const isReading = (capture: Capture, from: CapturedValue): boolean => capture.command === from.command;

/** A change says by its way back what it writes. */
function writes({ effect, rollback }: Command, { command, field }: CapturedValue): boolean {
  const sources = Object.values(rollback?.with ?? {}).flat();
  return effect === 'change' && sources.some((source) => source.command === command && source.field === field);
}

const writtenBy = ({ rollback }: Command): string[] => Object.keys(rollback?.with ?? {});

/** The person said of this fix that it was made, whatever came of it. */
const wasDone = ({ target, outcome }: Visit): boolean =>
  target.kind === 'fix' && outcome !== null && outcome !== 'left';

function changeOf(library: Library, { target }: Visit): string | null {
  const step = stepAt(library, target);
  return step?.kind === 'fix' ? (step.change ?? null) : null;
}

/** What was set when the visit was answered, its branch given up since or not. */
function valuesAt({ settings }: CaseState, { at }: Visit): Values {
  const values: Values = {};
  for (const { name, value, at: setAt } of settings) {
    if (at !== null && setAt > at) break;
    if (value === null) delete values[name];
    else values[name] = value;
  }
  return values;
}
