/**
 * Text for Jira's wiki markup: every piece stays text, in the place where it was put. A backslash takes the meaning of
 * a sign; where a sign cannot be escaped so, its number as an HTML entity stands for it.
 */
import { oneLine, visible } from './visible.ts';

/**
 * What means something where it stands: signs of the markup, entities, tags, dashes and words struck through, pictures
 * such as (/) and :-), addresses that would become links.
 */
const MEANING =
  /[\\{}[\]|*_^~!<]|\?(?=\?)|(?<=\?)\?|(?<![\p{L}\p{N}])[-+](?=\S)|(?<=\S)[-+](?![\p{L}\p{N}])|&(?=#|[A-Za-z])|\((?=\S{1,6}\))|[:;](?=-?[()DPp])|:(?=\/\/)|(?<=\bmailto):|(?<=\bwww)\./giu;
/** These a backslash takes the meaning of; of the others their number does. */
const ESCAPABLE = /[{}[\]|*_+^~?!(]/;

/** A piece of a sentence. */
export function inline(text: string): string {
  return oneLine(text).replace(MEANING, (sign) => (ESCAPABLE.test(sign) ? `\\${sign}` : entity(sign)));
}

const entity = (sign: string): string => `&#${sign.charCodeAt(0)};`;

/** The same at the start of a line, where a sign or a word would make a list, a heading, a quotation or a rule. */
export function prose(text: string): string {
  return inline(text)
    .replace(/^[#-]/, entity)
    .replace(/^(?:h(?=[1-6]\.)|b(?=q\.))/i, entity);
}

/** A value as it is, in type of one width. */
export function codeSpan(value: string): string {
  const text = inline(value);
  return text === '' ? '(empty)' : `{{${text}}}`;
}

/**
 * Lines as they are. Nothing is escaped in such a block, so one that holds the sign of its end is put into another
 * kind; where it holds both, a blank keeps them apart.
 */
export function block(text: string): string {
  const body = visible(text);
  const kind = ['noformat', 'code'].find((name) => !new RegExp(`\\{${name}[:}]`, 'i').test(body));
  if (kind) return `{${kind}}\n${body}\n{${kind}}`;
  return `{noformat}\n${body.replace(/\{(?=noformat[:}])/gi, '{ ')}\n{noformat}`;
}
