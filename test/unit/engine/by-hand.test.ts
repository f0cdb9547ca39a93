/** A change along a path in a console: an event of its own, with who, when, what and the values. */
import { describe, expect, test } from 'vitest';
import { viewOf } from '../../../wizards/engine/view.ts';
import type { Input } from '../../../wizards/engine/walk.ts';
import { captureInput, Player } from './player.ts';
import { smallLibrary } from './small-library.ts';

const library = smallLibrary();
const BY_HAND: Input = { type: 'by-hand', command: 'T2', text: 'Console > Flag = 7', parameters: { flag: '7' } };
const atFix = () => new Player(library, 'flags').send(captureInput('T1', 'clear')).choose('clear');

describe('a change that was made by hand', () => {
  test('belongs to the visit of its fix, with who and when, and is no capture', () => {
    const player = atFix().send(BY_HAND);
    const visit = player.state.visits[(player.state.current as number) - 1];
    expect(visit?.byHand).toEqual([
      { command: 'T2', text: 'Console > Flag = 7', parameters: { flag: '7' }, at: expect.any(String), by: 'tester' },
    ]);
    expect(Object.keys(player.state.captures)).toEqual(['c1']);
    const { step } = viewOf(library, player.state);
    expect(step).toMatchObject({ byHand: [{ command: 'T2' }], reading: null, suggestion: null, captures: [] });
  });

  test('is refused where the walk does not stand at a fix with this change', () => {
    const refused = { code: 'no-such-change' };
    expect(new Player(library, 'flags').try(BY_HAND)).toMatchObject(refused);
    expect(atFix().try({ ...BY_HAND, command: 'T1' } as Input)).toMatchObject(refused);
    expect(atFix().choose('verified').try(BY_HAND)).toMatchObject(refused);
  });

  test('stays with its branch when the walk goes back', () => {
    const player = atFix().send(BY_HAND).send({ type: 'back', to: 1 });
    expect(player.state.visits.map((visit) => [visit.superseded, visit.byHand.length])).toEqual([
      [true, 0],
      [true, 0],
      [true, 1],
      [false, 0],
    ]);
  });
});
