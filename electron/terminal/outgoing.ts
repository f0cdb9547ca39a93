import { encodeOutput, MAX_ROWS, VIEWER_SCROLLBACK } from '../contract-terminal.ts';
import { joinStyles, type Stretch, Stretches } from './stretches.ts';

/** More lines than a viewer keeps: after them, nothing that came before can be seen or scrolled to. */
const LINES_KEPT = VIEWER_SCROLLBACK + 2 * MAX_ROWS;
const LINE_FEED = 10;
/** CAN ends a character that the frame before began and whose rest is left out. */
const CANCEL = '\x18';
const BESIDE: Stretch = { flows: false, whole: false, style: [] };

interface Entry {
  frame: Uint8Array;
  /** Bytes of output in it; 0 for what is told beside the output. */
  bytes: number;
  stretch: Stretch;
  /** Counted when first needed. */
  lines: number | null;
}

/**
 * What waits to be sent to one viewer, in order. A flood fills it faster than a page reads. Of its text, what would
 * have scrolled out of the viewer's memory by the end is left out here, so that the page parses only what can still
 * be seen: the result is the same to the character and its colour. Output that moves the cursor or switches
 * something is never left out, since it may change more than its own lines.
 */
export class Outgoing {
  /** Bytes of output that wait. */
  bytes = 0;
  private readonly linesKept: number;
  private readonly stretches = new Stretches();
  private entries: Entry[] = [];

  constructor(linesKept = LINES_KEPT) {
    this.linesKept = linesKept;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  push(frame: Uint8Array, bytes: number): void {
    const stretch = bytes > 0 ? this.stretches.next(textOf(frame)) : BESIDE;
    this.entries.push({ frame, bytes, stretch, lines: null });
    this.bytes += bytes;
  }

  shift(): { frame: Uint8Array; bytes: number } | undefined {
    const first = this.entries.shift();
    if (first) this.bytes -= first.bytes;
    return first;
  }

  clear(): void {
    this.entries = [];
    this.bytes = 0;
  }

  /** Drops the text that nobody could see any more. */
  dropUnseen(): void {
    const seen = this.firstSeen();
    if (seen === 0) return;
    const kept: Entry[] = [];
    let style: string[] | null = null;
    for (const entry of this.entries.slice(0, seen)) {
      if (entry.stretch.whole) style = joinStyles(style ?? [], entry.stretch.style);
      else {
        if (style) kept.push(cut(style));
        kept.push(entry);
        style = null;
      }
    }
    if (style) kept.push(cut(style));
    this.entries = [...kept, ...this.entries.slice(seen)];
    this.bytes = this.entries.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Index of the first entry whose text may still be seen. Only an unbroken stretch of text pushes everything before
   * it out: between sequences the cursor may have gone up again.
   */
  private firstSeen(): number {
    let lines = 0;
    for (let at = this.entries.length - 1; at >= 0; at--) {
      const entry = this.entries[at] as Entry;
      lines = entry.stretch.flows ? lines + linesOf(entry) : 0;
      if (lines >= this.linesKept) return at;
    }
    return 0;
  }
}

/** Stands for text that was left out: what it did to the colours remains. */
function cut(style: string[]): Entry {
  const text = Buffer.from(CANCEL + style.join(''));
  return {
    frame: encodeOutput(text),
    bytes: text.length,
    stretch: { flows: true, whole: true, style },
    lines: 0,
  };
}

function linesOf(entry: Entry): number {
  if (entry.lines === null) {
    entry.lines = 0;
    const text = textOf(entry.frame);
    for (let at = text.indexOf(LINE_FEED); at >= 0; at = text.indexOf(LINE_FEED, at + 1)) entry.lines++;
  }
  return entry.lines;
}

const textOf = (frame: Uint8Array): Buffer => Buffer.from(frame.buffer, frame.byteOffset + 1, frame.length - 1);
