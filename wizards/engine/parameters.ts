/**
 * The border that every value crosses before it can become part of a command: one check by type, with messages that name
 * the field and the place of the character.
 */

import { findForbidden } from './parameters/characters.ts';
import { joinList, type ListItem, splitWithPlaces } from './parameters/list.ts';
import { accept, type Checked, named, type Refusal, refuse } from './parameters/refusal.ts';
import { MAX_LENGTH, TYPE_CHECKS } from './parameters/types.ts';
import type { Parameter } from './schema.ts';

export { ipInRanges } from './parameters/ip-ranges.ts';
export { joinList, splitList } from './parameters/list.ts';
export type { Checked } from './parameters/refusal.ts';

/** Most characters of a list as a whole, so that a rendered command stays within what a command line may hold. */
const MAX_LIST_LENGTH = 4096;

/** Copied from the certificate window, a thumbprint has blanks between its digits and an invisible mark in front. */
const THUMBPRINT_FILLING = /[ :\u00a0\u200e\u200f\u202a-\u202e]/g;

/** Programs take such a beginning for an option or for a file of arguments. PowerShell counts dashes as hyphens. */
const OPTION_START = /^[-\u2013-\u2015/@]/;
const PATH_OPTION_START = /^[-\u2013-\u2015@]/;

function tooLong(length: number, most: number): Refusal {
  return {
    code: 'too-long',
    message: `${length} characters, at most ${most} are taken`,
    hint: 'Nothing was cut; enter a shorter value.',
    position: most + 1,
  };
}

/** One value or one item of a list; positions count within `raw`. */
function checkOne(parameter: Parameter, raw: string): Checked {
  if (parameter.type === 'secret') return TYPE_CHECKS.secret(raw, parameter);
  const cleaned = parameter.type === 'thumbprint' ? raw.replace(THUMBPRINT_FILLING, '') : raw;
  const forbidden = findForbidden(cleaned);
  if (forbidden) return refuse(forbidden);
  const value = cleaned.trim();
  if (value === '') return refuse({ code: 'empty', message: 'no value', hint: `For example: ${parameter.example}` });
  const length = [...value].length;
  const most = MAX_LENGTH[parameter.type];
  if (length > most) return refuse(tooLong(length, most));
  const leading = cleaned.length - cleaned.trimStart().length;
  if ((parameter.type === 'path' ? PATH_OPTION_START : OPTION_START).test(value)) {
    return refuse({
      code: 'option-start',
      message: `begins with “${value[0]}”, which a program would take for an option`,
      hint: parameter.type === 'path' ? 'Begin the path with .\\ or ./' : 'Enter the value without it.',
      position: leading + 1,
    });
  }
  const checked = TYPE_CHECKS[parameter.type](value, parameter);
  if (checked.ok || checked.refusal.position === undefined || leading === 0) return checked;
  return refuse({ ...checked.refusal, position: checked.refusal.position + leading });
}

function placeItem(item: ListItem, number: number, refusal: Refusal): Refusal {
  const within = refusal.position;
  const position = within === undefined ? item.at[0] : item.at[Math.min(within, item.at.length) - 1];
  return { ...refusal, message: `item ${number}, ${refusal.message}`, ...(position === undefined ? {} : { position }) };
}

function checkList(parameter: Parameter, raw: string): Checked {
  const forbidden = parameter.type === 'thumbprint' ? null : findForbidden(raw);
  if (forbidden) return refuse(forbidden);
  const length = [...raw].length;
  if (length > MAX_LIST_LENGTH) return refuse(tooLong(length, MAX_LIST_LENGTH));
  const values: string[] = [];
  for (const [index, item] of splitWithPlaces(raw).entries()) {
    const checked = checkOne(parameter, item.text);
    if (!checked.ok) return refuse(placeItem(item, index + 1, checked.refusal));
    values.push(checked.value);
  }
  if (values.length === 0)
    return refuse({ code: 'empty', message: 'no value', hint: `For example: ${parameter.example}` });
  return accept(joinList(values));
}

/**
 * Checks what a person typed (or an intake found) for a parameter. The accepted value is in normal form: blanks around it
 * gone, a thumbprint without its blanks and marks, an enum as the catalogue spells it, a list joined by commas.
 * Nothing is ever cut or replaced silently. A refusal names the field (its prompt) and, where one character is to blame,
 * its place.
 */
export function checkValue(parameter: Parameter, raw: string): Checked {
  const list = parameter.list === true && parameter.type !== 'secret';
  const checked = list ? checkList(parameter, raw) : checkOne(parameter, raw);
  return checked.ok ? checked : refuse(named(parameter.prompt, checked.refusal));
}
