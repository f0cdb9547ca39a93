/** What stands above a diagnosis in a report of Exchange: the recipient, the time, the servers. No word of it is relied on. */
import { lineAt } from './lines.ts';
import { addressAtStart, addressIn } from './report-part.ts';
import type { Unfolded } from './unfold.ts';

export type ReportHead = {
  recipient?: string;
  /** As 2003 writes it behind the recipient. */
  time?: string;
  /** The line of the recipient. */
  line?: number;
  reporting?: string;
  receiving?: string;
};
const NEAR = 8;
const FAR = 60;
/** `Generating server: mbx01.contoso.com`, in any language. */
const SERVER = /^[^:<>@#]{3,60}:\s*([A-Za-z0-9][\w-]*(?:\.[\w-]+)+|[A-Za-z][\w-]{2,30})$/;
const LABELLED_IN_ENGLISH = /^(?:generating|receiving|reporting)\s+server\b/i;
const WHEN = /\s\S{1,8}\s+(\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[:.]\d{2}.{0,12})$/;

/** Reads upwards from a line: the recipient within eight lines, the servers within sixty. */
export function reportHead(unfolded: Unfolded, line: number): ReportHead {
  const head: ReportHead = {};
  const servers: string[] = [];
  for (let number = line - 1; number > 0 && number >= line - FAR; number -= 1) {
    const { text } = lineAt(unfolded, number);
    if (text === '') continue;
    if (/^Received:/i.test(text)) break;
    const server = SERVER.exec(text)?.[1];
    if (server !== undefined && (server.includes('.') || LABELLED_IN_ENGLISH.test(text))) {
      if (/^receiving\b/i.test(text)) head.receiving = server;
      else servers.unshift(server);
      continue;
    }
    // The labelled servers stand together at the top.
    if (servers.length > 0) break;
    if (head.line !== undefined || number < line - NEAR) continue;
    const when = WHEN.exec(text);
    const recipient =
      addressAtStart(text) ?? (when || /[(<][^\s()<>]+@[^\s()<>]+[)>]$/.test(text) ? addressIn(text) : undefined);
    if (recipient === undefined && !when) continue;
    head.line = number;
    if (recipient !== undefined) head.recipient = recipient;
    if (when?.[1]) head.time = when[1].trim();
  }
  if (servers[0] !== undefined) head.reporting = servers[0];
  if (servers[1] !== undefined && head.receiving === undefined) head.receiving = servers[1];
  return head;
}
