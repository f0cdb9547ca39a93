import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { simulatedOutput } from '../../../electron/lab/practice.ts';
import { startingValues } from '../../../wizards/engine/captured-values.ts';
import { commandViews } from '../../../wizards/engine/command-view.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { EMPTY_CASE, evolve, verdictVisit } from '../../../wizards/engine/model.ts';
import { readOutput } from '../../../wizards/engine/read.ts';
import { readingFor } from '../../../wizards/engine/reading.ts';
import { renderCommand, templatesOf } from '../../../wizards/engine/render.ts';
import { nextsOf, stepAt, verdictsOf } from '../../../wizards/engine/route.ts';
import type { Lab, Next } from '../../../wizards/engine/schema.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { viewOf } from '../../../wizards/engine/view.ts';
import { previewOf } from '../../../wizards/engine/what-if.ts';
import { captureInput, Player } from '../engine/player.ts';

const compiled = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(compiled.files);
const commands = [...library.commands.values()].map(({ command }) => command);
const wizards = [...library.wizards.values()];
const previews = new Set(commands.flatMap((command) => (command.preview === 'what-if' ? [previewOf(command)] : [])));

test('the content has no fault and no warning', () => {
  expect(compiled.diagnostics).toEqual([]);
});

test.each(['low-powershell', 'none', 'medium', 'medium-powershell'])(
  'the quieter log is proven by its level: %s',
  (id) => {
    const player = new Player(library, 'entry').choose('xexch50-refused', 'foreign', 'delivered');
    const visit = player.state.visits[(player.state.current as number) - 1] as never;
    const sample = library.commands.get('X6')?.command.samples?.find((each) => each.id === id);
    const reading = readingFor(library, visit, 'X6', sample?.output ?? '', {});
    expect(reading?.suggested).toBe(sample?.kind === 'healthy' ? 'verified' : 'not-verified');
  },
);

test('the wizards and commands of the main job are there', () => {
  expect([...library.wizards.keys()]).toEqual(expect.arrayContaining(['entry', 'auth-settings']));
  const wanted = ['X1', 'X2', 'X3', 'X4', 'X6', 'X12', 'E1', 'E2', 'E3', 'E4', 'E16', 'E27', 'L1', 'L2', 'W2'];
  expect([...library.commands.keys()]).toEqual(expect.arrayContaining(wanted));
});

describe('each sample is read as it declares', () => {
  const samples = commands.flatMap((command) =>
    (command.samples ?? []).map((sample) => ({ name: `${command.id} ${sample.id}`, command, sample })),
  );
  test.each(samples)('$name', ({ command, sample }) => {
    const { hits } = readOutput(command, sample.output, sample.parameters ?? {});
    expect(hits.map((hit) => hit.id).sort()).toEqual([...sample.reads].sort());
    for (const hit of hits) expect(hit.evidence.length).toBeGreaterThan(0);
  });

  test.each(samples)('$name, mailed: CRLF, quoted prompt in front, trailing blanks', ({ command, sample }) => {
    const mailed = `PS C:\\> something typed\r\n${sample.output.replace(/\n/g, '  \r\n')}`;
    const { hits } = readOutput(command, mailed, sample.parameters ?? {});
    expect(hits.map((hit) => hit.id).sort()).toEqual([...sample.reads].sort());
  });

  test('a sample of one command is never a suggestion for the step of another', () => {
    const wrong: string[] = [];
    for (const { wizard } of wizards) {
      for (const step of wizard.steps) {
        if (step.kind !== 'check') continue;
        for (const id of step.commands) {
          const command = library.commands.get(id)?.command;
          for (const { command: other, sample } of samples) {
            if (!command || other.id.split('-')[0] === id.split('-')[0]) continue;
            const { hits } = readOutput(command, sample.output, sample.parameters ?? {});
            const meant = step.outcomes.filter((o) => hits.some((hit) => o.when?.includes(`${id}.${hit.id}`)));
            const own = new Set(sample.reads);
            // The same tool under two ids may print the same lines: then it says the same thing.
            if (meant.length > 0 && !hits.every((hit) => own.has(hit.id)))
              wrong.push(`${wizard.id}/${step.id}: ${id} reads ${other.id} ${sample.id} as ${hits.map((h) => h.id)}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Commands whose output is neither good nor bad by itself, or whose output no source shows. */
const WITHOUT_BOTH: Record<string, string> = {
  'E24-one': 'one property, whose right value the step knows',
  E28: 'a script whose labels change with its version',
  'E44-report': 'no source shows its output',
  'E41-queue-path': 'a place',
  'E41-resubmit-list': 'a state of work',
  'E44-edge': 'a date to compare',
  'E1-certificate': 'the old value for the way back',
  'E9-certificate': 'the old value for the way back',
  N15: 'a window',
  X15: 'the meaning of a code, none of which is good',
  X17: 'a file for the support',
  'X1-list': 'a list to choose from',
  'X3-servers': 'a list to choose from',
};

test('what good and what bad output looks like is shown for every command that reads', () => {
  const lacking = commands.flatMap(({ id, effect, samples }) => {
    const kinds = new Set((samples ?? []).map(({ kind }) => kind));
    return effect === 'change' || kinds.size === 2 || previews.has(id) ? [] : [id];
  });
  expect(lacking.sort()).toEqual(Object.keys(WITHOUT_BOTH).sort());
});

describe('each command renders from its examples', () => {
  const cases = commands.flatMap((command) =>
    templatesOf(command).map(({ shell }) => ({ name: `${command.id} in ${shell}`, command, shell })),
  );
  test.each(cases)('$name', ({ command, shell }) => {
    const names = new Set([...(command.parameters ?? []).map((parameter) => parameter.name)]);
    const values: Record<string, string> = {};
    for (const name of names) values[name] = library.parameters.get(name)?.example ?? '';
    const rendered = renderCommand({ command, parameters: library.parameters, shell, values });
    expect(rendered).toMatchObject({ ok: true });
  });
});

test('what does lasting harm, or does not exist, is never written', () => {
  const never = /adsutil(\.vbs)?\S*\s+SET\b|\bdsacls\b.*\s\/[RS]\b|-IntraOrgProtocolLoggingLevel\b/i;
  for (const pattern of [
    'adsutil.vbs SET x',
    'dsacls CN=x /R y',
    'Set-TransportServer -IntraOrgProtocolLoggingLevel Verbose',
  ])
    expect(pattern).toMatch(never);
  const texts = commands.flatMap(({ id, templates }) => templates.map(({ text }) => `${id}: ${text}`));
  expect(texts.filter((text) => never.test(text))).toEqual([]);
});

test('no list of Exchange ends unsaid at its first thousand', () => {
  const limited =
    /\b(?:Get-(?:Mailbox|Recipient|MessageTrackingLog|Queue|Message|DistributionGroup)|Search-AdminAuditLog)\b(?![^|;]*(?:-ResultSize|-Identity)\b)/;
  expect('Get-Mailbox | Format-List').toMatch(limited);
  const texts = commands.flatMap(({ id, templates }) => templates.map(({ text }) => `${id}: ${text}`));
  expect(texts.filter((text) => limited.test(text))).toEqual([]);
});

test('no text for PowerShell leaves a variable behind that could be one of the person’s own', () => {
  const found = commands.flatMap(({ id, templates }) =>
    templates.flatMap(({ shell, text }) =>
      [shell].flat().some((each) => ['powershell', 'pwsh', 'ems'].includes(each))
        ? [...text.matchAll(/(?<![\w$])\$(\w+)\s*\+?=(?!=)/g)].map(([, name]) => `${id}: $${name}`)
        : [],
    ),
  );
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((each) => !/: \$(fieldguide\w*|null)$/.test(each))).toEqual([]);
});

describe('the trees', () => {
  test.each(wizards.map(({ wizard }) => [wizard.id, wizard] as const))(
    '%s: every question and check has a way on for "could not tell"',
    (_, wizard) => {
      for (const step of wizard.steps) {
        if (step.kind === 'question' || step.kind === 'check') expect(step.outcomes.at(-1)?.id).toBe('unknown');
      }
    },
  );

  test('every verdict can be reached from the start', () => {
    for (const { wizard, hash } of wizards) {
      const reached = new Set<string>();
      const visit = (next: Next): void => {
        if (typeof next !== 'string') {
          if ('call' in next) [next.clear, next.unsure].forEach(visit);
          return;
        }
        if (reached.has(next)) return;
        reached.add(next);
        const step = wizard.steps.find((candidate) => candidate.id === next);
        if (step) nextsOf(step).forEach(visit);
      };
      visit(wizard.start);
      for (const { step } of wizard.triggers ?? []) if (step) visit(step);
      expect(wizard.steps.map((step) => step.id).filter((id) => !reached.has(id))).toEqual([]);
      expect(verdictsOf(library, hash).length).toBeGreaterThan(0);
    }
  });

  test('a change is never without its way back, its proof and its preview where one exists', () => {
    for (const { wizard } of wizards) {
      for (const step of wizard.steps) {
        if (step.kind !== 'fix' || !step.change) continue;
        const change = library.commands.get(step.change)?.command;
        expect(change?.effect).toBe('change');
        expect(change?.rollback).toBeDefined();
        expect(step.verify.commands.length).toBeGreaterThan(0);
      }
    }
  });

  test('a change that can be shown beforehand is: its preview stands before it, and only looks', () => {
    let shown = 0;
    for (const { wizard } of wizards) {
      for (const step of wizard.steps) {
        const change = step.kind === 'fix' && library.commands.get(step.change ?? '')?.command;
        if (step.kind !== 'fix' || !change || !change.preview) continue;
        const views = commandViews(library, EMPTY_CASE, { ...step, wizard: wizard.id } as never, () => '');
        const before = views.slice(
          0,
          views.findIndex(({ role }) => role === 'change'),
        );
        expect(before.map(({ role, effect }) => [role, effect])).not.toEqual([]);
        for (const view of before)
          expect([view.role, view.effect, view.id]).toEqual(['preview', 'read', previewOf(change)]);
        const texts = library.commands.get(previewOf(change) as string)?.command.templates.map(({ text }) => text);
        if (change.preview === 'what-if') for (const text of texts ?? []) expect(text).toMatch(/ -WhatIf$/);
        shown += 1;
      }
    }
    expect(shown).toBeGreaterThan(50);
  });

  test('from any state that inputs lead to, answering "could not tell" ends in a verdict, within 25 visits a wizard and 80 in all', () => {
    const pick = fc.array(fc.nat(30), { maxLength: 25 });
    fc.assert(
      fc.property(fc.constantFrom(...library.wizards.keys()), pick, (id, picks) => {
        const player = new Player(library, id);
        for (const number of picks) {
          const outcomes = viewOf(library, player.state).step?.outcomes ?? [];
          if (outcomes.length === 0) break;
          if (number === 30) player.try({ type: 'back', to: 1 + (number % player.state.visits.length) });
          else player.choose(outcomes[number % outcomes.length]?.id as string);
        }
        const begun = player.state.visits.length;
        for (let hops = 0; player.state.current !== null; hops += 1) {
          expect(hops).toBeLessThan(80);
          const outcomes = viewOf(library, player.state).step?.outcomes ?? [];
          player.choose(outcomes.find((o) => o.id === 'unknown' || o.id === 'left')?.id as string);
        }
        const hopsIn = new Map<string, number>();
        for (const { target } of player.state.visits.slice(begun))
          hopsIn.set(target.wizard, (hopsIn.get(target.wizard) ?? 0) + 1);
        expect(Math.max(0, ...hopsIn.values())).toBeLessThanOrEqual(25);
        expect(verdictVisit(player.state)).not.toBeNull();
        let folded = EMPTY_CASE;
        for (const event of player.journal) folded = evolve(folded, event);
        expect(folded).toEqual(player.state);
      }),
      { numRuns: 150 },
    );
  });
});

describe('practice', () => {
  test.each([...library.labs.values()].map((lab) => [lab.id, lab] as const))(
    '%s can be played to its verdict',
    (_, lab) => {
      const player = new Player(library);
      const found = lab.evidence
        ? triage(library, lab.evidence).suggestions.find((s) => s.wizard === lab.wizard)
        : undefined;
      const parameters = { ...found?.parameters, ...lab.parameters };
      player.send({
        type: 'open',
        case: 'lab',
        title: lab.title,
        ticket: '',
        operator: '',
        product: '',
        practice: lab.id,
        wizard: lab.wizard,
        ...(found ? { step: found.step } : {}),
        evidence: [],
        parameters: Object.fromEntries(
          Object.entries(parameters).map(([name, value]) => [name, { value, from: 'evidence' as const }]),
        ),
      });
      for (let visits = 0; player.state.current !== null && verdictVisit(player.state) === null; visits += 1) {
        expect(visits).toBeLessThan(25);
        player.choose(answer(player, lab));
      }
      const verdict = stepAt(library, verdictVisit(player.state)?.target as never);
      expect(verdict).toMatchObject({ verdict: lab.verdict });
    },
  );
});

/** What the scenario knows, or what its simulated outputs suggest. */
function answer(player: Player, lab: Lab): string {
  const visit = player.state.visits[(player.state.current as number) - 1] as never as Parameters<typeof readingFor>[1];
  const known = lab.questions.find((q) => q.wizard === visit.target.wizard && q.step === visit.target.step);
  if (known) return known.outcome;
  const outputs = new Map<string, string>();
  const view = viewOf(library, player.state, (hash) => outputs.get(hash));
  for (const command of view.step?.commands ?? []) {
    const entry = library.commands.get(command.id)?.command;
    if (!entry || command.effect === 'change') continue;
    const values = startingValues(library, player.state, entry, () => undefined);
    let output = '';
    try {
      output = simulatedOutput(library, lab, player.state, command.id, values);
    } catch {
      continue;
    }
    const reading = readingFor(library, visit, command.id, output, values);
    if (reading?.suggested) {
      player.send(captureInput(command.id, reading.suggested));
      return reading.suggested;
    }
  }
  throw new Error(`The scenario has no answer at ${visit.target.wizard}/${visit.target.step}.`);
}
