/** Turns a command of the catalogue and the values of a case into the text that a shell runs. */

import { ldifLine } from './encode/ldif.ts';
import { encodeInside } from './encode/literals.ts';
import { encodeLiteral } from './encode.ts';
import { splitList } from './parameters/list.ts';
import { named, type Refusal } from './parameters/refusal.ts';
import { checkValue } from './parameters.ts';
import { shellsOf, templateFaults } from './render/faults.ts';
import { legacyProgram } from './render/legacy-program.ts';
import { literalOf, lookUp, type Parameters } from './render/parameters-of.ts';
import { parseTemplate, placeholdersOf } from './render/template.ts';
import type { Command, Environment, Parameter, Shell, Template } from './schema.ts';

export { templateFaults } from './render/faults.ts';

export type RenderRequest = {
  command: Command;
  parameters: Parameters;
  shell: Shell;
  environment?: Environment;
  values: Record<string, string>;
};

/** A stretch of the command's text. `parameter` names the field it shows, `parameters` those a composed literal holds. */
export type Piece = { text: string; parameter?: string; parameters?: string[] };

export type Rendered =
  | { ok: true; text: string; pieces: Piece[]; file?: { name: string; text: string }; template: Template }
  | { ok: false; missing: string[]; refusals: Refusal[]; noTemplate?: boolean };

/** The longest line that cmd takes. */
const CMD_LINE = 8191;

/**
 * The template for each shell that the command has one for: the first that fits the environment. Where the environment is
 * not known, the first of all.
 */
export function templatesOf(command: Command, environment?: Environment): Array<{ shell: Shell; template: Template }> {
  const found = new Map<Shell, Template>();
  for (const template of command.templates) {
    const fits = !environment || !template.environments || template.environments.includes(environment);
    if (!fits) continue;
    for (const shell of shellsOf(template)) if (!found.has(shell)) found.set(shell, template);
  }
  return [...found].map(([shell, template]) => ({ shell, template }));
}

/** All parameters whose values the template needs, in the order in which they appear. */
function neededBy(command: Command, template: Template): string[] {
  const inText = [...placeholdersOf(template.text), ...placeholdersOf(template.file?.text ?? '')];
  const deep = inText.flatMap((name) => {
    const literal = literalOf(command, name);
    return literal ? placeholdersOf(literal.text) : [name];
  });
  return [...new Set(deep)];
}

function givenOrDefault(request: RenderRequest, name: string): string {
  const given = Object.hasOwn(request.values, name) ? (request.values[name] ?? '') : '';
  return given.trim() === '' ? (request.command.parameters?.find((each) => each.name === name)?.default ?? '') : given;
}

/** Collects what goes wrong on the way, so that all of it is reported at once. */
class Writer {
  readonly refusals: Refusal[] = [];
  readonly command: Command;
  readonly template: Template;
  readonly shell: Shell;
  readonly parameterOf: (name: string) => Parameter;
  readonly values: Map<string, string>;

  constructor(request: RenderRequest, template: Template, values: Map<string, string>) {
    this.command = request.command;
    this.template = template;
    this.shell = request.shell;
    this.parameterOf = (name) => lookUp(request.parameters, name) as Parameter;
    this.values = values;
  }

  valueOf(name: string): string {
    return this.values.get(name) ?? '';
  }

  /** A composed literal before the shell's quoting. */
  compose(name: string): { text: string; parameters: string[] } {
    const literal = literalOf(this.command, name);
    if (!literal) return { text: this.valueOf(name), parameters: [name] };
    const texts = parseTemplate(literal.text).parts.map((part) => {
      if (!('name' in part)) return part.text;
      const parameter = this.parameterOf(part.name);
      const encoded = encodeInside(literal.as, this.valueOf(part.name), parameter, literal.text);
      if (encoded.ok) return encoded.text;
      this.refusals.push(named(parameter.prompt, encoded.refusal));
      return '';
    });
    return { text: texts.join(''), parameters: placeholdersOf(literal.text) };
  }

  piece(name: string): Piece {
    const literal = literalOf(this.command, name);
    const parameter = literal ? undefined : this.parameterOf(name);
    const label = parameter?.prompt ?? this.labelOf(name);
    const native = this.template.native === true;
    const composed = this.compose(name);
    const holds = parameter ? { parameter: name } : { parameters: composed.parameters };
    if (literal?.as === 'ps-hashtable') return { text: composed.text, ...holds };
    if (native && this.shell === 'pwsh' && composed.text.includes('"')) {
      const program = legacyProgram(this.template.text);
      if (program)
        this.refusals.push(
          named(label, { code: 'native-quote', message: `PowerShell passes a double quote on to ${program} wrongly` }),
        );
    }
    const options = { native, type: parameter?.type ?? 'text', ...(parameter?.list ? { list: true } : {}) } as const;
    const encoded = encodeLiteral(this.shell, composed.text, options);
    if (encoded.ok) return { text: encoded.text, ...holds };
    const { position, ...rest } = encoded.refusal;
    this.refusals.push(named(label, parameter && position !== undefined ? encoded.refusal : rest));
    return { text: '', ...holds };
  }

  /** A composed literal is called by the fields that it is made of; a place within it would mislead. */
  private labelOf(name: string): string {
    return placeholdersOf(literalOf(this.command, name)?.text ?? '')
      .map((each) => this.parameterOf(each).prompt)
      .join(', ');
  }

  /** The LDIF text; a list becomes one line a value. */
  file(): { name: string; text: string } | undefined {
    const file = this.template.file;
    if (!file) return undefined;
    const lines = file.text.split('\n').flatMap((line) => {
      const { parts } = parseTemplate(line);
      const [head, part] = parts;
      if (!part || !head || !('text' in head) || !('name' in part))
        return [parts.map((each) => ('text' in each ? each.text : '')).join('')];
      const attribute = head.text.replace(/: $/, '');
      const isList = !literalOf(this.command, part.name) && this.parameterOf(part.name).list === true;
      const values = isList ? splitList(this.valueOf(part.name)) : [this.compose(part.name).text];
      return values.map((value) => ldifLine(attribute, value));
    });
    const text = lines.join('\n');
    return { name: file.name, text: text.endsWith('\n') ? text : `${text}\n` };
  }
}

/**
 * The command as it is sent, or everything that stands in the way: parameters without a value, values that are refused,
 * faults of the template. A rendered command holds each value as one literal that the shell reads back unchanged.
 */
export function renderCommand(request: RenderRequest): Rendered {
  const { command, shell, environment, parameters } = request;
  const template = templatesOf(command, environment).find((each) => each.shell === shell)?.template;
  if (!template) {
    const message = `${command.id} has no form for ${shell}${environment ? ` with Exchange ${environment}` : ''}.`;
    return {
      ok: false,
      missing: [],
      refusals: [{ code: 'no-template', message, hint: 'Choose another shell.' }],
      noTemplate: true,
    };
  }
  const faults = templateFaults(command, template, parameters);
  if (faults.length > 0) return { ok: false, missing: [], refusals: faults };

  const missing: string[] = [];
  const refusals: Refusal[] = [];
  const values = new Map<string, string>();
  for (const name of neededBy(command, template)) {
    const raw = givenOrDefault(request, name);
    if (raw.trim() === '') {
      missing.push(name);
      continue;
    }
    const checked = checkValue(lookUp(parameters, name) as Parameter, raw);
    if (checked.ok) values.set(name, checked.value);
    else refusals.push(checked.refusal);
  }
  if (missing.length > 0 || refusals.length > 0) return { ok: false, missing, refusals };

  const writer = new Writer(request, template, values);
  const pieces = parseTemplate(template.text).parts.map(
    (part): Piece => ('name' in part ? writer.piece(part.name) : { text: part.text }),
  );
  const file = writer.file();
  const text = pieces.map((piece) => piece.text).join('');
  if (shell === 'cmd' && text.length > CMD_LINE) {
    writer.refusals.push({
      code: 'line-too-long',
      message: `The command has ${text.length} characters; cmd takes ${CMD_LINE}.`,
      hint: 'Use PowerShell.',
    });
  }
  if (writer.refusals.length > 0) return { ok: false, missing: [], refusals: writer.refusals };
  return { ok: true, text, pieces, ...(file ? { file } : {}), template };
}
