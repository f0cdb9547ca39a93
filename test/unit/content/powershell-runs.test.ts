/**
 * Every text for PowerShell that reads, run by a real PowerShell, where `pwsh` is on the PATH. The cmdlets of Exchange,
 * Active Directory and Windows are stand-ins (test/fixtures/powershell): this shows that a text runs and prints the form
 * that its rules read. It does not show that Exchange names its properties so.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { fieldsOf, holdsCutValues, tablesOf } from '../../../wizards/engine/output-structure.ts';
import { normaliseOutput } from '../../../wizards/engine/output-text.ts';
import { readOutput } from '../../../wizards/engine/read.ts';
import { renderCommand, templatesOf } from '../../../wizards/engine/render.ts';
import { type Command, type Condition, ENVIRONMENTS, type Environment } from '../../../wizards/engine/schema.ts';
import { hasShell } from '../terminal/shell-under-test.ts';

const RUNNER = resolve(import.meta.dirname, '../../fixtures/powershell/run-with-stand-ins.ps1');

/** `some`: the stand-ins give objects; `none`: they give nothing; `fails`: they report an error. */
type Pass = 'some' | 'none' | 'fails';
type Run = {
  output: string;
  errors: string[];
  /** The errors as Windows PowerShell and as PowerShell 7 show them. */
  shown: { old: string; new: string };
  unformatted: string[];
  programs: string[];
};
type Text = { command: Command; environment: Environment; shells: string[]; text: string };
type Wanted = { fields: Set<string>; columns: Set<string>; wholes: Set<string> };

/** Fields that the form for one generation does not print; the rules about them read those of the others. */
const NOT_IN_THIS_FORM: Record<string, string[]> = {
  'E45-path 2007-2010': ['OriginalClient'],
  'E54-port25 2007-2010': ['Connector25Role'],
  // No stand-in is called Messaging.old-.
  'E41-old-folders 2007-2010': ['OldQueueFolder'],
};

/** Readings that stay right though every cmdlet and program fails. */
const READ_DESPITE_ERRORS: Record<string, string[]> = {
  'E43-decode': ['decoded'],
  // No such key: the default holds.
  'W50-settings': ['tls12-on'],
  // Here the error is the answer of the name server.
  'W60-lists': ['not-listed'],
  'W60-name': ['no-name'],
  'W54-greeting': ['refused'],
  // These hide the error that says that nothing was found, and with it every other.
  'W52-why': ['none'],
  'W53-port': ['nobody'],
};

function runAll(jobs: { text: string; pass: Pass }[]): Run[] {
  const folder = mkdtempSync(join(tmpdir(), 'fieldguide-runs-'));
  try {
    const texts = join(folder, 'texts.json');
    writeFileSync(texts, JSON.stringify(jobs));
    mkdirSync(join(folder, 'world'));
    const args = ['-NoProfile', '-NonInteractive', '-File', RUNNER, texts, join(folder, 'world')];
    // Without TieredPGO a third less work: nothing here runs long enough to be worth profiling.
    const env = { ...process.env, POWERSHELL_TELEMETRY_OPTOUT: '1', DOTNET_TieredPGO: '0' };
    return JSON.parse(execFileSync('pwsh', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function want(condition: Condition, wanted: Wanted): void {
  if ('all' in condition) for (const part of condition.all) want(part, wanted);
  else if ('any' in condition) for (const part of condition.any) want(part, wanted);
  else if ('not' in condition) want(condition.not, wanted);
  else if ('block' in condition) want(condition.block, wanted);
  else if ('whole' in condition) wanted.wholes.add(condition.whole);
  else if ('field' in condition) wanted.fields.add(condition.field.name);
  else if ('column' in condition) wanted.columns.add(condition.column.name);
}

type Captured = { command: string; field: string };
const capturedIn = (from: Captured | Captured[] | undefined): Captured[] => (from === undefined ? [] : [from].flat());

/** What the texts of each command must print: for its rules, and for the changes that start from its output. */
function wantedBy(commands: Command[]): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const { id, reads } of commands) {
    const of: Wanted = { fields: new Set(), columns: new Set(), wholes: new Set() };
    for (const { when } of reads ?? []) want(when, of);
    wanted.set(id, of);
  }
  for (const { parameters, sets, rollback } of commands) {
    const values = [...(parameters ?? []).map(({ from }) => from), ...Object.values({ ...sets, ...rollback?.with })];
    for (const { command, field } of values.flatMap(capturedIn)) wanted.get(command)?.fields.add(field);
  }
  return wanted;
}

const readsWhole = (command: Command, name: string, output: string): boolean =>
  readOutput({ ...command, reads: [{ id: 'whole', title: name, when: { whole: name } }] }, output).hits.length === 1;

/** All that is wrong with what a text printed; empty when nothing is. */
function faultsOf(command: Command, run: Run, wanted: Wanted, notPrinted: string[] = []): string[] {
  const lines = normaliseOutput(run.output);
  const faults = run.errors.map((error) => `error: ${error}`);
  for (const type of run.unformatted) faults.push(`leaves a ${type} to the window to print`);
  for (const line of lines) if (/(?:\.\.\.|…)\}?$/.test(line)) faults.push(`cut: ${line.slice(0, 80)}`);
  if (holdsCutValues({ lines })) faults.push('a value goes over the end of its line');
  for (const name of wanted.wholes) if (!readsWhole(command, name, run.output)) faults.push(`not whole: ${name}`);
  // A program prints its own, which no stand-in knows.
  if (run.programs.length > 0) return faults;
  for (const name of wanted.fields) {
    if (!notPrinted.includes(name) && fieldsOf({ lines }, name).length === 0) faults.push(`no field ${name}`);
  }
  for (const name of wanted.columns) if (tablesOf({ lines }, name).length === 0) faults.push(`no column ${name}`);
  return faults;
}

const around = (text: string) => `'BeginOfList : 1'; Get-ReceiveConnector | ${text}; 'EndOfList : 1'`;
const LIST = 'Format-List | Out-String -Width 4096';
const JOINED = "@{n='Bindings';e={$_.Bindings -join ';'}}";

/** Texts that must print the field Bindings and a whole List; all but the first do it wrongly. */
const BROKEN: Record<string, string> = {
  sound: around(`Select-Object -Property @('Identity', ${JOINED}) | ${LIST}`),
  misspelt: around(`Select-Object -Property @('Identity', 'Bidnings') | ${LIST}`),
  unjoined: around(`Select-Object -Property @('Identity', 'Bindings') | ${LIST}`),
  narrow: around(`Select-Object -Property @('Fqdn', ${JOINED}) | Format-List | Out-String -Width 120`),
  'unknown parameter': around(`Select-Object -Property @(${JOINED}) -Frist 1 | ${LIST}`),
  'unknown key': around(`Select-Object -Property @(@{nmae='Bindings';e={$_.Bindings -join ';'}}) | ${LIST}`),
  'null method': around(`Select-Object -Property @(@{n='Bindings';e={$_.Nothing.Value.ToMB()}}) | ${LIST}`),
  unformatted: around('Select-Object -Property Bindings -First 1'),
  'no end': `'BeginOfList : 1'; Get-ReceiveConnector | Select-Object -Property @(${JOINED}) | ${LIST}`,
  'end first': `'EndOfList : 1'; Get-ReceiveConnector | Select-Object -Property @(${JOINED}) | ${LIST}; 'BeginOfList : 1'`,
  'ends early': around("ForEach-Object { throw 'up' }"),
};

describe.skipIf(!hasShell('pwsh'))('a real PowerShell with stand-ins for the cmdlets of Windows (needs pwsh)', () => {
  const texts: Text[] = [];
  const runs = new Map<string, Run>();
  let wanted: Map<string, Wanted>;
  let valuesOf: (command: Command) => Record<string, string>;
  const runOf = ({ text }: { text: string }, pass: Pass): Run => runs.get(`${pass} ${text}`) as Run;
  const wantedOf = (command: Command): Wanted => wanted.get(command.id) as Wanted;
  const labelOf = ({ command, environment, shells }: Text): string => `${command.id} ${environment} ${shells}`;

  beforeAll(async () => {
    const library = createLibrary((await compileLibrary(readYamlFolder('wizards'))).files);
    const commands = [...library.commands.values()].map(({ command }) => command);
    wanted = wantedBy(commands);
    valuesOf = ({ parameters }) =>
      Object.fromEntries((parameters ?? []).map(({ name }) => [name, library.parameters.get(name)?.example ?? '']));
    for (const command of commands.filter(({ effect }) => effect === 'read')) {
      const values = valuesOf(command);
      const found = new Map<string, Text>();
      for (const environment of ENVIRONMENTS) {
        for (const { shell } of templatesOf(command, environment)) {
          if (!['powershell', 'pwsh', 'ems'].includes(shell)) continue;
          const rendered = renderCommand({ command, parameters: library.parameters, shell, environment, values });
          if (!rendered.ok) throw new Error(`${command.id}: ${JSON.stringify(rendered)}`);
          const one = found.get(rendered.text) ?? { command, environment, shells: [], text: rendered.text };
          if (!one.shells.includes(shell)) one.shells.push(shell);
          found.set(rendered.text, one);
        }
      }
      texts.push(...found.values());
    }
    const jobs = new Map<string, { text: string; pass: Pass }>();
    const add = (text: string, pass: Pass) => jobs.set(`${pass} ${text}`, { text, pass });
    for (const text of Object.values(BROKEN)) add(text, 'some');
    for (const { command, text } of texts) {
      add(text, 'some');
      // What a change would do says the change itself: there is nothing to read.
      if (command.id.endsWith('-preview')) continue;
      add(text, 'none');
      add(text, 'fails');
    }
    const results = runAll([...jobs.values()]);
    [...jobs.keys()].forEach((key, index) => {
      runs.set(key, results[index] as Run);
    });
  }, 180_000);

  test('runs every text and gets the fields that its rules look for, whole and uncut', () => {
    expect(texts.length).toBeGreaterThan(200);
    const found = texts.flatMap((text) => {
      const { command, environment } = text;
      const run = runOf(text, 'some');
      const caught = command.id.endsWith('-preview') ? [] : normaliseOutput(runOf(text, 'fails').output);
      // A field that a text prints in place of an error is there only then.
      const inError = [...wantedOf(command).fields].filter((name) => fieldsOf({ lines: caught }, name).length > 0);
      const notPrinted = [...inError, ...(NOT_IN_THIS_FORM[`${command.id} ${environment}`] ?? [])];
      return faultsOf(command, run, wantedOf(command), notPrinted).map((fault) => `${labelOf(text)}: ${fault}`);
    });
    expect(found).toEqual([]);
  });

  test('gets a whole output without an error where there is nothing to show', () => {
    const found = texts.flatMap((text) => {
      const run = runs.get(`none ${text.text}`);
      if (!run) return [];
      const onlyWholes = { ...wantedOf(text.command), fields: new Set<string>(), columns: new Set<string>() };
      return faultsOf(text.command, run, onlyWholes).map((fault) => `${labelOf(text)}: ${fault}`);
    });
    expect(found).toEqual([]);
  });

  test('reads nothing out of an output in which everything failed', () => {
    const found = texts.flatMap((text) => {
      const { command } = text;
      const run = runs.get(`fails ${text.text}`);
      if (!run) return [];
      const views = new Set(text.shells.map((shell) => (shell === 'pwsh' ? 'new' : 'old') as keyof Run['shown']));
      return [...views].flatMap((view) => {
        const { hits } = readOutput(command, `${run.output}\n${run.shown[view]}`, valuesOf(command), text.text);
        const wrong = hits.filter(({ id }) => !READ_DESPITE_ERRORS[command.id]?.includes(id));
        return wrong.map(({ id }) => `${labelOf(text)}: read as ${id} with ${view} errors`);
      });
    });
    expect(found).toEqual([]);
  });

  test('prints the fields that the samples show', () => {
    const labelsOf = (output: string): string[] =>
      normaliseOutput(output).flatMap((line) => /^([A-Za-z][\w .()/-]*?)\s*: /.exec(line)?.[1] ?? []);
    const printed = new Map<string, Set<string> | null>();
    for (const text of texts) {
      const { id } = text.command;
      if (id.endsWith('-preview') || runOf(text, 'some').programs.length > 0) printed.set(id, null);
      const labels = printed.get(id) === null ? null : (printed.get(id) ?? new Set<string>());
      for (const pass of ['some', 'fails'] as const) {
        if (labels) for (const label of labelsOf(runOf(text, pass).output)) labels.add(label.toLowerCase());
      }
      printed.set(id, labels);
    }
    const found = [...new Set(texts.map(({ command }) => command))].flatMap(({ id, samples }) => {
      const labels = printed.get(id);
      if (!labels) return [];
      return (samples ?? []).flatMap((sample) => {
        const shown = labelsOf(sample.output);
        // Else it is the output of another shell.
        if (!shown.some((label) => labels.has(label.toLowerCase()) && !/^(Begin|End)Of/.test(label))) return [];
        // `Get-Item : ` and `WARNING: ` begin what PowerShell says itself.
        const own = shown.filter((label) => !/^([A-Z][a-z]+-[A-Z]\w+|WARNING)$/.test(label));
        return own.filter((label) => !labels.has(label.toLowerCase())).map((label) => `${id} ${sample.id}: ${label}`);
      });
    });
    expect(found).toEqual([]);
  });

  test('would say what is wrong with a text', () => {
    const command = texts.find((text) => text.command.id === 'E1')?.command as Command;
    const only: Wanted = { fields: new Set(['Bindings']), columns: new Set(), wholes: new Set(['List']) };
    const faults = Object.entries(BROKEN).map(([name, text]) => [
      name,
      faultsOf(command, runOf({ text }, 'some'), only),
    ]);
    expect(Object.fromEntries(faults)).toEqual({
      sound: [],
      misspelt: ['no field Bindings'],
      unjoined: expect.arrayContaining([expect.stringMatching(/^cut: Bindings/)]),
      narrow: ['a value goes over the end of its line'],
      'unknown parameter': expect.arrayContaining([expect.stringMatching(/^error: .*'Frist'/)]),
      'unknown key': expect.arrayContaining([expect.stringMatching(/^error: .*nmae/)]),
      'null method': expect.arrayContaining([expect.stringMatching(/^error: .*null-valued/)]),
      unformatted: expect.arrayContaining([expect.stringMatching(/^leaves a PSCustomObject/)]),
      'no end': ['not whole: List'],
      'end first': ['not whole: List'],
      'ends early': expect.arrayContaining(['error: up', 'not whole: List']),
    });
  });
});
