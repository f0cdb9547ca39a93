/**
 * Every verdict is reached by a real walk: outputs of the samples are brought, the reading suggests, the walker
 * accepts. Where no sample leads on, a person answers, and that is counted.
 */
import { describe, expect, test } from 'vitest';
import { nextsOf } from '../../../wizards/engine/route.ts';
import type { Next, Wizard } from '../../../wizards/engine/schema.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { TYPICAL } from '../../fixtures/typical-walks.ts';
import { library, type Walk, walksOf, wizards } from './walk-finder.ts';

const all = new Map(wizards.map((wizard) => [wizard.id, walksOf(wizard)]));
const verdictsIn = (wizard: Wizard) => wizard.steps.flatMap((step) => (step.kind === 'verdict' ? [step.verdict] : []));

describe('every verdict is reached by a walk', () => {
  test.each(wizards.map((wizard) => [wizard.id, wizard] as const))('%s', (id, wizard) => {
    const walks = all.get(id) as Map<string, Walk>;
    const missing = verdictsIn(wizard).filter((verdict) => !walks.has(verdict));
    expect(missing).toEqual([]);
  });

  test('most of them by readings, once the generation is known', () => {
    const rows = wizards.map((wizard) => {
      const walks = [...(all.get(wizard.id) as Map<string, Walk>).values()];
      const alone = walks.filter(({ answers }) => answers === 0).length;
      const one = walks.filter(({ answers }) => answers === 1).length;
      return [wizard.id, walks.length, alone, one, walks.length - alone - one] as const;
    });
    const sum = (column: 1 | 2 | 3 | 4) => rows.reduce((total, row) => total + row[column], 0);
    const line = (cells: readonly (string | number)[]) =>
      cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(22) : `${cell}`.padStart(9))).join('');
    const table = [
      line(['verdicts of', 'all', 'readings', '1 answer', 'more']),
      ...rows.map(line),
      line(['together', sum(1), sum(2), sum(3), sum(4)]),
    ];
    console.info(table.join('\n'));
    expect(sum(1)).toBe(wizards.flatMap(verdictsIn).length);
    expect(sum(2) + sum(3)).toBeGreaterThan(sum(1) * 0.4);
  });
});

describe('from typical evidence to the right verdict', () => {
  test.each(TYPICAL.map((typical) => [typical.wizard, typical] as const))('%s', (id, { evidence, verdict }) => {
    const wizard = library.wizards.get(id)?.wizard as Wizard;
    const suggestion = triage(library, evidence).suggestions.find((one) => one.wizard === id);
    const known = suggestion !== undefined || wizard.symptoms?.includes(evidence) === true;
    expect(known, `"${evidence}" is neither recognised as evidence for ${id} nor one of its symptoms`).toBe(true);
    const walk = walksOf(wizard, suggestion?.step).get(verdict);
    expect(walk?.steps.length).toBeLessThanOrEqual(9);
  });

  test('there is one for each wizard', () => {
    expect(TYPICAL.map(({ wizard }) => wizard).sort()).toEqual(wizards.map(({ id }) => id).sort());
    const rows = TYPICAL.map(({ wizard, verdict }) => {
      const walk = all.get(wizard)?.get(verdict);
      const step = library.wizards
        .get(wizard)
        ?.wizard.steps.find((one) => one.kind === 'verdict' && one.verdict === verdict);
      const changes = step?.kind === 'verdict' ? (step.fixes?.length ?? 0) : 0;
      return `${wizard.padEnd(22)}${verdict.padEnd(34)}${`${walk?.steps.length}`.padStart(6)}${`${walk?.reads}`.padStart(6)}${`${changes}`.padStart(8)}`;
    });
    console.info(
      [
        `${'tree'.padEnd(22)}${'verdict'.padEnd(34)}${'steps'.padStart(6)}${'reads'.padStart(6)}${'changes'.padStart(8)}`,
        ...rows,
      ].join('\n'),
    );
  });
});

describe('no walk goes on without end', () => {
  const bounds = new Map<string, number>();

  /**
   * Visits that no walk exceeds which enters each step once, and each circle therefore at most once: the heaviest
   * way through the circles, of which each counts with all of its steps. A call counts with the wizard it calls.
   */
  function most(wizard: Wizard, withCalls: boolean): number {
    const key = `${wizard.id} ${withCalls}`;
    const known = bounds.get(key);
    if (known !== undefined) return known;
    const ways = new Map(wizard.steps.map((step) => [step.id, nextsOf(step)]));
    const weight = (id: string): number => {
      const called = withCalls ? (ways.get(id) ?? []).flatMap(callsIn) : [];
      return 1 + Math.max(0, ...called.map((call) => most(library.wizards.get(call)?.wizard as Wizard, true)));
    };
    const reach = new Map([...ways.keys()].map((id) => [id, reachable(id, ways)]));
    const circleOf = (id: string): string[] =>
      [id, ...[...(reach.get(id) ?? [])].filter((other) => other !== id && reach.get(other)?.has(id))].sort();
    const done = new Map<string, number>();
    const from = (id: string): number => {
      const circle = circleOf(id);
      const name = circle.join();
      const there = done.get(name);
      if (there !== undefined) return there;
      const out = circle
        .flatMap((one) => (ways.get(one) ?? []).flatMap(stepsIn))
        .filter((next) => !circle.includes(next));
      const bound = circle.reduce((sum, one) => sum + weight(one), 0) + Math.max(0, ...out.map(from));
      done.set(name, bound);
      return bound;
    };
    const bound = from(wizard.start);
    bounds.set(key, bound);
    return bound;
  }

  const stepsIn = (next: Next): string[] =>
    typeof next === 'string' ? [next] : 'call' in next ? [...stepsIn(next.clear), ...stepsIn(next.unsure)] : [];
  const callsIn = (next: Next): string[] =>
    typeof next === 'string' || !('call' in next) ? [] : [next.call, ...callsIn(next.clear), ...callsIn(next.unsure)];

  function reachable(start: string, ways: ReadonlyMap<string, Next[]>): Set<string> {
    const found = new Set<string>();
    const queue = [start];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const next of (ways.get(id) ?? []).flatMap(stepsIn)) {
        if (found.has(next)) continue;
        found.add(next);
        queue.push(next);
      }
    }
    return found;
  }

  test.each(wizards.map((wizard) => [wizard.id, wizard] as const))(
    '%s: at most 25 visits in it, 80 with the wizards it calls',
    (_, wizard) => {
      expect(most(wizard, false)).toBeLessThanOrEqual(25);
      expect(most(wizard, true)).toBeLessThanOrEqual(80);
    },
  );
});
