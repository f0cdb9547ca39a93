import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCommand } from '../../../wizards/engine/render.ts';
import { HOSTILE_VALUES } from '../../fixtures/hostile-values.ts';
import { oneValue } from './one-value-command.ts';
import { cmdCommands, commandLineToArgv } from './windows-argv.ts';

const VARIABLES = { PATH: 'expanded', COMSPEC: 'expanded', VALUE: 'expanded', 1: 'expanded' };

/** What the programs of the line get, each as its argument vector. */
function argumentsIn(line: string): string[][] {
  return cmdCommands(line, VARIABLES).map(commandLineToArgv);
}

describe('the model of cmd and of the C runtime', () => {
  test.each([
    ['tool a "b c" d', [['tool', 'a', 'b c', 'd']]],
    ['tool "a\\\\" b', [['tool', 'a\\', 'b']]],
    ['tool "a\\" b"', [['tool', 'a" b']]],
    ['tool a\\\\b', [['tool', 'a\\\\b']]],
    ['tool "a""b"', [['tool', 'a"b']]],
    ['tool ""', [['tool', '']]],
    ['tool a&ver', [['tool', 'a'], ['ver']]],
    ['tool "a&ver"', [['tool', 'a&ver']]],
    ['tool a^&b', [['tool', 'a&b']]],
    ['tool "%PATH%" !PATH!', [['tool', 'expanded', 'expanded']]],
  ])('reads %s as they do', (line, expected) => {
    expect(argumentsIn(line)).toEqual(expected);
  });
});

describe('in cmd the value arrives as one argument and nothing else runs', () => {
  function check(template: string, value: string, expected: (value: string) => string[]): boolean {
    const result = renderCommand(oneValue('cmd', template, value));
    if (!result.ok) return false;
    expect(argumentsIn(result.text), result.text).toEqual([expected(value.trim())]);
    return true;
  }

  test.each([
    ['tool.exe {value}', (value: string) => ['tool.exe', value]],
    ['tool.exe -x {value} "last one"', (value: string) => ['tool.exe', '-x', value, 'last one']],
    ['tool.exe /q:{value}', (value: string) => ['tool.exe', `/q:${value}`]],
  ] as const)('%s: every hostile value that is accepted', (template, expected) => {
    const accepted = HOSTILE_VALUES.filter((value) => check(template, value, expected));
    expect(accepted.length).toBeGreaterThanOrEqual(150);
  });

  test('any other value that is accepted', () => {
    const awkward = fc.string({
      unit: fc.constantFrom(
        '\\',
        ' ',
        '&',
        '|',
        '<',
        '>',
        '(',
        ')',
        "'",
        ',',
        ';',
        '=',
        '\t',
        'a',
        'é',
        '"',
        '%',
        '!',
        '^',
      ),
      maxLength: 12,
    });
    fc.assert(
      fc.property(awkward, (value) => {
        const accepted = check('tool.exe {value} next', value, (kept) => ['tool.exe', kept, 'next']);
        if (/[%!"^\t]/.test(value)) expect(accepted).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['%PATH%', '!PATH!', 'a"b', 'a^b', '"&echo>ran&"'])(
    '%j is refused, with the field and the place',
    (value) => {
      const result = renderCommand(oneValue('cmd', 'tool {value}', value));
      if (result.ok) throw new Error(result.text);
      expect(result.refusals[0]?.code).toBe('cmd-character');
      expect(result.refusals[0]?.message).toMatch(/^The value: .*\(character \d\)\.$/);
    },
  );
});

describe('to a network device', () => {
  test('every hostile value that is accepted is one plain word', () => {
    const accepted = HOSTILE_VALUES.flatMap((value) => {
      const result = renderCommand(oneValue('device', 'show name {value}', value));
      return result.ok ? [result.text] : [];
    });
    expect(accepted).toContain('show name x'.padEnd('show name '.length + 1024, 'x'));
    for (const text of accepted) expect(text).toMatch(/^show name [A-Za-z0-9._:/-]+$/);
  });
});
