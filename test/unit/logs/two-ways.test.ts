/** The reader takes whole stretches of a usual log at once; whoever looks on gets line by line. Both must be the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogReader } from '../../../wizards/engine/logs/log-reader.ts';
import { composeLogs } from '../../fixtures/logs/compose-logs.ts';

const texts: string[] = [];
composeLogs({ bytes: 60_000, fileBytes: 20_000, abreast: 6, write: ({ text }) => texts.push(text) });

function read(text: string, lookingOn: boolean) {
  const reader = new LogReader();
  if (lookingOn) reader.observer = { wants: () => true, take: () => {} };
  reader.beginFile(0);
  reader.push(new TextEncoder().encode(text));
  const { bad, ...counts } = reader.endFile();
  const { whole, wide } = reader.sessions.rows.take();
  const words = Array.from({ length: reader.words.replies.size }, (_, id) => reader.words.replies.text(id));
  return { counts, bad: bad.list(), whole, wide, parts: reader.sessions.parts, words };
}

test.each(texts.map((text, i) => [i, text] as const))('the same of composed log %i', (_, text) => {
  const seen = read(text, false);
  expect(seen.counts.records).toBeGreaterThan(5);
  expect(seen).toEqual(read(text, true));
});

test('the same with a line end, a comma, a quote or a letter at every place of a session', () => {
  const line = (n: number, event: string, data: string): string =>
    `2025-01-06T10:15:00.10${n}Z,MBX02\\Default,08DD2E10A1B2C3D4,${n},192.0.2.7:25,198.51.100.9:4011,${event},${data},\r\n`;
  const text = [line(0, '+', ''), line(1, '>', '220 mail'), line(2, '<', 'QUIT'), line(3, '-', '')].join('');
  for (const sign of ['\n', ',', '"', 'X']) {
    for (let at = 0; at < text.length; at += 1) {
      const cut = `${text.slice(0, at)}${sign}${text.slice(at + 1)}`;
      expect(read(cut, false), `${sign} at ${at}`).toEqual(read(cut, true));
    }
  }
});

test('the same whatever was changed', () => {
  const change = fc.record({
    at: fc.nat(),
    remove: fc.nat({ max: 40 }),
    insert: fc.constantFrom('', '\n', ',', '"', '\0', 'X', ',<,', '08DD2E10A1B2C3D4,', '2025-01-06T10:15:00.101Z,'),
  });
  fc.assert(
    fc.property(fc.nat({ max: texts.length - 1 }), fc.array(change, { minLength: 1, maxLength: 8 }), (i, changes) => {
      let text = texts[i] as string;
      for (const { at, remove, insert } of changes) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + insert + text.slice(place + remove);
      }
      expect(read(text, false)).toEqual(read(text, true));
    }),
    { numRuns: 150 },
  );
});
