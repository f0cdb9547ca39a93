import { beginWalk, type RunOptions } from './begin-walk.ts';
import { noteLeftOut, openCore } from './content.ts';
import { ending } from './ending.ts';
import type { Output } from './output.ts';
import { Walker } from './walker.ts';

const BY_SIGNAL = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** A walk: for programs with --json, else for a person at a terminal (or a text piped in). */
export async function run(out: Output, wizard: string | undefined, options: RunOptions): Promise<number> {
  const core = await openCore();
  const ended = ending().then((signal) => BY_SIGNAL[signal as keyof typeof BY_SIGNAL]);
  try {
    noteLeftOut(out, await core.content());
    const session = await beginWalk(core, wizard, options);
    const walker = new Walker(core, session, false);
    return await Promise.race([walk(out, walker).then(() => 0), ended]);
  } finally {
    // The lock goes back and the shells end, also when the walk was cut short.
    await core.close();
  }
}

async function walk(out: Output, walker: Walker): Promise<void> {
  const { tornBytes } = walker.session.recorded;
  if (tornBytes > 0)
    out.note(`The last line of the journal was never finished: its ${tornBytes} bytes were set aside beside it.`);
  if (out.json) {
    const { speakProtocol } = await import('./walk-protocol.ts');
    await speakProtocol(walker, process.stdin, (message) => out.line(JSON.stringify(message)));
  } else {
    const { TextWizard } = await import('./text-wizard.ts');
    await new TextWizard(out, walker).walk();
  }
}
