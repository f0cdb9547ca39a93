import type { Command, Parameter } from '../schema.ts';

export type Parameters = ReadonlyMap<string, Parameter> | Readonly<Record<string, Parameter>>;

/** Own entries only: `constructor` is a fine name for a parameter. */
export function lookUp(parameters: Parameters, name: string): Parameter | undefined {
  if (isMap(parameters)) return parameters.get(name);
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}

/** The composed literal of this name, if the command has one. */
export function literalOf(command: Command, name: string): NonNullable<Command['literals']>[string] | undefined {
  return command.literals && Object.hasOwn(command.literals, name) ? command.literals[name] : undefined;
}

// `instanceof Map` does not take a ReadonlyMap out of the union.
const isMap = (parameters: Parameters): parameters is ReadonlyMap<string, Parameter> => parameters instanceof Map;
