/** The id of a session as two halves of 32 bits, without making a string. */
export class SessionKey {
  high = 0;
  low = 0;

  /** 16 hex digits; false where others stand. */
  readHex(bytes: Uint8Array, from: number): boolean {
    let high = 0;
    let low = 0;
    let bad = 0;
    for (let i = 0; i < 8; i += 1) {
      const a = HEX[bytes[from + i] as number] as number;
      const b = HEX[bytes[from + 8 + i] as number] as number;
      bad |= a | b;
      high = (high << 4) | (a & 15);
      low = (low << 4) | (b & 15);
    }
    if (bad >= 16) return false;
    this.high = high;
    this.low = low;
    return true;
  }

  /** Mostly 16 hex digits; anything else (a GUID) is hashed into two halves. False where there is none. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    if (length === 16 && this.readHex(bytes, from)) return true;
    if (length === 0 || length > 100) return false;
    let high = 0x811c9dc5;
    let low = 0x1000193;
    for (let i = from; i < to; i += 1) {
      const byte = bytes[i] as number;
      high = Math.imul(high ^ byte, 0x01000193);
      low = Math.imul(low ^ byte, 0x85ebca6b) ^ (low >>> 13);
    }
    this.high = high | 0;
    this.low = low | 0;
    return true;
  }
}

const HEX = new Uint8Array(256).fill(64);
for (let i = 0; i < 10; i += 1) HEX[48 + i] = i;
for (let i = 0; i < 6; i += 1) {
  HEX[65 + i] = 10 + i;
  HEX[97 + i] = 10 + i;
}
