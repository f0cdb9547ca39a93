import { describe, expect, it } from 'vitest';
import { tokenIn } from '../../../renderer/connection/token.ts';

describe('the token in the printed address', () => {
  it.each([
    ['#token=abc-DEF_123', 'abc-DEF_123'],
    ['#/case/x&token=abc', 'abc'],
    ['#token=abc&more=1', 'abc'],
  ])('%s carries one', (hash, token) => {
    expect(tokenIn(hash)).toBe(token);
  });

  it.each(['', '#/', '#/case/token=x', '#token=', '#tokens=abc'])('%j carries none', (hash) => {
    expect(tokenIn(hash)).toBeNull();
  });
});
