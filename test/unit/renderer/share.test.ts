import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { share } from '../../../renderer/lib/share.ts';

const copy = <T>(value: T): T => structuredClone(value);

describe('sharing what did not change between two views', () => {
  it('keeps the old object when everything is equal', () => {
    const before = { a: [1, { b: 'x' }], c: null };
    expect(share(before, copy(before))).toBe(before);
  });

  it('keeps the parts beside a change and takes over the change', () => {
    const before = { path: [{ n: 1 }, { n: 2 }], step: { title: 'old' } };
    const next = share(before, { path: [{ n: 1 }, { n: 2 }], step: { title: 'new' } });
    expect(next.path).toBe(before.path);
    expect(next.step).toEqual({ title: 'new' });
  });

  it('keeps the entries of a list that grew', () => {
    const before = [{ n: 1 }, { n: 2 }];
    const next = share(before, [{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(next).toHaveLength(3);
    expect(next[0]).toBe(before[0]);
    expect(next[1]).toBe(before[1]);
  });

  it('does not keep a list that lost its end, nor an object that lost a key', () => {
    expect(share([1, 2], [1])).toEqual([1]);
    expect(share<Record<string, number>>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
    expect(share<Record<string, unknown>>({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
  });

  it('keeps a key of the name __proto__', () => {
    const next = JSON.parse('[{"__proto__":""}]');
    expect(share([{}], next)).toEqual(JSON.parse('[{"__proto__":""}]'));
  });

  it('never gives anything but what came, and leaves both as they were', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
        const [old, fresh] = [copy(before), copy(next)];
        expect(share(before, next)).toEqual(fresh);
        expect(before).toEqual(old);
        expect(next).toEqual(fresh);
      }),
    );
  });
});
