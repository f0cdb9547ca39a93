import { describe, expect, it } from 'vitest';
import { hashOf, parseRoute } from '../../../renderer/lib/route.ts';

describe('the address of a screen', () => {
  it.each([
    ['', { screen: 'start' }],
    ['#/', { screen: 'start' }],
    ['#/wizards', { screen: 'wizards' }],
    ['#/case/c-1', { screen: 'case', id: 'c-1' }],
    ['#/case/a%2Fb%20c', { screen: 'case', id: 'a/b c' }],
  ])('%s is a place', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it.each(['#/case/', '#/case/a/b', '#/case/%E0%A4', '#/nothing', '#token=abc'])(
    '%s falls back to the start page',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ screen: 'start' });
    },
  );

  it.each(['plain', 'with space', 'ü/..?#%'])('a case id survives the way into the address and back: %s', (id) => {
    expect(parseRoute(hashOf({ screen: 'case', id }))).toEqual({ screen: 'case', id });
  });
});
