/** What may still come, in numbers. The graphs are written as wizards, so that the walk itself draws the ways. */
import { describe, expect, test } from 'vitest';
import { type Ahead, aheadOf } from '../../../wizards/engine/ahead.ts';
import type { Library } from '../../../wizards/engine/library.ts';
import { viewOf } from '../../../wizards/engine/view.ts';
import { Player } from './player.ts';
import { smallLibrary } from './small-library.ts';

const said = { sources: ['KB'], certainty: 'confirmed' };
/** A wizard of questions: `{ a: ['b', 'v1'] }`. What is no key of it is a verdict. */
function wizardOf(id: string, ways: Record<string, unknown[]>) {
  const verdicts = new Set(
    Object.values(ways)
      .flat()
      .filter((to) => typeof to === 'string' && !(to in ways)),
  );
  return {
    id,
    version: 1,
    title: id,
    summary: id,
    start: Object.keys(ways)[0],
    steps: [
      ...Object.entries(ways).map(([step, next]) => ({
        id: step,
        kind: 'question',
        title: step,
        why: 'Because.',
        runs_on: 'anywhere',
        ...said,
        outcomes: next.map((to, index) => ({ id: `o${index}`, label: `${index}`, next: to })),
      })),
      ...[...verdicts].map((v) => ({ id: v, kind: 'verdict', verdict: `${id}.${v}`, title: v, cause: 'c', ...said })),
    ],
  };
}
const from = (ways: Record<string, unknown[]>): Ahead | null => at(smallLibrary([wizardOf('w', ways)]), 'w');
function at(library: Library, wizard: string, ...outcomes: string[]): Ahead | null {
  const { state } = new Player(library, wizard).choose(...outcomes);
  const target = state.visits[(state.current ?? 0) - 1]?.target;
  return target ? aheadOf(library, target) : null;
}

describe('within one wizard', () => {
  test.each([
    ['a question that leads to verdicts only', { a: ['v1', 'v2'] }, { least: 0, most: 0, verdicts: ['w.v1', 'w.v2'] }],
    ['a line', { a: ['b', 'b'], b: ['c', 'c'], c: ['v', 'v'] }, { least: 2, most: 2, verdicts: ['w.v'] }],
    [
      'a short cut',
      { a: ['v1', 'b'], b: ['c', 'v1'], c: ['v2', 'v2'] },
      { least: 0, most: 2, verdicts: ['w.v1', 'w.v2'] },
    ],
    [
      'a diamond',
      { a: ['b', 'c'], b: ['d', 'd'], c: ['x', 'x'], x: ['d', 'd'], d: ['v', 'v'] },
      { least: 2, most: 3, verdicts: ['w.v'] },
    ],
  ])('%s', (_, ways, expected) => {
    expect(from(ways)).toEqual(expected);
  });

  test('a circle is taken at most once, and the way in does not count again', () => {
    expect(from({ a: ['b', 'v1'], b: ['a', 'v2'] })).toEqual({ least: 0, most: 1, verdicts: ['w.v1', 'w.v2'] });
    expect(from({ a: ['b', 'b'], b: ['c', 'd'], c: ['b', 'd'], d: ['v', 'v'] })).toEqual({
      least: 2,
      most: 3,
      verdicts: ['w.v'],
    });
  });

  test('in a knot of circles no place is taken twice, though another way would pass more of them', () => {
    // From the middle to one leaf there is no way on to another without passing the middle again.
    expect(from({ m: ['x', 'y', 'z'], x: ['m', 'v'], y: ['m', 'v'], z: ['m', 'v'] })).toEqual({
      least: 1,
      most: 1,
      verdicts: ['w.v'],
    });
  });

  test('a knot too large to be searched counts each of its places once', () => {
    const names = [...'abcdefghijkl'];
    const ways = Object.fromEntries(names.map((name) => [name, [...names.filter((other) => other !== name), 'v']]));
    expect(from(ways)).toEqual({ least: 0, most: 11, verdicts: ['w.v'] });
  });

  test('a line of a thousand steps is counted', () => {
    const ways = Object.fromEntries(
      Array.from({ length: 1000 }, (_, n) => [`s${n}`, [n < 999 ? `s${n + 1}` : 'v', 'u']]),
    );
    expect(from(ways)).toEqual({ least: 0, most: 999, verdicts: ['w.u', 'w.v'] });
  });
});

describe('through several wizards', () => {
  const library = smallLibrary();

  test('a call comes back where its step says, and a wizard still to come is a verdict too', () => {
    // ours -> flags -> then -> flags -> harmless is the longest.
    expect(at(library, 'main')).toEqual({ least: 0, most: 3, verdicts: ['flags.off', 'main.harmless', 'next.later'] });
  });

  test('within the call the caller decides what may come', () => {
    expect(at(library, 'main', 'yes')).toEqual({
      least: 0,
      most: 2,
      verdicts: ['flags.off', 'main.harmless', 'next.later'],
    });
  });

  test('run alone, the returns of the same wizard are verdicts of its own', () => {
    expect(at(library, 'flags')).toEqual({
      least: 0,
      most: 0,
      verdicts: ['flags.not-here', 'flags.off', 'flags.unsure'],
    });
  });

  test('a way ends where it is handed over to another wizard', () => {
    const one = wizardOf('one', { a: [{ handover: 'two' }, 'c'], c: ['v1', 'v1'] });
    const two = wizardOf('two', { b: [{ handover: 'one' }, { handover: 'one' }] });
    const handing = smallLibrary([one, two]);
    expect(at(handing, 'one')).toEqual({ least: 0, most: 1, verdicts: ['one.v1'], elsewhere: true });
    expect(at(handing, 'two')).toEqual({ least: 0, most: 0, verdicts: [], elsewhere: true });
  });

  test('thirty wizards that all hand over to each other are counted at once', () => {
    const ids = Array.from({ length: 30 }, (_, n) => `w${n}`);
    const wizards = ids.map((id) => {
      const steps = Array.from({ length: 20 }, (_, n) => `s${n}`);
      const others = ids.filter((other) => other !== id).map((handover) => ({ handover }));
      return wizardOf(id, Object.fromEntries(steps.map((step, n) => [step, [...others, steps[n + 1] ?? 'v']])));
    });
    const library = smallLibrary(wizards);
    expect(at(library, 'w0')).toEqual({ least: 0, most: 19, verdicts: ['w0.v'], elsewhere: true });
  }, 2000);

  test('at a fix only what follows a failed proof may come; where the search ends there, nothing', () => {
    expect(at(library, 'flags', 'clear')).toBeNull();
    expect(at(library, 'flags', 'clear', 'left')).toEqual({ least: 0, most: 0, verdicts: ['flags.unsure'] });
  });

  test('a way that leads nowhere is left out', () => {
    const broken = wizardOf('w', { a: [{ handover: 'nowhere' }, 'v'] });
    expect(at(smallLibrary([broken]), 'w')).toEqual({ least: 0, most: 0, verdicts: ['w.v'] });
  });
});

test('the same place is counted once: asked again, the very same object comes back', () => {
  const library = smallLibrary();
  expect(at(library, 'main')).toBe(at(library, 'main'));
});

test('the view of a step says what may still come', () => {
  const library = smallLibrary();
  expect(viewOf(library, new Player(library, 'main').state).step?.ahead).toEqual(at(library, 'main'));
});
