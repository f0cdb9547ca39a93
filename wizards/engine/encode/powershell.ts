import { findOther } from '../parameters/characters.ts';
import { type Encoded, refuse } from '../parameters/refusal.ts';

/** PowerShell ends a single-quoted string at any of these five, and takes two of them in a row for one. */
const SINGLE_QUOTES = /['\u2018-\u201b]/g;

/** A single-quoted string; nothing inside is expanded. */
export function powershellLiteral(value: string): Encoded {
  return { ok: true, text: `'${value.replace(SINGLE_QUOTES, '$&$&')}'` };
}

/**
 * A literal that reaches a program unchanged from Windows PowerShell 5.1. That version puts the arguments together into
 * one command line itself: it wraps an argument that has blanks in double quotes, but escapes neither a double quote
 * inside nor the backslashes before the closing one, and it drops an empty argument. So the backslashes are doubled
 * here, and the rest is refused.
 */
export function powershellProgramLiteral(value: string): Encoded {
  if (value === '')
    return refuse({ code: 'native-empty', message: 'Windows PowerShell drops an empty argument of a program' });
  const quote = findOther(value, /^[^"]$/u, 'Run the command in cmd, or enter the value without the double quote.');
  if (quote)
    return refuse({
      ...quote,
      code: 'native-quote',
      message: 'Windows PowerShell passes a double quote on to a program wrongly',
    });
  const tail = /\\+$/.exec(value)?.[0] ?? '';
  if (tail === '' || !/\s/.test(value)) return powershellLiteral(value);
  // Versions differ in whether they wrap an argument whose only blanks are such as U+00A0.
  if (!value.includes(' ')) {
    return refuse({
      code: 'native-backslash',
      message: 'Windows PowerShell passes a backslash at the end of such a value on to a program wrongly',
      hint: 'Leave the last backslash out, or use an ordinary blank.',
      position: [...value].length,
    });
  }
  return powershellLiteral(value + tail);
}
