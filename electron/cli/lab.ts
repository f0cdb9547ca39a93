/** Practice: the cases that there are, and the lab server. */
import { LAB_LOGIN } from '../../wizards/engine/lab/auth-exchange.ts';
import { loadContent } from './content.ts';
import { ending } from './ending.ts';
import type { Output } from './output.ts';
import { printTable } from './table.ts';

/** Lists the practice cases, the easiest first. */
export async function lab(out: Output): Promise<number> {
  const { labs } = await loadContent(out);
  const levels = ['first', 'second', 'third'];
  const list = [...labs.values()]
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
    .map(({ id, title, level }) => ({ id, title, level }));
  if (out.json) out.document(list);
  else
    printTable(
      out,
      ['id', 'level', 'title'],
      list.map(({ id, level, title }) => [id, level, title]),
    );
  return 0;
}

/** Lists what can be wrong with the lab server. */
export async function profiles(out: Output): Promise<number> {
  const { labProfiles } = await loadContent(out);
  const list = [...labProfiles.values()].map(({ id, title, about, servers, stage }) => ({
    id,
    title,
    about,
    servers,
    stage,
  }));
  if (out.json) out.document(list);
  else
    printTable(
      out,
      ['id', 'servers', 'stage', 'title'],
      list.map(({ id, servers, stage, title }) => [id, servers.join(' '), stage, title]),
    );
  return 0;
}

type ServeOptions = { profile: string; server?: string; port: number; implicitTls?: boolean; log?: string };

/** Serves until the process is told to end. Where it listens is one line on stdout, written once it does. */
export async function serveLab(out: Output, options: ServeOptions): Promise<number> {
  const end = ending();
  const library = await loadContent(out);
  const { startLabServer } = await import('../lab/server/start-lab-server.ts');
  const running = await startLabServer({ library, ...options });
  const { host, port, profile, server } = running;
  if (out.json) out.line(JSON.stringify({ host, port, profile, server }));
  else {
    out.line(`${host}:${port}  ${library.labServers.get(server)?.title}, profile ${profile}`);
    out.note(library.labProfiles.get(profile)?.about ?? '');
    out.note(`It knows one account: ${LAB_LOGIN.user}, password ${LAB_LOGIN.password}. Every message is thrown away.`);
    out.note('Press Ctrl+C to end.');
  }
  await end;
  await running.close();
  return 0;
}
