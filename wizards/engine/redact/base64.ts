/** Bytes of base64 as text, one sign a byte; null for what is none (RFC 4648). */
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function bytesOfBase64(text: string): string | null {
  let bits = 0;
  let held = 0;
  let bytes = '';
  for (const sign of text.replace(/=+$/, '')) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) return null;
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += String.fromCharCode((bits >> held) & 0xff);
      bits &= (1 << held) - 1;
    }
  }
  return bytes;
}
