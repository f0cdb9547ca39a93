import { describe, expect, it } from 'vitest';
import { hashOf, parseRoute } from '../../../renderer/lib/route.ts';

describe('the address of a screen', () => {
  it.each([
    ['', { screen: 'start' }],
    ['#/', { screen: 'start' }],
    ['#/wizards', { screen: 'wizards' }],
    ['#/case/c-1', { screen: 'case', id: 'c-1' }],
    ['#/case/a%2Fb%20c', { screen: 'case', id: 'a/b c' }],
    ['#/sessions/0b1c', { screen: 'sessions', id: '0b1c' }],
  ])('%s is a place', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it.each(['#/case/', '#/sessions/', '#/sessions/a/b', '#/case/a/b', '#/case/%E0%A4', '#/nothing', '#token=abc'])(
    '%s falls back to the start page',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ screen: 'start' });
    },
  );

  it.each(['plain', 'with space', 'ü/..?#%'])('an id survives the way into the address and back: %s', (id) => {
    for (const screen of ['case', 'sessions'] as const)
      expect(parseRoute(hashOf({ screen, id }))).toEqual({ screen, id });
  });
});
