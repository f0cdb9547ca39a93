/** Checks the data of a file against its schema and says in plain words what is wrong, at the place where it is. */
import type { z } from 'zod';
import { type Diagnostic, diagnostic } from './diagnostics.ts';
import { hintFor } from './did-you-mean.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

type Issue = z.core.$ZodIssue;
type AnySchema = z.core.$ZodType;
const MOST_ISSUES = 100;
const MOST_KEYS = 20;

export type Checked<T> = { content: T | null; diagnostics: Diagnostic[] };

export function checkShape<T>(source: SourceFile, schema: z.ZodType<T>): Checked<T> {
  const result = schema.safeParse(source.data);
  if (result.success) return { content: result.data, diagnostics: [] };
  const issues = result.error.issues.flatMap((issue) => resolveUnion(issue, source.data, [])).slice(0, MOST_ISSUES);
  return { content: null, diagnostics: issues.flatMap((issue) => describe(source, schema, issue)) };
}

type Found = { issue: Issue; path: Path };

/** A union reports the faults of all its forms; those of the form that was probably meant are of use. */
function resolveUnion(issue: Issue, data: unknown, base: Path): Found[] {
  const path = [...base, ...(issue.path as Path)];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }];
  const value = dataAt(data, path);
  const forms = issue.errors.map((errors) => errors.flatMap((one) => resolveUnion(one, data, path)));
  const weights = forms.map((form) => weigh(form, path.length));
  const least = Math.min(...weights);
  const best = forms[weights.indexOf(least)] ?? [];
  if (least < 1000) return best;
  // None of the forms is of this type at all.
  const expected = [...new Set(best.length > 0 ? forms.flat().map(({ issue: one }) => expectedOf(one)) : [])];
  return [{ issue: { ...issue, message: `expected ${expected.join(' or ')}, found ${nameOf(value)}` }, path }];
}

function weigh(form: Found[], depth: number): number {
  let weight = 0;
  for (const { issue, path } of form) {
    if (issue.code === 'invalid_type' && path.length === depth) weight += 1000;
    else if (issue.code === 'unrecognized_keys' && path.length === depth) weight += 20 * issue.keys.length;
    else weight += path.length === depth ? 5 : 3;
  }
  return weight;
}

function describe(source: SourceFile, schema: AnySchema, { issue, path }: Found): Diagnostic[] {
  const at = source.valueAt(path);
  const value = dataAt(source.data, path);
  const name = nameOfPath(path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path, source.data);
    return issue.keys.slice(0, MOST_KEYS).map((key) => {
      const unused = known.filter((one) => !(one in (value as object)));
      const hint = hintFor(key, unused, `Known here: ${known.join(', ')}.`);
      return diagnostic('FG111', source.path, source.keyAt([...path, key]), `${name} has no key "${key}".`, hint);
    });
  }
  if (value === undefined && path.length > 0) {
    const parent = source.valueAt(path.slice(0, -1));
    const holder = nameOfPath(path.slice(0, -1));
    return [diagnostic('FG112', source.path, parent, `${holder} lacks the key "${String(path.at(-1))}".`)];
  }
  if (issue.code === 'invalid_type') {
    const message = `${name}: expected ${expectedOf(issue)}, found ${nameOf(value)}.`;
    return [diagnostic('FG113', source.path, at, message, quoteHint(issue, value))];
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return [diagnostic('FG113', source.path, at, `${name}: ${issue.message}.`)];
  }
  return [diagnostic('FG114', source.path, at, `${name}: ${said(issue, value)}.`, allowedHint(issue, value))];
}

/** YAML reads `7004` as a number and `yes` as a text: the usual reason for a wrong type. */
function quoteHint(issue: Issue, value: unknown): string | undefined {
  const isText = issue.code === 'invalid_type' && issue.expected === 'string';
  if (isText && (typeof value === 'number' || typeof value === 'boolean'))
    return `Write it between quotes: '${value}'.`;
  if (issue.code === 'invalid_type' && issue.expected === 'array')
    return 'Write it as a list: `[…]`, or lines that begin with `- `.';
  return undefined;
}

function allowedHint(issue: Issue, value: unknown): string | undefined {
  const allowed = allowedOf(issue);
  if (allowed.length === 0) return undefined;
  return hintFor(String(value), allowed, `One of: ${allowed.join(', ')}.`);
}

function allowedOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  // No form has this discriminator; the issue lists those that exist.
  if (issue.code === 'invalid_union') return ((issue as { options?: unknown[] }).options ?? []).map(String);
  return [];
}

function said(issue: Issue, value: unknown): string {
  const shown = typeof value === 'string' ? `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"` : nameOf(value);
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') return `${shown} is not one of its values`;
  if (issue.code === 'invalid_format') return `${shown} does not have the right form`;
  const unit = { string: 'characters', array: 'entries' }[String('origin' in issue ? issue.origin : '')];
  if (issue.code === 'too_big')
    return unit ? `more than ${issue.maximum} ${unit}` : `${shown} is more than ${issue.maximum}`;
  if (issue.code === 'too_small')
    return unit ? `fewer than ${issue.minimum} ${unit}` : `${shown} is less than ${issue.minimum}`;
  return issue.message.replace(/\.$/, '');
}

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
};

function expectedOf(issue: Issue): string {
  return issue.code === 'invalid_type' ? (TYPES[issue.expected] ?? issue.expected) : 'another form';
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return TYPES[typeof value] ?? typeof value;
}

/** `steps[2].outcomes[0].next` */
function nameOfPath(path: Path): string {
  const name = path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${part}`),
    '',
  );
  return name === '' ? 'The file' : name.replace(/^\./, '');
}

function dataAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** The keys that the schema knows at a path; of a union those of all forms that could be meant. */
function keysAt(schema: AnySchema, path: Path, data: unknown): string[] {
  let schemas = unwrap(schema, data);
  let value = data;
  for (const part of path) {
    value = dataAt(value, [part]);
    schemas = schemas.flatMap((one) => unwrap(childOf(one, part), value));
  }
  const keys = schemas.flatMap((one) => Object.keys(defOf(one).shape ?? {}));
  return [...new Set(keys)];
}

type Def = {
  type: string;
  shape?: Record<string, AnySchema>;
  element?: AnySchema;
  valueType?: AnySchema;
  innerType?: AnySchema;
  options?: AnySchema[];
  discriminator?: string;
  getter?: () => AnySchema;
};
const defOf = (schema: AnySchema): Def => schema._zod.def as unknown as Def;

function childOf(schema: AnySchema, part: string | number): AnySchema | undefined {
  const def = defOf(schema);
  return typeof part === 'number' ? def.element : (def.shape?.[part] ?? def.valueType);
}

function unwrap(schema: AnySchema | undefined, value: unknown): AnySchema[] {
  if (!schema) return [];
  const def = defOf(schema);
  if (def.type === 'lazy' && def.getter) return unwrap(def.getter(), value);
  if (def.innerType) return unwrap(def.innerType, value);
  if (!def.options) return [schema];
  const { discriminator } = def;
  const all = def.options.flatMap((option) => unwrap(option, value));
  if (!discriminator) return all;
  const wanted = dataAt(value, [discriminator]);
  const fitting = all.filter((one) => literalOf(defOf(one).shape?.[discriminator]).includes(wanted));
  return fitting.length > 0 ? fitting : all;
}

function literalOf(schema: AnySchema | undefined): unknown[] {
  return schema ? ((schema._zod.def as unknown as { values?: unknown[] }).values ?? []) : [];
}
