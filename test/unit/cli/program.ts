/** The command line as it ships: bundled with the wizards of this checkout, started as a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeLibrary } from '../../../electron/build/write-library.ts';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at as a program without our types would
export type Json = any;
export type Message = { type: string; [key: string]: Json };
export type Result = { code: number | null; stdout: string; stderr: string };

const ROOT = resolve(import.meta.dirname, '../../..');

/** Bundles into a folder below node_modules, where the programs find the native package as they do in dist. */
export async function buildProgram(): Promise<Program> {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'cli-test-'));
  const { bundlePrograms } = await import('../../../electron/build/bundle-programs.mjs');
  await bundlePrograms(folder);
  const library = await compileLibrary(readYamlFolder(join(ROOT, 'wizards')));
  writeLibrary(library, join(folder, 'library.json'));
  cpSync(join(ROOT, 'electron/terminal/integration'), join(folder, 'integration'), { recursive: true });
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Fieldguide</title>');
  return new Program(folder);
}

export class Program {
  readonly folder: string;
  /** FIELDGUIDE_HOME and HOME of everything that is started. */
  readonly home: string;

  constructor(folder: string) {
    this.folder = folder;
    this.home = mkdtempSync(join(tmpdir(), 'fieldguide-cli-'));
  }

  /** A path in the data folder, which is also the home of the shells. */
  path(...names: string[]): string {
    return join(this.home, ...names);
  }

  file(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  /** Puts the wizards of test/fixtures/cli/pack into the person's own folder. */
  usePack(): void {
    cpSync(join(ROOT, 'test/fixtures/cli/pack'), this.path('wizards'), { recursive: true });
  }

  start(args: string[], environment: Record<string, string> = {}): ChildProcessWithoutNullStreams {
    const env = { ...process.env, FIELDGUIDE_HOME: this.home, HOME: this.home, NO_COLOR: '', ...environment };
    return spawn(process.execPath, [join(this.folder, 'cli.js'), ...args], { env, cwd: this.home });
  }

  async run(
    args: string[],
    input: string | Uint8Array = '',
    environment: Record<string, string> = {},
  ): Promise<Result> {
    const child = this.start(args, environment);
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    return ended(child);
  }

  /** Runs with --json and reads the one document. */
  async json(
    args: string[],
    input: string | Uint8Array = '',
  ): Promise<{ code: number | null; value: Json; stderr: string }> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], input);
    return { code, value: JSON.parse(stdout), stderr };
  }

  /** Plays a whole walk: all inputs at once, then the end of the input. */
  async play(
    args: string[],
    inputs: (object | string)[],
  ): Promise<{ code: number | null; messages: Message[]; stderr: string }> {
    const lines = inputs.map((input) => (typeof input === 'string' ? input : JSON.stringify(input)));
    const { code, stdout, stderr } = await this.run(
      ['run', ...args, '--json'],
      lines.map((line) => `${line}\n`).join(''),
    );
    const messages = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Message);
    return { code, messages, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true });
  }
}

export async function ended(child: ChildProcessWithoutNullStreams): Promise<Result> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, stdout, stderr };
}

/** Reads a walk line by line, for tests that answer as they go or end the process in the middle. */
export class Conversation {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.child = child;
    this.#lines = lines(child.stdout);
  }

  async next(): Promise<Message> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The program ended without an answer.');
    return JSON.parse(value) as Message;
  }

  send(input: object): void {
    this.child.stdin.write(`${JSON.stringify(input)}\n`);
  }

  /** Sends and reads up to the step or the end that closes every answer. */
  async ask(input: object): Promise<Message[]> {
    this.send(input);
    const answers = [await this.next()];
    while (!['step', 'end'].includes(answers.at(-1)?.type ?? '')) answers.push(await this.next());
    return answers;
  }
}

async function* lines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream) {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

/** A composed event as Event Viewer of Exchange 2003 copies it. */
export const EVENT_7004 = [
  'Event Type:\tError',
  'Event Source:\tMSExchangeTransport',
  'Event Category:\tSMTP Protocol ',
  'Event ID:\t7004',
  'Computer:\tMAIL1',
  'Description:',
  'This is an SMTP protocol error log for virtual server ID 1, connection #12. The remote host "192.0.2.20", responded to the SMTP command "xexch50" with "504 Need to authenticate first  ". The full command sent was "XEXCH50 1092 2  ".  This will probably cause the connection to fail. ',
].join('\r\n');
