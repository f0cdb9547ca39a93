/** Values that a command starts from: what is set, what an earlier capture of the case holds, its own default. */
import { capturesBeforeChange, isSameObject } from './changes-made.ts';
import type { Library } from './library.ts';
import { type CaseState, valuesOf } from './model.ts';
import { fieldsOf } from './output-structure.ts';
import { normaliseOutput } from './output-text.ts';
import { checkValue, joinList } from './parameters.ts';
import { listOf } from './read.ts';
import type { CapturedValue, Command, Parameter } from './schema.ts';

/** The stored text of a capture by its hash; undefined where it is not there. */
export type OutputOf = (sha256: string) => string | undefined;

/** What is set, then what an earlier capture gives, then the command's own default. */
export function startingValues(
  library: Library,
  state: CaseState,
  command: Command,
  outputOf: OutputOf,
): Record<string, string> {
  const values = { ...valuesOf(state) };
  for (const { name, from, default: standard } of command.parameters ?? []) {
    if (values[name] !== undefined) continue;
    const captured = from && capturedValue(library, state, from, library.parameters.get(name), outputOf);
    const value = captured ?? standard;
    if (value !== undefined && value !== null) values[name] = value;
  }
  return values;
}

/** The value of a property of the present object from before this case changed it; null when no capture shows it. */
export function capturedValue(
  library: Library,
  state: CaseState,
  wanted: CapturedValue | CapturedValue[],
  parameter: Parameter | undefined,
  outputOf: OutputOf,
): string | null {
  if (!parameter) return null;
  for (const from of [wanted].flat()) {
    const value = oldValue(library, state, from, parameter, outputOf);
    if (value !== null) return value;
  }
  return null;
}

function oldValue(
  library: Library,
  state: CaseState,
  from: CapturedValue,
  parameter: Parameter,
  outputOf: OutputOf,
): string | null {
  const now = valuesOf(state);
  for (const capture of capturesBeforeChange(library, state, from, now)) {
    // Another connector, server or queue has old values of its own.
    if (!isSameObject(capture.parameters, now)) continue;
    const text = outputOf(capture.output.sha256);
    const cells = text === undefined ? [] : fieldsOf({ lines: normaliseOutput(text, capture.text) }, from.field);
    if (cells.length !== 1 || !cells[0] || cells[0].cut) continue;
    const value = shaped(cells[0].value, from, parameter);
    const checked = checkValue(parameter, value);
    if (checked.ok) return checked.value;
  }
  return null;
}

function shaped(value: string, from: CapturedValue, parameter: Parameter): string {
  if (parameter.list) {
    const list = listOf(value);
    const missing = (from.add ?? []).filter(
      (item) => !list.some((entry) => entry.toLowerCase() === item.toLowerCase()),
    );
    return joinList([...list, ...missing]);
  }
  const plain = value.replace(/^\([A-Z]+\)\s*/, '');
  return from.bits && /^\d+$/.test(plain) ? String(Number(plain) | from.bits) : plain;
}
