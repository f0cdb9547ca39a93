/** The checklist itself, for programs. `schema` and `format` say how to read it. */
import type { Checklist } from '../../wizards/engine/checklist/model.ts';

export const json = { extension: 'json', mediaType: 'application/json', write: writeJson };

/** Beyond plain ASCII only letters stay as they are: what turns the writing direction is written as an escape. */
const ODD = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

export function writeJson(checklist: Checklist): string {
  const text = JSON.stringify(checklist, null, 2);
  return `${text.replace(ODD, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
