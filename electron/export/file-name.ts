/** The name that an export is saved under: safe on Windows, macOS and Linux, in mails and on shares. */
import type { Checklist } from '../../wizards/engine/checklist/model.ts';

const LONGEST_PART = 60;
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** `<ticket-or-case>-<slug>.<extension>`, letters, digits and hyphens only. */
export function fileName(checklist: Checklist, extension: string): string {
  const { id, ticket, title } = checklist.case;
  const lead = plain(ticket) || plain(id) || 'case';
  const slug = plain(title).toLowerCase();
  const name = slug ? `${lead}-${slug}` : lead;
  // These names are devices on Windows, with any extension.
  return `${DEVICES.test(name) ? `case-${name}` : name}.${extension}`;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, LONGEST_PART)
    .replace(/^-+|-+$/g, '');
}
