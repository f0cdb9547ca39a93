/**
 * Knows whether something has been typed at the prompt. Counts what a line editor would hold after plain
 * characters, Backspace and Ctrl+U; after any other key (arrows, completion) it says `unknown`.
 */
export class PromptInput {
  private count = 0;
  private unsure = false;

  /** A new, empty prompt. `typedAhead`: keys were pressed while the command ran and may show up now. */
  reset(typedAhead: boolean): void {
    this.count = 0;
    this.unsure = typedAhead;
  }

  typed(bytes: Uint8Array): void {
    if (isAnswer(bytes)) return;
    for (const byte of bytes) {
      if (byte === 0x7f || byte === 0x08) this.count = Math.max(0, this.count - 1);
      else if (byte === 0x15 && !this.unsure) this.count = 0;
      else if (byte < 0x20) this.unsure = true;
      // The first byte of each character of UTF-8 counts.
      else if ((byte & 0xc0) !== 0x80) this.count++;
    }
  }

  get state(): 'empty' | 'text' | 'unknown' {
    if (this.unsure) return 'unknown';
    return this.count === 0 ? 'empty' : 'text';
  }
}

/** What a terminal says by itself: cursor position, status, kind of terminal, focus. */
function isAnswer(bytes: Uint8Array): boolean {
  if (bytes.length > 64 || bytes[0] !== 0x1b) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this looks for
  return /^(?:\x1b\[(?:[?>]?[\d;]*[Rcn]|[IO]))+$/.test(Buffer.from(bytes).toString('latin1'));
}
