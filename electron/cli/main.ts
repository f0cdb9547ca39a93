/** From the words of the command line to an exit code. */
import { CommanderError } from 'commander';
import { type Failure, failureOf, usageFailure } from './failure.ts';
import { Output } from './output.ts';
import { createProgram } from './program.ts';

/** Runs one verb and ends the process. 0 fine, 1 the answer is negative, 2 wrong usage or input, 3 internal error. */
export async function main(args: string[]): Promise<void> {
  // Known before the command line is parsed, since a fault in it has to be answered as JSON too.
  const out = new Output(process, args.includes('--json'));
  out.endQuietlyWhenNobodyReads();
  const code = await runVerb(out, args);
  await out.flush();
  // Stray handles (an idle pty, an open browser) must not keep a finished command alive.
  process.exit(code);
}

async function runVerb(out: Output, args: string[]): Promise<number> {
  let code = 0;
  const program = createProgram(out, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const isBare = error instanceof CommanderError && error.code === 'commander.help';
    if (isBare && !out.json) out.note(program.helpInformation());
    const failure = error instanceof CommanderError ? usageFailure(error) : failureOf(error);
    report(out, failure);
    return failure.exit;
  }
}

function report(out: Output, { exit, code, message, hint, detail }: Failure): void {
  if (out.json) {
    out.line(JSON.stringify({ error: { code, message, hint } }));
    return;
  }
  out.note(`fieldguide: ${message}`);
  if (hint) out.note(hint);
  if (exit === 3 && detail) out.note(detail);
}
