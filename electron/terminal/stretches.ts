const ESCAPE = 0x1b;
const CANCEL = 0x18;
const SUBSTITUTE = 0x1a;
const BELL = 0x07;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
/** What follows ESC and begins a string that lasts until BEL or the next ESC: DCS, SOS, OSC, PM, APC. */
const STRINGS = new Set([...'PX]^_'].map((letter) => letter.charCodeAt(0)));
const RESET = '\x1b[0m';
/** A stretch with more different styles counts as one that does not flow. */
const MOST_STYLES = 64;

/** What a piece of a terminal's stream is. */
export interface Stretch {
  /** Text, colours and erased ends of lines only: the cursor goes on and down, and the whole screen scrolls. */
  flows: boolean;
  /** It flows, and neither begins nor ends within a sequence. */
  whole: boolean;
  /** The sequences that give the style in force at its end: a reset, if there was one, then what followed it. */
  style: string[];
}

/** Reads a stream piece by piece and tells which pieces are no more than text that scrolls away. */
export class Stretches {
  private state: 'ground' | 'escape' | 'csi' | 'string' = 'ground';
  private parameters = '';
  /** Margins are set: text outside of them overwrites a row again and again. */
  private margins = false;
  private flows = true;
  private style = new Set<string>();

  /** What the next bytes of the stream are. */
  next(bytes: Buffer): Stretch {
    const begins = this.state === 'ground';
    this.flows = !this.margins && !bytes.includes(SHIFT_OUT) && !bytes.includes(SHIFT_IN);
    if (this.state === 'escape' || this.state === 'string') this.flows = false;
    this.style = new Set();
    for (let at = 0; at < bytes.length; at++) {
      if (this.state === 'ground') at = this.toControl(bytes, at);
      else this.step(bytes[at] as number);
    }
    const { flows, style } = this;
    return { flows, whole: flows && begins && this.state === 'ground', style: [...style] };
  }

  /** From text to the next control; gives its index. */
  private toControl(bytes: Buffer, from: number): number {
    const next = indexOf(bytes, ESCAPE, from);
    // A control of the upper half (U+0080 to U+009F). What it begins is not followed: the next ESC or BEL is waited for.
    for (let at = indexOf(bytes, 0xc2, from); at < next; at = indexOf(bytes, 0xc2, at + 1)) {
      // Its second byte may come in the next piece: then nobody knows.
      if ((bytes[at + 1] ?? 0x80) >= 0xa0) continue;
      this.state = 'string';
      this.flows = false;
      return at;
    }
    if (next < bytes.length) this.state = 'escape';
    return next;
  }

  private step(byte: number): void {
    if (byte === ESCAPE) this.state = 'escape';
    else if (byte === CANCEL || byte === SUBSTITUTE) this.state = 'ground';
    else if (this.state === 'string') {
      if (byte === BELL) this.state = 'ground';
    } else if (this.state === 'escape') this.escaped(byte);
    else if (byte >= 0x40 && byte < 0x7f) this.sequence(String.fromCharCode(byte));
    else if (byte >= 0x20 && this.parameters.length < 64) this.parameters += String.fromCharCode(byte);
  }

  private escaped(byte: number): void {
    if (byte === 0x5b) {
      this.state = 'csi';
      this.parameters = '';
      return;
    }
    this.flows = false;
    if (STRINGS.has(byte)) this.state = 'string';
    else if (byte >= 0x30) {
      if (byte === 0x63) this.margins = false;
      this.state = 'ground';
    }
  }

  private sequence(final: string): void {
    const { parameters } = this;
    this.state = 'ground';
    if (final === 'm' && /^[\d;:]*$/.test(parameters)) this.styled(parameters);
    else if (final !== 'K' || !/^[012]?$/.test(parameters)) this.flows = false;
    if (final === 'r' && /^[\d;]*$/.test(parameters)) this.margins = parameters !== '';
    else if (final === 'p' && parameters === '!') this.margins = false;
  }

  /** Each sequence sets what it names, so only the last of equal ones counts. */
  private styled(parameters: string): void {
    const { style } = this;
    if (parameters === '' || parameters === '0') {
      style.clear();
      style.add(RESET);
      return;
    }
    const sequence = `\x1b[${parameters}m`;
    style.delete(sequence);
    style.add(sequence);
    if (style.size > MOST_STYLES) this.flows = false;
  }
}

/** One style after another, as one. */
export function joinStyles(first: string[], second: string[]): string[] {
  if (second[0] === RESET) return second;
  const joined = new Set(first);
  for (const sequence of second) {
    joined.delete(sequence);
    joined.add(sequence);
  }
  return [...joined];
}

/** As Buffer's own, with the length where there is none. */
function indexOf(bytes: Buffer, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}
