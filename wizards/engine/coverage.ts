/** Which statements of the five seed documents the content carries, and in which elements. Pure. */
import { sourcesOf } from './intake/event-pattern.ts';
import type { Library } from './library.ts';

/** The statements of each seed document, numbered from the first to the last. */
const DOCUMENTS = [
  ['S0', 1, 35],
  ['S1', 1, 20],
  ['S2', 1, 25],
  ['S3', 0, 18],
  ['S4', 1, 27],
] as const;

/** `elements` names for each row what carries it: `wizard/step`, a command, an event or a reply. */
export type Coverage = { rows: number; covered: number; missing: string[]; elements: Record<string, string[]> };

export const SEED_ROWS: readonly string[] = DOCUMENTS.flatMap(([document, first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => `${document}-${String(first + i).padStart(2, '0')}`),
);

export function coverage(library: Library): Coverage {
  const elements: Record<string, string[]> = Object.fromEntries(SEED_ROWS.map((row) => [row, []]));
  for (const { name, covers = [] } of carriers(library)) {
    for (const row of covers) elements[row]?.push(name);
  }
  const missing = SEED_ROWS.filter((row) => elements[row]?.length === 0);
  return { rows: SEED_ROWS.length, covered: SEED_ROWS.length - missing.length, missing, elements };
}

export type Carrier = { name: string; covers: string[] | undefined; element: unknown };

/** Everything that may name rows in `covers`. */
export function carriers({ wizards, commands, events, replies }: Library): Carrier[] {
  return [
    ...[...wizards.values()].flatMap(({ wizard }) => [
      { name: wizard.id, covers: wizard.covers, element: { ...wizard, steps: [] } },
      ...wizard.steps.map((step) => ({ name: `${wizard.id}/${step.id}`, covers: step.covers, element: step })),
    ]),
    ...[...commands.values()].map(({ command }) => ({ name: command.id, covers: command.covers, element: command })),
    ...events.flatMap((file) =>
      file.events.map((event) => ({
        name: `${file.source} ${event.id}`,
        covers: event.covers,
        element: { source: sourcesOf(file), ...event },
      })),
    ),
    ...replies.map((entry) => ({ name: entry.says[0] as string, covers: entry.covers, element: entry })),
  ];
}
