/** The data bytes of an event: a code, a text, or just bytes. Event Viewer calls them `Data`, XML `Binary`. */

/** More bytes than these say nothing that a person could use. */
const MOST_BYTES = 256;
/** How far below a description its bytes may stand, in characters: a link to a help page stands between. */
const REACH = 1500;
/** `0000: 0c 03 09 80   ....` (bytes) or `0000: 8009030c   ....` (words), at the start of a line or behind `Data:`. */
const DUMP = /(?:^[\s>|*]*|Data:[\s>]*)0000(?:0000)?:\s(?=[\s>]*[0-9a-f]{2}(?:[0-9a-f]{6})?(?:\s|$))/im;
/** So many tokens of letters may stand behind the numbers of one line. */
const MOST_LETTERS = 20;

export type Dump = { bytes: number[]; end: number };

/**
 * Reads the dump that follows an event, between two offsets of the text. `end` is the offset behind its last line.
 * Null where there is none.
 */
export function readDump(text: string, from: number, to: number): Dump | null {
  const region = text.slice(from, Math.min(to, from + REACH));
  const start = DUMP.exec(region);
  if (!start) return null;
  const bytes: number[] = [];
  let behind = start.index + start[0].length;
  let end = behind;
  let letters = 0;
  for (const { 0: token, index } of region.slice(behind).matchAll(/\S+/g)) {
    const at = start.index + start[0].length + index;
    const gap = region.slice(behind, at);
    behind = at + token.length;
    if (/^>+$/.test(token)) continue;
    // Three blanks part the numbers from the same bytes as letters, unless a program took the blanks out.
    const numbers = letters === 0 && !/[ ]{3}|\t/.test(gap) && /^(?:[0-9a-f]{2}|[0-9a-f]{8})$/i.test(token);
    if (numbers && bytes.length < MOST_BYTES) {
      // A word is printed as a number, so its lowest byte stands last.
      bytes.push(...bytesOfPairs(token).reverse());
      end = behind;
    } else if (/^[0-9a-f]{4,8}:$/i.test(token) && Number.parseInt(token, 16) === bytes.length) letters = 0;
    else {
      letters += 1;
      if (letters > MOST_LETTERS) break;
    }
  }
  return bytes.length === 0 ? null : { bytes, end: from + end };
}

const bytesOfPairs = (digits: string): number[] => (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

/** `0C030980` as XML writes it. Null for anything else. */
export function bytesOfHex(text: string): number[] | null {
  const bare = text.replace(/\s+/g, '');
  if (bare.length < 2 || bare.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(bare)) return null;
  return bytesOfPairs(bare.slice(0, 2 * MOST_BYTES));
}

/** `{12, 3, 9, 128}` as Get-EventLog writes it. Null for anything else, and for a list that is cut (`...`). */
export function bytesOfList(text: string): number[] | null {
  const match = /^\{\s*(\d{1,3}(?:\s*,\s*\d{1,3})*)\s*\}$/.exec(text.slice(0, 6 * MOST_BYTES).trim());
  const bytes = match?.[1]?.split(',').map(Number);
  return bytes?.every((byte) => byte < 256) ? bytes : null;
}

/**
 * The fields that the bytes give: four are a code, lowest byte first (`0c 03 09 80` is 0x8009030C, KB 843106);
 * letters are a text, which goes to the field that the event's description names for it (`spells`), else to
 * `data_text`; others stay bytes.
 */
export function byteFields(bytes: readonly number[] | null, spells: string | undefined): Record<string, string> {
  if (!bytes || bytes.length === 0) return {};
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  if (bytes.length === 4) return { data_code: `0x${[...hex].reverse().join('').toUpperCase()}` };
  const letters = bytes.at(-1) === 0 ? bytes.slice(0, -1) : bytes;
  if (letters.length >= 4 && letters.every((byte) => byte >= 0x20 && byte < 0x7f)) {
    const text = String.fromCharCode(...letters).trim();
    if (spells !== 'full_command') return { [spells ?? 'data_text']: text };
    return { command: text.split(' ')[0] as string, full_command: text };
  }
  return { data_bytes: hex.join(' ') };
}
