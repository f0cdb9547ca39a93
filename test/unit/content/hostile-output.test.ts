/** Outputs as people really bring them: cut, mangled, mixed, in another language. Never a wrong outcome. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { normaliseOutput } from '../../../wizards/engine/output-text.ts';
import { readForStep } from '../../../wizards/engine/read.ts';
import type { Command, Sample, StepOf } from '../../../wizards/engine/schema.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
type Asked = StepOf<'question'> | StepOf<'check'>;
type Place = { name: string; step: Asked; command: Command; samples: Sample[] };

/** Every step with every command whose readings it waits for. */
const places: Place[] = [...library.wizards.values()].flatMap(({ wizard }) =>
  wizard.steps.flatMap((step) => {
    if (step.kind !== 'question' && step.kind !== 'check') return [];
    return (step.commands ?? []).flatMap((id): Place[] => {
      const command = library.commands.get(id)?.command;
      const waits = step.outcomes.some((outcome) => outcome.when?.some((ref) => ref.startsWith(`${id}.`)));
      if (!command || !waits) return [];
      return [{ name: `${wizard.id}/${step.id} ${id}`, step, command, samples: command.samples ?? [] }];
    });
  }),
);
const suggested = ({ step, command }: Place, text: string, { parameters = {} }: Sample): string | null =>
  readForStep(step, command, text, parameters).suggested;

/** Where a changed copy of a sample says something else than the sample itself; nothing is always right. */
function wrong(change: (output: string) => string[]): string[] {
  return places.flatMap((place) =>
    place.samples.flatMap((sample) => {
      const right = suggested(place, sample.output, sample);
      return change(sample.output).flatMap((copy) => {
        const said = suggested(place, copy, sample);
        return said === null || said === right ? [] : [`${place.name} ${sample.id}: ${said} in place of ${right}`];
      });
    }),
  );
}

describe('a copy of an output says the same as the output, or nothing', () => {
  test.each<[string, (output: string) => string[]]>([
    [
      'cut after any line',
      (output) => {
        const lines = output.split('\n');
        return lines.map((_, i) => lines.slice(0, i).join('\n'));
      },
    ],
    [
      'cut in the middle of a line',
      (output) => [output.slice(0, output.length / 2), output.slice(0, output.length / 3)],
    ],
    ['without its first lines', (output) => [output.split('\n').slice(2).join('\n')]],
    ['tabs turned into blanks', (output) => [output.replaceAll('\t', '        ')]],
    ['colour codes around each line', (output) => [output.replace(/^(.+)$/gm, '\u001b[32m$1\u001b[0m')]],
    ['quoted by a mail program', (output) => [output.replace(/^/gm, '> ')]],
    [
      'line ends of Windows and the prompt around it',
      (output) => [`PS C:\\> typed\r\n${output.replaceAll('\n', '\r\n')}\r\nPS C:\\>`],
    ],
    ['in one line', (output) => [output.replace(/\s+/g, ' ')]],
    ['between lines of something else', (output) => [`Lorem ipsum\n\n${output}\n\nDolor: sit amet\n`]],
  ])('%s', (_, change) => {
    expect([...new Set(wrong(change))]).toEqual([]);
  });
});

test('a mixture of outputs and noise is never read without a line of its own that proves it', () => {
  const lines = places.flatMap(({ samples }) => samples.flatMap(({ output }) => output.split('\n')));
  const noise = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom('', '235', '504', 'Error', 'True', 'Status : 1'),
  );
  const mixture = fc.array(
    fc.oneof(
      fc.nat(lines.length - 1).map((i) => lines[i] as string),
      noise,
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(fc.nat(places.length - 1), mixture, fc.nat(20), (n, mixed, cut) => {
      const place = places[n] as Place;
      const sample = place.samples[0];
      // A part of an own output among them, so that readings come about.
      const own = sample?.output.split('\n').slice(0, cut) ?? [];
      const text = [...mixed.slice(0, 20), ...own, ...mixed.slice(20)].join('\n');
      const {
        suggested: said,
        evidence,
        reads,
      } = readForStep(place.step, place.command, text, sample?.parameters ?? {});
      const printed = normaliseOutput(text);
      for (const { line, text: proof } of evidence) expect(printed[line - 1]).toBe(proof);
      if (said === null) return;
      expect(evidence.length).toBeGreaterThan(0);
      const outcome = place.step.outcomes.find(({ id }) => id === said);
      expect(outcome?.when?.some((ref) => reads.some((id) => ref === `${place.command.id}.${id}`))).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('a megabyte of something else is not recognised, and read at once', () => {
  const text = 'Lorem: ipsum dolor sit amet, 5 of 7.\n'.repeat(28_000);
  const said = new Set(places.map(({ step, command }) => readForStep(step, command, text).suggested));
  expect([...said]).toEqual([null]);
});
