/** Takes out what must never leave: parameters of type secret, and their values wherever they stand. */
import type { Library } from '../library.ts';
import type { CaseState } from '../model.ts';

/** Shorter values would hit ordinary words; no secret worth the name is that short. */
const SHORTEST = 4;
const MARK = '[secret removed]';

export function isSecret(library: Library, name: string): boolean {
  return library.parameters.get(name)?.type === 'secret';
}

export function secretValues(library: Library, state: CaseState): string[] {
  const pairs = [
    ...state.settings.map(({ name, value }) => [name, value ?? ''] as const),
    ...Object.values(state.captures).flatMap((capture) => Object.entries(capture.parameters)),
    ...state.evidence.flatMap((item) => Object.entries(item.fields)),
  ];
  const values = pairs.filter(([name, value]) => isSecret(library, name) && value.length >= SHORTEST);
  return [...new Set(values.map(([, value]) => value))].sort((a, b) => b.length - a.length);
}

/** The same data without these values in any of its strings. */
export function without<T>(data: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return data;
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, MARK), value);
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, clean(entry)]));
  };
  return clean(data) as T;
}
