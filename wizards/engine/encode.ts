/**
 * The only way by which a value gets into a command: as one whole literal of the shell, which the shell turns back into
 * exactly this value. What a shell cannot carry is refused with the reason, never changed.
 */

import { cmdLiteral } from './encode/cmd.ts';
import { powershellLiteral, powershellProgramLiteral } from './encode/powershell.ts';
import { findForbidden, findOther } from './parameters/characters.ts';
import { splitList } from './parameters/list.ts';
import { type Encoded, refuse } from './parameters/refusal.ts';
import { POWERSHELLS } from './schema/names.ts';
import type { ParameterType, Shell } from './schema.ts';

export type EncodeOptions = {
  /** The literal goes to a program, not to a cmdlet. Only the PowerShells make a difference. */
  native: boolean;
  /** The value is several, joined as by `joinList`. */
  list?: boolean;
  type: ParameterType;
};

function posixLiteral(value: string): Encoded {
  return { ok: true, text: `'${value.replaceAll("'", "'\\''")}'` };
}

/** Network devices part words at blanks, and how they quote differs, so that only plain words are safe. */
function deviceWord(value: string): Encoded {
  if (value === '') return refuse({ code: 'device-word', message: 'a device command cannot hold an empty value' });
  const other = findOther(value, /^[A-Za-z0-9._:/-]$/, 'A device takes letters, digits and . _ : / - only.');
  return other ? refuse(other) : { ok: true, text: value };
}

/** Read by a person and typed into a window; nothing runs it. */
function shownText(value: string): Encoded {
  return { ok: true, text: `“${value}”` };
}

function isNumber(value: string, type: ParameterType): boolean {
  return (type === 'port' || type === 'integer') && /^[0-9]+$/.test(value);
}

function encodeOne(shell: Shell, value: string, options: EncodeOptions): Encoded {
  if (isNumber(value, options.type) && shell !== 'console') return { ok: true, text: value };
  switch (shell) {
    case 'powershell':
    case 'ems':
      return options.native ? powershellProgramLiteral(value) : powershellLiteral(value);
    case 'pwsh':
      return powershellLiteral(value);
    case 'cmd':
      return cmdLiteral(value);
    case 'bash':
    case 'zsh':
      return posixLiteral(value);
    case 'device':
      return deviceWord(value);
    case 'console':
      return shownText(value);
  }
}

/** Cmdlets take an array, a person reads the items one by one, a program gets one argument with commas in it. */
function encodeList(shell: Shell, value: string, options: EncodeOptions): Encoded {
  const items = splitList(value);
  const cmdlet = POWERSHELLS.includes(shell) && !options.native;
  if (cmdlet || shell === 'console') {
    const texts: string[] = [];
    for (const item of items) {
      const encoded = encodeOne(shell, item, options);
      if (!encoded.ok) return encoded;
      texts.push(encoded.text);
    }
    return { ok: true, text: texts.join(shell === 'console' ? ', ' : ',') };
  }
  const parted = items.find((item) => item.includes(','));
  if (parted !== undefined) {
    return refuse({
      code: 'comma-in-list',
      message: `“${parted}” holds a comma, and the program parts its list at commas`,
      hint: 'Run the command once for each value.',
    });
  }
  return encodeOne(shell, items.join(','), { ...options, type: items.length === 1 ? options.type : 'text' });
}

/**
 * One value (or list) as a literal of the shell. The value is expected to be checked already; characters that no shell is
 * given are refused here once more.
 *
 * - `powershell`, `pwsh`, `ems`: single quotes, each quote inside doubled; ports and integers are bare digits.
 * - `powershell`, `ems` with `native`: as Windows PowerShell 5.1 rebuilds the command line.
 * - `cmd`: double quotes as the C runtime reads them; `bash`, `zsh`: single quotes.
 * - `device`: the bare word; `console`: in quotation marks, for reading only.
 */
export function encodeLiteral(shell: Shell, value: string, options: EncodeOptions): Encoded {
  if (options.type === 'secret') return refuse({ code: 'secret', message: 'a secret is never part of a command' });
  const forbidden = findForbidden(value);
  if (forbidden) return refuse(forbidden);
  const items = options.list ? splitList(value) : [value];
  const windowsProgram = shell === 'cmd' || ((shell === 'powershell' || shell === 'ems') && options.native);
  if (options.type === 'path' && windowsProgram && items.some((item) => item.startsWith('/'))) {
    return refuse({
      code: 'option-start',
      message: 'begins with “/”, which a Windows program takes for an option',
      hint: 'Write the path with backslashes.',
    });
  }
  return options.list ? encodeList(shell, value, options) : encodeOne(shell, value, options);
}
