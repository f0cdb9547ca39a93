import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OpenSessions } from '../../../wizards/engine/logs/open-sessions.ts';
import { FLAG, SessionFold } from '../../../wizards/engine/logs/session-fold.ts';
import { COLUMN, COLUMNS, WIDE, WIDES } from '../../../wizards/engine/logs/session-rows.ts';
import { CONNECT, commandToken, END, replyToken, VERB } from '../../../wizards/engine/logs/tokens.ts';
import { random } from '../../fixtures/logs/compose-logs.ts';
import { partsOf } from '../../fixtures/logs/read-log.ts';

const reply = (code: number): number => replyToken(code, false, false);
/** `[token, word]` of a session, its end last. */
const SCRIPTS: [number, number][][] = [
  [
    [CONNECT, -1],
    [reply(220), -1],
    [commandToken(VERB.hello), -1],
    [reply(250), -1],
    [commandToken(VERB.quit), -1],
    [reply(221), -1],
    [END, -1],
  ],
  [
    [CONNECT, -1],
    [reply(421), 5],
    [END, -1],
  ],
  [
    [commandToken(VERB.mail), -1],
    [reply(250), -1],
    [commandToken(VERB.rcpt), -1],
    [reply(550), 9],
    [END, -1],
  ],
  [
    [commandToken(VERB.data), -1],
    [reply(354), -1],
    [reply(250), -1],
    [END, -1],
  ],
];
type Live = {
  key: [number, number];
  script: [number, number][];
  at: number;
  slot: number;
  times: number[];
  line: number;
};

function readRows(open: OpenSessions) {
  const { count, whole, wide } = open.rows.take();
  return Array.from({ length: count }, (_, row) => ({
    key: `${whole[row * COLUMNS + COLUMN.high]} ${whole[row * COLUMNS + COLUMN.low]}`,
    remote: whole[row * COLUMNS + COLUMN.remote],
    line: whole[row * COLUMNS + COLUMN.line],
    state: whole[row * COLUMNS + COLUMN.state],
    reply: whole[row * COLUMNS + COLUMN.reply],
    delivered: whole[row * COLUMNS + COLUMN.delivered],
    records: whole[row * COLUMNS + COLUMN.records],
    start: wide[row * WIDES + WIDE.start],
    end: wide[row * WIDES + WIDE.end],
    offset: wide[row * WIDES + WIDE.offset],
  }));
}

function folded(script: [number, number][]) {
  const fold = new SessionFold();
  for (const [token, word] of script) fold.push(token, word);
  fold.finish();
  return fold;
}

describe('sessions under way', () => {
  test('are those that a Map would keep, thousands of them interleaved, opened and closed', () => {
    const next = random(3);
    const open = new OpenSessions();
    open.begin(4);
    const live: Live[] = [];
    const expected = new Map<string, object>();
    let key = 0;
    for (let line = 1; line <= 60_000; line += 1) {
      if (live.length < 3000 && (live.length === 0 || next() < 0.4)) {
        key += 1;
        const script = SCRIPTS[key % SCRIPTS.length] as [number, number][];
        const high = key % 7;
        const slot = open.open(high, key, key % 50, -1, line * 100, line);
        live.push({ key: [high, key], script, at: 0, slot, times: [], line });
      }
      const index = Math.floor(next() * live.length);
      const one = live[index] as Live;
      expect(open.find(...one.key)).toBe(one.slot);
      const time = Math.floor(next() * 1e6);
      const [token, word] = one.script[one.at] as [number, number];
      open.add(one.slot, one.at, time, token, word);
      one.times.push(time);
      one.at += 1;
      if (one.at < one.script.length) continue;
      expect(open.find(...one.key)).toBe(-1);
      const fold = folded(one.script);
      expected.set(one.key.join(' '), {
        key: one.key.join(' '),
        remote: one.key[1] % 50,
        line: one.line,
        state: fold.stage | ((fold.flags | FLAG.whole) << 8),
        reply: fold.reply,
        delivered: fold.delivered,
        records: one.script.length,
        start: Math.min(...one.times),
        end: Math.max(...one.times),
        offset: one.line * 100,
      });
      live[index] = live.at(-1) as Live;
      live.pop();
    }
    const rows = readRows(open);
    expect(rows).toHaveLength(expected.size);
    expect(new Map(rows.map((row) => [row.key, row]))).toEqual(expected);
    open.endFile();
    const left = partsOf(open).flat();
    expect(left).toHaveLength(live.length);
    const parts = new Map(left.map((part) => [`${part.high} ${part.low}`, part]));
    for (const { key: of, script, at, times } of live) {
      const part = parts.get(of.join(' '));
      expect([...(part?.times ?? [])]).toEqual(times);
      expect([...(part?.tokens ?? [])]).toEqual(script.slice(0, at).flatMap(([token, word], i) => [i, token, word]));
      expect(part?.file).toBe(4);
    }
  }, 60_000);

  test('are found again after any removals, though their places collide', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 400 })), { maxLength: 900, size: 'max' }),
        (keys) => {
          const open = new OpenSessions();
          const model = new Map<string, number>();
          for (const [high, low] of keys) {
            // Multiples of a power of two fall on few places of the table.
            const [a, b] = [high << 28, low << 20];
            const known = model.get(`${a} ${b}`);
            expect(open.find(a, b)).toBe(known ?? -1);
            if (known === undefined) model.set(`${a} ${b}`, open.open(a, b, -1, -1, 0, 1));
            else {
              open.add(known, 0, 0, END, -1);
              model.delete(`${a} ${b}`);
            }
          }
          for (const [text, slot] of model) {
            const [a, b] = text.split(' ').map(Number) as [number, number];
            expect(open.find(a, b)).toBe(slot);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test('with a number missing, or twice, are no rows but parts', () => {
    const open = new OpenSessions();
    const gap = open.open(1, 1, -1, -1, 0, 1);
    open.add(gap, 0, 10, CONNECT, -1);
    open.add(gap, 2, 20, END, -1);
    const twice = open.open(1, 2, -1, -1, 0, 1);
    for (const number of [0, 0, 1]) open.add(twice, number, 10, number === 1 ? END : CONNECT, -1);
    open.endFile();
    expect(open.rows.count).toBe(0);
    const parts = partsOf(open).flat();
    expect(parts.map(({ tokens }) => [...tokens].filter((_, i) => i % 3 === 0))).toEqual([
      [0, 2],
      [0, 0, 1],
    ]);
    expect(open.find(1, 1)).toBe(-1);
  });

  test('without a name get one that is another for every session of every file', () => {
    const open = new OpenSessions();
    const keys = new Set<string>();
    for (const file of [0, 1, 99_999]) {
      open.begin(file);
      for (let i = 0; i < 100; i += 1) open.openUnnamed(-1, -1, 0, 1);
      open.endFile();
      for (const { high, low } of partsOf(open).flat()) {
        keys.add(`${high} ${low}`);
        expect(high).toBeLessThan(0);
      }
    }
    expect(keys.size).toBe(300);
  });

  test('can be closed without an end', () => {
    const open = new OpenSessions();
    const slot = open.openUnnamed(2, 3, 40, 5);
    open.add(slot, 0, 10, commandToken(VERB.mail), -1);
    open.close(slot);
    const [row] = readRows(open);
    expect(row).toMatchObject({ remote: 2, line: 5, offset: 40, records: 1, start: 10, end: 10 });
    expect(((row?.state ?? 0) >> 8) & (FLAG.ended | FLAG.whole)).toBe(0);
    open.endFile();
    expect(open.parts.count).toBe(0);
  });
});
