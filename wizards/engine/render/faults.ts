import type { LiteralKind } from '../encode/literals.ts';
import type { Refusal } from '../parameters/refusal.ts';
import { POWERSHELLS } from '../schema/names.ts';
import type { Command, Parameter, ParameterType, Shell, Template } from '../schema.ts';
import { literalOf, lookUp, type Parameters } from './parameters-of.ts';
import { GRAMMARS, quoteTracker } from './quotes.ts';
import { placeFault } from './surroundings.ts';
import { type Part, parseTemplate } from './template.ts';

/** Stands for a placeholder while the text around another one is looked at. */
const STAND_IN = '\ue000';

export function shellsOf(template: Template): Shell[] {
  return Array.isArray(template.shell) ? template.shell : [template.shell];
}

function textOf(parts: Part[]): string {
  return parts.map((part) => ('name' in part ? STAND_IN : part.text)).join('');
}

function about(name: string, position: number, fault: Refusal): Refusal {
  return { ...fault, message: `{${name}} ${fault.message}`, position };
}

/** Faults of quoting: a placeholder within quotes or a comment, a quote that is never closed. */
function quoteFaults(parts: Part[], grammarOf: Shell | 'filter', length: number): Refusal[] {
  const grammar = GRAMMARS[grammarOf];
  if (!grammar) return [];
  const faults: Refusal[] = [];
  const tracker = quoteTracker(grammar);
  for (const part of parts) {
    if (!('name' in part)) {
      tracker.feed(part.text);
      continue;
    }
    const where = tracker.where();
    if (where !== 'none') {
      const what = where === 'comment' ? 'stands in a comment' : 'stands inside quotes';
      const hint =
        where === 'comment' ? 'Take the comment out.' : 'Take the quotes away: the value comes with its own.';
      faults.push(
        about(part.name, part.position, {
          code: where === 'comment' ? 'in-comment' : 'in-quotes',
          message: what,
          hint,
        }),
      );
    }
    tracker.feed(STAND_IN);
  }
  if (tracker.nested() && parts.some((part) => 'name' in part)) {
    const hint = 'Join the pieces outside of the quotes, so that it is plain where a value stands.';
    faults.push({ code: 'nested-quotes', message: 'a command inside double quotes', hint });
  }
  if (tracker.where() !== 'none' && tracker.where() !== 'comment') {
    faults.push({
      code: 'open-quote',
      message: 'a quote is opened and never closed',
      hint: 'Close it, or take it out.',
      position: length,
    });
  }
  return faults;
}

type TypeOf = (name: string) => ParameterType | undefined;

/** Faults of the places in which the placeholders stand. */
function placeFaults(parts: Part[], shell: Shell, native: boolean, typeOf: TypeOf): Refusal[] {
  return parts.flatMap((part, index) => {
    if (!('name' in part)) return [];
    const [before, after] = [textOf(parts.slice(0, index)), textOf(parts.slice(index + 1))];
    const fault = placeFault({ shell, native, before, after, type: typeOf(part.name) });
    return fault ? [about(part.name, part.position, fault)] : [];
  });
}

function parameterFault(name: string, command: Command, parameters: Parameters): Refusal | null {
  const declared = command.parameters?.find((each) => each.name === name);
  const parameter = lookUp(parameters, name);
  if (!declared)
    return {
      code: 'unknown-placeholder',
      message: 'is no parameter or literal of this command',
      hint: 'Add it to `parameters` or `literals`.',
    };
  if (!parameter)
    return {
      code: 'unknown-parameter',
      message: 'is described in no parameter list',
      hint: 'Describe it in parameters.yaml or in the group.',
    };
  if (parameter.type === 'secret') {
    return {
      code: 'secret',
      message: 'is a secret, which is never written into a command',
      hint: 'Use a form of the command that asks for it.',
    };
  }
  if (declared.required === false && declared.default === undefined) {
    return {
      code: 'optional-placeholder',
      message: 'is optional but the text cannot leave it out',
      hint: 'Give it a default, or make a command of its own.',
    };
  }
  return null;
}

function kindFault(kind: LiteralKind, parameter: Parameter): Refusal | null {
  if (parameter.list && kind !== 'ps-hashtable') {
    return {
      code: 'list-in-literal',
      message: 'is a list, which only ps-hashtable can hold',
      hint: 'Use a parameter with one value.',
    };
  }
  if (kind === 'plain' && ['text', 'mailbox', 'dn'].includes(parameter.type)) {
    const hint = parameter.type === 'dn' ? 'Use `as: dn`.' : 'Use the kind that fits the text, or a stricter type.';
    return { code: 'free-text-in-plain', message: `is of type ${parameter.type}, which plain cannot escape`, hint };
  }
  return null;
}

function literalFaults(name: string, command: Command, shell: Shell, parameters: Parameters): Refusal[] {
  const literal = literalOf(command, name);
  if (!literal) return [];
  const { parts, faults } = parseTemplate(literal.text);
  const code = literal.as === 'ps-hashtable';
  if (code && !POWERSHELLS.includes(shell)) {
    faults.push({
      code: 'literal-shell',
      message: `is PowerShell text and cannot stand in a ${shell} command`,
      hint: 'Use it in PowerShell only.',
    });
  }
  if (code || ['opath', 'wql', 'xpath'].includes(literal.as))
    faults.push(...quoteFaults(parts, code ? 'pwsh' : 'filter', literal.text.length));
  if (code) faults.push(...placeFaults(parts, 'pwsh', false, (each) => lookUp(parameters, each)?.type));
  for (const part of parts) {
    if (!('name' in part)) continue;
    const parameter = lookUp(parameters, part.name);
    const fault =
      parameterFault(part.name, command, parameters) ?? (parameter ? kindFault(literal.as, parameter) : null);
    if (fault) faults.push(about(part.name, part.position, fault));
  }
  return faults.map((fault) => ({ ...fault, message: `literal ${name}: ${fault.message}` }));
}

function fileFaults(command: Command, template: Template, parameters: Parameters): Refusal[] {
  if (!template.file) return [];
  const faults: Refusal[] = [];
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(template.file.name)) {
    faults.push({
      code: 'file-name',
      message: `“${template.file.name}” is no plain file name`,
      hint: 'Letters, digits, dots and hyphens; no folder.',
    });
  }
  for (const line of template.file.text.split('\n')) {
    const { parts, faults: own } = parseTemplate(line);
    faults.push(...own);
    for (const part of parts) {
      if (!('name' in part)) continue;
      const whole = parts.length === 2 && parts[1] === part && /^[A-Za-z][\w;-]*: $/.test(textOf(parts.slice(0, 1)));
      const hint = 'One placeholder a line, as in `dn: {name}`; compose it under `literals`.';
      if (!whole)
        faults.push(
          about(part.name, part.position, { code: 'glued', message: 'is not the whole value of its line', hint }),
        );
      const literal = literalOf(command, part.name);
      if (literal?.as === 'ps-hashtable')
        faults.push(about(part.name, part.position, { code: 'literal-shell', message: 'is PowerShell text', hint }));
      const fault = literal ? null : parameterFault(part.name, command, parameters);
      if (fault) faults.push(about(part.name, part.position, fault));
    }
  }
  return faults.map((fault) => ({ ...fault, message: `file: ${fault.message}` }));
}

/**
 * Everything that keeps a template from being rendered safely, for lint and for the renderer itself, which refuses a
 * template with faults. Positions count within the text that holds the fault: the template's, or the literal's or the
 * file's line named in the message.
 */
export function templateFaults(command: Command, template: Template, parameters: Parameters): Refusal[] {
  const { parts, faults } = parseTemplate(template.text);
  const isLiteral = (name: string) => literalOf(command, name) !== undefined;
  const typeOf = (name: string) => (isLiteral(name) ? undefined : lookUp(parameters, name)?.type);
  const names = new Set(parts.flatMap((part) => ('name' in part ? [part.name] : [])));
  for (const part of parts) {
    if (!('name' in part)) continue;
    const fault = isLiteral(part.name) ? null : parameterFault(part.name, command, parameters);
    if (fault) faults.push(about(part.name, part.position, fault));
  }
  for (const name of names) {
    if (isLiteral(name) && command.parameters?.some((each) => each.name === name)) {
      faults.push({
        code: 'two-meanings',
        message: `{${name}} is a parameter and a literal`,
        hint: 'Give the literal another name.',
      });
    }
  }
  for (const shell of shellsOf(template)) {
    faults.push(
      ...quoteFaults(parts, shell, template.text.length),
      ...placeFaults(parts, shell, template.native === true, typeOf),
    );
    for (const name of names) faults.push(...literalFaults(name, command, shell, parameters));
  }
  faults.push(...fileFaults(command, template, parameters));
  // The same fault in several shells of one template is one fault.
  return [...new Map(faults.map((fault) => [`${fault.code} ${fault.position} ${fault.message}`, fault])).values()];
}
