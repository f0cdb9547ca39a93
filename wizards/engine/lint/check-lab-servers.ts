/** The lab server: profiles name servers that are there and texts that each of these has. */
import type { LabProfile, LabServer } from '../schema.ts';
import type { Context } from './context.ts';
import { hintFor } from './did-you-mean.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

export function checkLabServers(context: Context): void {
  const servers = new Map<string, LabServer>();
  for (const file of context.files) if (file.kind === 'lab-server') servers.set(file.content.id, file.content);
  for (const file of context.files) {
    const { source } = file;
    if (file.kind === 'lab-server') checkTexts(context, source, file.content.replies, [file.content]);
    if (file.kind === 'lab-profile') checkProfile(context, source, file.content, servers);
  }
}

function checkProfile(
  context: Context,
  source: SourceFile,
  { servers, replies }: LabProfile,
  known: ReadonlyMap<string, LabServer>,
): void {
  for (const [i, id] of servers.entries()) {
    if (known.has(id) || context.broken.has(id)) continue;
    const hint = hintFor(id, known.keys(), 'Correct the id.');
    context.report('FG213', source, ['servers', i], `There is no lab server "${id}".`, hint);
  }
  const meant = servers.map((id) => known.get(id)).filter((server) => server !== undefined);
  checkTexts(context, source, replies ?? {}, meant);
}

function checkTexts(
  context: Context,
  source: SourceFile,
  replies: NonNullable<LabProfile['replies']>,
  servers: readonly LabServer[],
): void {
  for (const [verb, rules = []] of Object.entries(replies)) {
    for (const [i, { say }] of rules.entries()) {
      const without = say === undefined ? undefined : servers.find(({ texts }) => !Object.hasOwn(texts, say));
      if (say === undefined || !without) continue;
      const path: Path = ['replies', verb, i, 'say'];
      const names = Object.keys(without.texts);
      const hint = hintFor(say, names, `It has: ${names.join(', ') || 'none'}.`);
      context.report('FG214', source, path, `The lab server "${without.id}" has no text "${say}".`, hint);
    }
  }
}
