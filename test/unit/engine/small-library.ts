/** A small library with everything the walk knows: a call, a return, a hand-over, fixes, a planned wizard. */
import { createHash } from 'node:crypto';
import { createLibrary, type Library, type LibraryFile } from '../../../wizards/engine/library.ts';
import {
  commandFileSchema,
  parameterFileSchema,
  plannedFileSchema,
  wizardSchema,
} from '../../../wizards/engine/schema.ts';

const asked = {
  why: 'Because.',
  runs_on: 'anywhere' as const,
  sources: ['KB 843106'],
  certainty: 'confirmed' as const,
};
const fixFacts = {
  ...asked,
  affects: 'One server',
  effective: 'at once',
  wait: 'a minute',
  interruption: 'none',
  privilege: 'administrator',
  risk: 'low' as const,
  rollback: 'Write the old value back.',
};
const unknown = (next: unknown) => ({ id: 'unknown', label: 'I could not tell', next });

export const MAIN = {
  id: 'main',
  version: 1,
  title: 'Main',
  summary: 'The calling wizard.',
  start: 'ours',
  steps: [
    {
      id: 'ours',
      kind: 'question',
      title: 'Is it ours?',
      ...asked,
      outcomes: [
        {
          id: 'yes',
          label: 'Yes',
          set: { environment: '2000-2003' },
          next: { call: 'flags', clear: 'then', unsure: { handover: 'later' } },
        },
        { id: 'no', label: 'No', next: 'harmless' },
        unknown('then'),
      ],
    },
    {
      id: 'then',
      kind: 'question',
      title: 'And then?',
      ...asked,
      outcomes: [
        { id: 'go', label: 'Go over', next: { handover: 'later' } },
        { id: 'again', label: 'Check the flags again', next: { call: 'flags', clear: 'harmless', unsure: 'harmless' } },
        unknown('harmless'),
      ],
    },
    {
      id: 'harmless',
      kind: 'verdict',
      verdict: 'main.harmless',
      title: 'Harmless',
      cause: 'Nothing is wrong.',
      ends: 'closed',
      sources: ['KB 843106'],
      certainty: 'confirmed',
    },
  ],
};

export const FLAGS = {
  id: 'flags',
  version: 1,
  title: 'Flags',
  summary: 'The called wizard.',
  start: 'flag',
  steps: [
    {
      id: 'flag',
      kind: 'check',
      title: 'Is the flag set?',
      ...asked,
      commands: ['T1'],
      outcomes: [
        { id: 'set', label: 'It is set', when: ['T1.on'], next: 'fine' },
        { id: 'clear', label: 'It is not', when: ['T1.off'], next: 'off' },
        unknown('vague'),
      ],
    },
    {
      id: 'fine',
      kind: 'return',
      title: 'The flags are in order',
      result: 'clear',
      sources: ['KB'],
      certainty: 'confirmed',
    },
    {
      id: 'vague',
      kind: 'return',
      title: 'The flags could not be read',
      result: 'unsure',
      sources: ['KB'],
      certainty: 'confirmed',
    },
    {
      id: 'off',
      kind: 'verdict',
      verdict: 'flags.off',
      title: 'The flag is off',
      cause: 'Somebody cleared it.',
      fixes: ['set-it', 'set-it-elsewhere'],
      sources: ['KB'],
      certainty: 'confirmed',
    },
    {
      id: 'set-it',
      kind: 'fix',
      title: 'Set the flag',
      ...fixFacts,
      change: 'T2',
      verify: { step: 'flag', commands: ['T1'], expect: 'Flag : 4' },
    },
    {
      id: 'set-it-elsewhere',
      kind: 'fix',
      title: 'Set it in the directory',
      ...fixFacts,
      verify: { step: 'flag', commands: ['T1'], expect: 'Flag : 4' },
      not_verified: 'vague',
    },
  ],
};

export const COMMANDS = {
  group: 'Test',
  commands: [
    {
      id: 'T1',
      title: 'Read the flag',
      effect: 'read',
      runs_on: 'anywhere',
      needs: [],
      parameters: [{ name: 'remote_host' }],
      templates: [{ shell: ['bash', 'pwsh'], text: 'echo {remote_host}' }],
      reads: [
        { id: 'on', title: 'The flag is on', when: { field: { name: 'Flag', bits: 4 } } },
        { id: 'off', title: 'The flag is off', when: { field: { name: 'Flag', no_bits: 4 } } },
      ],
      samples: [],
      sources: ['KB'],
      certainty: 'confirmed',
    },
    {
      id: 'T2',
      title: 'Set the flag',
      effect: 'change',
      runs_on: 'anywhere',
      needs: [],
      changes: 'the flag of {remote_host}',
      parameters: [{ name: 'remote_host' }, { name: 'flag', from: { command: 'T1', field: 'Flag', bits: 4 } }],
      templates: [
        { shell: ['bash', 'pwsh'], text: 'echo {remote_host} {flag}' },
        { shell: 'console', text: 'Console > {remote_host} > Flag = {flag}' },
      ],
      rollback: { command: 'T2', with: { flag: { command: 'T1', field: 'Flag' } } },
      sources: ['KB'],
      certainty: 'confirmed',
    },
  ],
};

const PARAMETERS = {
  parameters: [
    { name: 'remote_host', type: 'host', prompt: 'Remote server', example: 'mail2.contoso.com' },
    { name: 'remote_ip', type: 'ip', prompt: 'Remote address', example: '192.0.2.25' },
    { name: 'flag', type: 'integer', prompt: 'Flag', example: '7' },
    {
      name: 'environment',
      type: 'enum',
      prompt: 'Generation',
      example: '2013+',
      values: ['2000-2003', '2007-2010', '2013+'],
    },
  ],
};
const PLANNED = { planned: [{ id: 'later', title: 'Later', about: 'Comes later.', by_hand: ['Look yourself.'] }] };

export function fileOf<K extends LibraryFile['kind']>(kind: K, content: unknown): LibraryFile {
  const source = JSON.stringify(content);
  const hash = createHash('sha256').update(source).digest('hex');
  return { kind, path: `${kind}/${hash.slice(0, 6)}.yaml`, hash, source, content } as LibraryFile;
}

/** The library; `change` may alter the wizards before they are parsed. */
export function smallLibrary(wizards: unknown[] = [MAIN, FLAGS], commands: unknown = COMMANDS): Library {
  return createLibrary([
    fileOf('parameters', parameterFileSchema.parse(PARAMETERS)),
    fileOf('commands', commandFileSchema.parse(commands)),
    fileOf('planned', plannedFileSchema.parse(PLANNED)),
    ...wizards.map((wizard) => fileOf('wizard', wizardSchema.parse(wizard))),
  ]);
}
