import type { Refusal } from '../parameters/refusal.ts';

/** A stretch of fixed text (braces already single) or a placeholder; `position` is its place in the template, from 1. */
export type Part = { text: string; position: number } | { name: string; position: number };
export type ParsedTemplate = { parts: Part[]; faults: Refusal[] };

const TOKEN = /\{\{|\}\}|\{([a-z][a-z0-9_]*)\}|[{}]/g;

/** Cuts a template at its placeholders. `{name}` is one, `{{` and `}}` are braces of the command itself. */
export function parseTemplate(template: string): ParsedTemplate {
  const parts: Part[] = [];
  const faults: Refusal[] = [];
  let text = '';
  let start = 0;
  let end = 0;
  for (const match of template.matchAll(TOKEN)) {
    text += template.slice(end, match.index);
    end = match.index + match[0].length;
    if (match[1] !== undefined) {
      if (text !== '') parts.push({ text, position: start + 1 });
      parts.push({ name: match[1], position: match.index + 1 });
      text = '';
      start = end;
    } else if (match[0].length === 2) {
      text += match[0][0];
    } else {
      faults.push({
        code: 'lone-brace',
        message: `a single ${match[0]} that belongs to no placeholder`,
        hint: 'A brace of the command itself is written twice: {{ and }}. A placeholder is {name} in lower case.',
        position: match.index + 1,
      });
    }
  }
  text += template.slice(end);
  if (text !== '') parts.push({ text, position: start + 1 });
  return { parts, faults };
}

/** Names of all placeholders, in order, each once. */
export function placeholdersOf(template: string): string[] {
  return [...new Set(parseTemplate(template).parts.flatMap((part) => ('name' in part ? [part.name] : [])))];
}
