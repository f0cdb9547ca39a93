import { findOther } from '../parameters/characters.ts';
import { type Encoded, refuse } from '../parameters/refusal.ts';

/**
 * A word in double quotes for cmd and the program that it starts. cmd expands `%` and, where that is switched on, `!`
 * inside quotes too, and knows no escape that holds everywhere, so these are refused, with `^` and `"`. The backslashes
 * in front of the closing quote are doubled, as the C runtime halves them there.
 */
export function cmdLiteral(value: string): Encoded {
  const other = findOther(
    value,
    /^[^%!"^]$/u,
    'cmd has no safe way to write % ! " and ^; use PowerShell, or another value.',
  );
  if (other) return refuse({ ...other, code: 'cmd-character', message: 'cmd would read the character as its own' });
  const tail = /\\+$/.exec(value)?.[0] ?? '';
  return { ok: true, text: `"${value}${tail}"` };
}
