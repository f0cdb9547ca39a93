import type { Refusal } from './refusal.ts';

const LINE_BREAKS = new Set([0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029]);

/** Marks that reorder what the screen shows, so that a person would read another command than the one that runs. */
function isDirectionMark(code: number): boolean {
  return (
    code === 0x061c ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

function faultOf(code: number): Omit<Refusal, 'position'> | null {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (LINE_BREAKS.has(code)) {
    return { code: 'line-break', message: `a line break (${name})`, hint: 'Write the value on one line.' };
  }
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) {
    return {
      code: 'control-character',
      message: `a control character (${name})`,
      hint: 'Delete it, or type the value anew.',
    };
  }
  if (isDirectionMark(code)) {
    return {
      code: 'direction-mark',
      message: `an invisible mark of writing direction (${name})`,
      hint: 'It came in with copy and paste; type the value by hand.',
    };
  }
  if (code >= 0xd800 && code <= 0xdfff) {
    return {
      code: 'broken-character',
      message: `half of a character (${name})`,
      hint: 'The text was cut in the middle; copy it again.',
    };
  }
  return null;
}

/**
 * The first character that no shell is ever given: control characters, line breaks, marks of writing direction,
 * unpaired surrogates. Null when there is none.
 */
export function findForbidden(value: string): Refusal | null {
  let position = 0;
  for (const character of value) {
    position += 1;
    const found = faultOf(character.codePointAt(0) as number);
    if (found) return { ...found, position };
  }
  return null;
}

/** The first character that `allowed` does not match, as a refusal; null when all fit. */
export function findOther(value: string, allowed: RegExp, hint: string): Refusal | null {
  let position = 0;
  for (const character of value) {
    position += 1;
    if (!allowed.test(character)) {
      return { code: 'bad-character', message: `${show(character)} does not belong here`, hint, position };
    }
  }
  return null;
}

function show(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  if (/\s/.test(character)) return character === ' ' ? 'the blank' : `the blank U+${code}`;
  return /^[!-~]$/.test(character) ? `“${character}”` : `“${character}” (U+${code})`;
}
