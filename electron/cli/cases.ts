import { casesFolder, openDoor } from './door.ts';
import type { Output } from './output.ts';
import { printTable } from './table.ts';

export async function cases(out: Output): Promise<number> {
  const { client } = await openDoor();
  const list = await client.cases.list();
  for (const { id, fault } of list) if (fault) out.note(`${id}: ${fault} See \`fieldguide verify ${id}\`.`);
  if (out.json) {
    out.document(
      list.map(({ id, title, ticket, state, wizard, verdict, parameters, head }) => ({
        id,
        title,
        ticket,
        state,
        wizard,
        verdict,
        parameters,
        head,
      })),
    );
  } else if (list.length === 0) {
    out.note(`There are no cases in ${casesFolder()}. Begin one with \`fieldguide run\`.`);
  } else {
    const rows = list.map((each) => [
      each.id,
      each.changedAt.slice(0, 16).replace('T', ' '),
      each.state,
      each.ticket || '-',
      `${each.title}: ${each.standing}`,
    ]);
    printTable(out, ['id', 'changed (UTC)', 'state', 'ticket', 'title'], rows);
  }
  return 0;
}
