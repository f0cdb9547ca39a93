import { accept, type Checked, refuse } from './refusal.ts';

const ATTRIBUTE = /^\s*(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)\s*=/;

/**
 * Checks a distinguished name (RFC 4514): `attribute=value` pairs joined by commas, special characters escaped by a
 * backslash. Only then may it be set into a command as it stands.
 */
export function checkDn(value: string): Checked {
  const characters = [...value];
  let start = 0;
  for (let i = 0; i <= characters.length; i += 1) {
    const character = characters[i];
    if (character === '\\') {
      const pair = characters.slice(i + 1, i + 3).join('');
      if (/^[0-9A-Fa-f]{2}$/.test(pair)) i += 2;
      else if (/^[ ,+"\\<>;=#]/.test(pair)) i += 1;
      else return refuse(at(i, 'a backslash that escapes nothing', 'Write the backslash itself as \\5C.'));
    } else if (character === undefined || character === ',' || character === '+') {
      const pair = characters.slice(start, i).join('');
      const attribute = ATTRIBUTE.exec(pair);
      if (!attribute || pair.length === attribute[0].length) {
        const hint = 'As in CN=MAIL1,CN=Servers,DC=contoso,DC=com; a comma inside a name is written \\,';
        return refuse(at(Math.min(start, characters.length - 1), `“${pair}” is no attribute=value`, hint));
      }
      start = i + 1;
    } else if (/["<>;]/.test(character)) {
      return refuse(at(i, `“${character}” needs a backslash in front`, `Write it as \\${character}`));
    }
  }
  return accept(value);
}

function at(index: number, message: string, hint: string) {
  return { code: 'bad-dn', message, hint, position: index + 1 };
}
