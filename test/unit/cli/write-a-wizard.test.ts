/** The chapter "Write a wizard" of the README, followed to the letter by somebody who has only the program. */
import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildProgram, type Program } from './program.ts';

// Every test starts processes, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const chapter = /## Write a wizard\n([\s\S]*?)\n## /.exec(readFileSync('README.md', 'utf8'))?.[1] as string;
const blocks = (language: string): string[] =>
  [...chapter.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) => block as string);
const [wizard, additions] = blocks('yaml') as [string, string];
const name = /Save this there as `([^`]+)`/.exec(chapter)?.[1] as string;
const [command] = blocks('sh') as [string];
const [, typed, slip] = /say `next: (\w+)`/.exec(chapter)
  ? ['', 'blocked', /say `next: (\w+)`/.exec(chapter)?.[1]]
  : [];

/** Replaces the line of each outcome by the line of the chapter that has the same id. */
const withAdditions = additions
  .trimEnd()
  .split('\n')
  .reduce((text, line) => {
    const id = /id: (\w+),/.exec(line)?.[1] as string;
    return text
      .split('\n')
      .map((old) => (old.includes(`{ id: ${id},`) ? line : old))
      .join('\n');
  }, wizard);

const OPEN =
  'ComputerName     : mail2.contoso.com\nRemoteAddress    : 192.0.2.20\nRemotePort       : 25\nTcpTestSucceeded : True\n';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
  mkdirSync(program.path('wizards'));
}, 60_000);
afterAll(() => program.remove());

const walk = async (inputs: string[], ...options: string[]): Promise<string> => {
  const args = command.trim().replace('npx fieldguide ', '').split(' ');
  const { code, stdout, stderr } = await program.run([...args, ...options], inputs.map((line) => `${line}\n`).join(''));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
};

test('the chapter has one file, one command and two lines to add', () => {
  expect(command.trim()).toBe('npx fieldguide run port-25');
  expect(blocks('sh')).toHaveLength(1);
  expect(additions.trim().split('\n')).toHaveLength(2);
  expect(wizard.match(/^ {2}- id:/gm)).toHaveLength(3);
});

test('the file saved and the command typed: the wizard walks from its question to its verdict', async () => {
  program.file(`wizards/${name}`, wizard);
  const screen = await walk(['2'], '--case', program.path('first'));
  expect(screen).toContain('Does the other server answer on port 25?');
  expect(screen).toContain('Verdict: Nothing answers on port 25');
  expect(screen).toContain('A firewall or a stopped service stands in the way.');
});

test('with the two lines added the output suggests the answer', async () => {
  program.file(`wizards/${name}`, withAdditions);
  expect(withAdditions).not.toBe(wizard);
  const screen = await walk(['p W2', ...OPEN.trimEnd().split('\n'), '.'], '--case', program.path('second'));
  expect(screen).toMatch(/1 {2}Yes {3}<- suggested by the output\n.*TcpTestSucceeded : True/);
});

test('the slip of the pen is named with its line and what was meant', async () => {
  const path = program.file(`wizards/${name}`, withAdditions.replace(`next: ${typed}`, `next: ${slip}`));
  const { code, value } = await program.json(['lint', path]);
  expect(code).toBe(1);
  const line = withAdditions.split('\n').findIndex((text) => text.includes(`next: ${typed}`)) + 1;
  expect(value.diagnostics).toContainEqual(
    expect.objectContaining({ code: 'FG201', line, hint: expect.stringContaining(`"${typed}"`) }),
  );
});
