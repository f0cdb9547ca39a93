/** The path of a case travels as changes; a watcher that adds them up has the path of the core. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PathChange, pathAfter, pathChange } from '../../../electron/contract-path.ts';
import { type PathView, viewOf } from '../../../wizards/engine/view.ts';
import { Player } from '../engine/player.ts';
import { smallLibrary } from '../engine/small-library.ts';

const visit = (n: number, label = '') => ({ n, label }) as PathView;

describe('a change of the path', () => {
  test('gives the watcher the path of the core, whatever became of it', () => {
    const numbers = fc.array(fc.nat({ max: 5 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1 }), (paths) => {
        const known = new Map<string, PathView>();
        const same = (n: number, at: number): PathView => {
          const key = `${at} ${n}`;
          known.set(key, known.get(key) ?? visit(n));
          return known.get(key) as PathView;
        };
        let before: PathView[] = [];
        let there: PathView[] = [];
        for (const path of paths.map((each) => each.map(same))) {
          there = pathAfter(there, JSON.parse(JSON.stringify(pathChange(before, path))) as PathChange);
          before = path;
          expect(there).toStrictEqual(path);
        }
      }),
    );
  });

  test('holds only the visits that an input touched, however long the path is', () => {
    const library = smallLibrary();
    const player = new Player(library, 'main');
    for (let n = 1; n < 40; n += 2) player.choose('yes').send({ type: 'back', to: n });
    const before = viewOf(library, player.state).path;
    const now = viewOf(library, player.choose('yes').state).path;
    expect(now.length).toBeGreaterThan(40);
    expect(pathChange(before, now).visits.map(({ n }) => n)).toEqual([now.length - 1, now.length]);
  });
});
