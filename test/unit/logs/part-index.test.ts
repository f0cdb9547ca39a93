/** Parts of sessions that lie in several files, found again by session. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartIndex, type SessionPart } from '../../../wizards/engine/logs/part-index.ts';
import { SessionParts } from '../../../wizards/engine/logs/session-parts.ts';

const part = fc.record({
  file: fc.nat({ max: 5 }),
  high: fc.integer({ min: -3, max: 3 }),
  low: fc.constantFrom(-2_147_483_648, -1, 0, 1, 2_147_483_647),
  records: fc.array(fc.record({ number: fc.nat(), token: fc.nat(), word: fc.integer(), time: fc.double() }), {
    maxLength: 6,
  }),
});

describe('parts of sessions', () => {
  test('come back whole, those of a session together, in the order of their files', () => {
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 40 }), { maxLength: 5 }), (blocks) => {
        const index = new PartIndex();
        const store = new SessionParts();
        const model = new Map<string, SessionPart[]>();
        for (const block of blocks) {
          for (const { file, high, low, records } of block) {
            store.add(file, high, low, 1, -1, 7, file * 1e12);
            for (const { number, token, word, time } of records) store.addRecord(number, token, word, time);
            const tokens = records.flatMap(({ number, token, word }) => [number, token, word]);
            const key = `${high} ${low}`;
            model.set(key, [
              ...(model.get(key) ?? []),
              {
                ...{ file, high, low, remote: 1, connector: -1, line: 7, offset: file * 1e12 },
                tokens: Int32Array.from(tokens),
                times: Float64Array.from(records, ({ time }) => time),
              },
            ]);
          }
          index.add(store.take());
        }
        const found = new Map([...index.sessions()].map((parts) => [`${parts[0]?.high} ${parts[0]?.low}`, parts]));
        for (const parts of model.values()) parts.sort((a, b) => a.file - b.file);
        expect(found).toEqual(model);
        index.forgetRecords();
        for (const [key, parts] of model) {
          const [high, low] = key.split(' ').map(Number) as [number, number];
          const places = parts.map(({ file, times }) => ({ file, records: times.length }));
          expect(index.placesOf(high, low)).toEqual(places.length > 1 ? places : null);
        }
        expect(index.placesOf(9, 9)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test('that only repeat a session read elsewhere are no places of it', () => {
    const index = new PartIndex();
    const store = new SessionParts();
    for (const file of [1, 2]) store.add(file, 4, 5, -1, -1, 1, 0);
    index.add(store.take());
    expect(index.placesOf(4, 5)).toHaveLength(2);
    index.repeated = new Set(['4 5']);
    expect(index.placesOf(4, 5)).toBeNull();
  });
});
