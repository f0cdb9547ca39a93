/**
 * What the YAML below `wizards/` may say. The JSON Schema that editors use is generated from these
 * modules, so every description in them is also the help an author sees while typing.
 */
export * from './schema/commands.ts';
export * from './schema/evidence.ts';
export * from './schema/lab-servers.ts';
export * from './schema/labs.ts';
export {
  type Certainty,
  ENVIRONMENTS,
  type Environment,
  FIX_OUTCOMES,
  type Machine,
  type ParameterType,
  POWERSHELLS,
  SHELLS,
  type Shell,
  UNKNOWN,
} from './schema/names.ts';
export * from './schema/probes.ts';
export * from './schema/wizards.ts';
