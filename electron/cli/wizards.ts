import { noteLeftOut, openContentDoor } from './door.ts';
import type { Output } from './output.ts';
import { printTable } from './table.ts';

export async function wizards(out: Output): Promise<number> {
  const { client } = await openContentDoor();
  await noteLeftOut(out, client);
  const list = await client.content.wizards();
  if (out.json) {
    out.document(list.map(({ id, title, partOf, ...rest }) => ({ id, title, ...(partOf ? { partOf } : {}), ...rest })));
  } else {
    printTable(
      out,
      ['id', 'steps', 'verdicts', 'title'],
      list.map((w) => [w.id, `${w.steps}`, `${w.verdicts.length}`, w.title]),
    );
  }
  return 0;
}
