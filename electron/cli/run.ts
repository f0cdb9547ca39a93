import { join } from 'node:path';
import { beginWalk, folderNamed, type RunOptions } from './begin-walk.ts';
import { casesFolder, noteLeftOut, openDoor } from './door.ts';
import { ending } from './ending.ts';
import type { Output } from './output.ts';
import { Walker } from './walker.ts';

const BY_SIGNAL = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** A walk: for programs with --json, else for a person at a terminal (or a text piped in). */
export async function run(out: Output, wizard: string | undefined, options: RunOptions): Promise<number> {
  const folder = folderNamed(options);
  const { client, close } = await openDoor({ unattended: true, ...(folder === null ? {} : { folder }) });
  const ended = ending().then((signal) => BY_SIGNAL[signal as keyof typeof BY_SIGNAL]);
  try {
    await noteLeftOut(out, client);
    const id = await beginWalk(client, wizard, options);
    const walker = await Walker.at(client, id, folder ?? join(casesFolder(), id));
    return await Promise.race([walk(out, walker).then(() => 0), ended]);
  } finally {
    // The lock goes back and the shells end, also when the walk was cut short.
    await close();
  }
}

async function walk(out: Output, walker: Walker): Promise<void> {
  const { tornBytes } = walker.view;
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
