import type { RenderRequest } from '../../../wizards/engine/render.ts';
import type { Command, Parameter, Shell, Template } from '../../../wizards/engine/schema.ts';

/** A parameter as the catalogue describes one; its prompt is `The <name>`. */
export function parameter(name: string, type: Parameter['type'], more: Partial<Parameter> = {}): Parameter {
  return { name, type, prompt: `The ${name}`, example: 'an example', ...more };
}

/** A read command with these templates, whose parameters are all required. */
export function command(templates: Template[], more: Partial<Command> = {}): Command {
  return {
    id: 'T1',
    title: 'A command of the tests',
    effect: 'read',
    runs_on: 'anywhere',
    needs: [],
    templates,
    sources: ['The tests'],
    certainty: 'confirmed',
    ...more,
  };
}

/** Asks for a template with the single placeholder `{value}`, a free text. */
export function oneValue(shell: Shell, text: string, value: string, more: Partial<Template> = {}): RenderRequest {
  return {
    command: command([{ shell, text, ...more }], { parameters: [{ name: 'value' }] }),
    parameters: { value: parameter('value', 'text') },
    shell,
    values: { value },
  };
}
