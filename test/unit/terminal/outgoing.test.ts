/** What is left out of a flood changes nothing that a viewer could see or scroll to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCommand, encodeOutput } from '../../../electron/contract-terminal.ts';
import { loadHeadless } from '../../../electron/terminal/headless.ts';
import { Outgoing } from '../../../electron/terminal/outgoing.ts';

const { Terminal } = await loadHeadless();
const ROWS = 6;
const SCROLLBACK = 20;
const KEPT = SCROLLBACK + 2 * ROWS;

/** Everything a person can see or scroll to, colours included, and where the cursor is. */
async function seen(frames: Uint8Array[]): Promise<string[]> {
  const terminal = new Terminal({ cols: 24, rows: ROWS, scrollback: SCROLLBACK, allowProposedApi: true });
  for (const frame of frames) terminal.write(frame.subarray(1));
  await new Promise<void>((done) => terminal.write('', done));
  const { active } = terminal.buffer;
  const rows = Array.from({ length: active.length }, (_, y) => {
    const line = active.getLine(y);
    const cells = Array.from({ length: terminal.cols }, (_, x) => line?.getCell(x));
    return `${line?.translateToString()}|${cells.map((cell) => `${cell?.getFgColor()}${cell?.isBold() ? 'b' : ''}`).join(' ')}`;
  });
  const cursor = `${active.type} ${active.cursorX},${active.cursorY} of ${active.baseY}`;
  terminal.dispose();
  return [...rows, cursor];
}

function queued(frames: Uint8Array[]): Outgoing {
  const outgoing = new Outgoing(KEPT);
  for (const frame of frames) outgoing.push(frame, frame.length - 1);
  return outgoing;
}

function drained(outgoing: Outgoing): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let next = outgoing.shift(); next; next = outgoing.shift()) frames.push(next.frame);
  return frames;
}

const flood = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, n) => `line ${from + n}\r\n`).join('');
const output = (text: string): Uint8Array => encodeOutput(Buffer.from(text));

/** Output as programs make it: floods, colours, switches, and texts of several bytes a character. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }).map((lines) => flood(0, lines)) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll('\n', '\r\n')) },
  fc.constantFrom(
    '\x1b[1;31mred\r\n',
    `\x1b[33m${flood(0, 20)}`,
    `\x1b[1m${flood(0, 50)}\x1b[22m`,
    'found \x1b[32m\x1b[Kthis\x1b[m\x1b[K\r\n',
    '\x1b[38;2;1;2;3m',
    '\x1b[A',
    '\x1b[2J',
    '\x1b[0m',
    '\x1b[?1049h',
    '\x1b[?1049l',
    '\x1b[2;4r',
    '\x1b[r',
    '\x1b[H',
    '\x0e',
    '\x0f',
    'a\x9b1mb',
    '\x1b]0;title\x07',
    'äöü€\r\n',
    'no end of line',
    '\x1b[3J',
  ),
);

describe('what waits for a viewer', () => {
  test('comes out as it went in while nothing is dropped', () => {
    const frames = [output('one\r\n'), encodeCommand({ id: 1, phase: 'start', result: null }), output('two')];
    const outgoing = new Outgoing();
    outgoing.push(frames[0] as Uint8Array, 5);
    outgoing.push(frames[1] as Uint8Array, 0);
    outgoing.push(frames[2] as Uint8Array, 3);
    outgoing.dropUnseen();
    expect(outgoing.bytes).toBe(8);
    expect(drained(outgoing)).toEqual(frames);
    expect(outgoing.isEmpty).toBe(true);
  });

  test('of a flood, keeps about what fits into the memory of the viewer', () => {
    const frames = Array.from({ length: 100 }, (_, n) => output(flood(n * 10, n * 10 + 10)));
    const outgoing = queued(frames);
    outgoing.dropUnseen();
    const kept = drained(outgoing);
    expect(kept.length).toBeLessThanOrEqual(Math.ceil(KEPT / 10) + 2);
    expect(Buffer.from(kept.at(-1) as Uint8Array).toString()).toContain('line 999');
  });

  test('keeps what is told beside the output, and every switch', () => {
    const notice = encodeCommand({ id: 7, phase: 'start', result: null });
    const outgoing = new Outgoing(KEPT);
    outgoing.push(output(flood(0, 50)), 400);
    outgoing.push(notice, 0);
    outgoing.push(output('\x1b[?2004h'), 8);
    outgoing.push(output(flood(50, 200)), 1500);
    outgoing.dropUnseen();
    const kept = drained(outgoing);
    expect(kept).toContain(notice);
    expect(kept.some((frame) => Buffer.from(frame).includes('\x1b[?2004h'))).toBe(true);
    expect(kept.some((frame) => Buffer.from(frame).includes('line 10\r\n'))).toBe(false);
    expect(Buffer.from(kept.at(-1) as Uint8Array).toString()).toContain('line 199');
  });

  test('drops nothing of a few very long lines', () => {
    const frames = Array.from({ length: 20 }, () => output('x'.repeat(5000)));
    const outgoing = queued(frames);
    outgoing.dropUnseen();
    expect(drained(outgoing)).toEqual(frames);
  });

  test('counts what it holds', () => {
    const outgoing = queued(Array.from({ length: 30 }, (_, n) => output(flood(n * 10, n * 10 + 10))));
    outgoing.dropUnseen();
    const { bytes } = outgoing;
    expect(bytes).toBe(drained(outgoing).reduce((sum, frame) => sum + frame.length - 1, 0));
  });

  test('whatever it drops, at whatever moments, the viewer ends with the same screen and the same lines above it', async () => {
    let leftOut = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        async (pieces, cuts, drops) => {
          const bytes = Buffer.from(pieces.join('') + flood(0, 3));
          const frames: Uint8Array[] = [];
          for (let at = 0, n = 0; at < bytes.length; n++) {
            const size = cuts[n % cuts.length] as number;
            frames.push(encodeOutput(bytes.subarray(at, at + size)));
            at += size;
          }
          const outgoing = new Outgoing(KEPT);
          const sent: Uint8Array[] = [];
          for (const [n, frame] of frames.entries()) {
            outgoing.push(frame, frame.length - 1);
            if (drops[n % drops.length]) outgoing.dropUnseen();
            if (n % 7 === 3) sent.push(...(outgoing.isEmpty ? [] : [outgoing.shift()?.frame as Uint8Array]));
          }
          outgoing.dropUnseen();
          sent.push(...drained(outgoing));
          if (sent.length < frames.length) leftOut++;
          expect(await seen(sent)).toEqual(await seen(frames));
        },
      ),
      { numRuns: 150 },
    );
    expect(leftOut).toBeGreaterThan(10);
  });
});
