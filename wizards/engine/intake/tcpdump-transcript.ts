/** The lines that tcpdump prints of port 25 (layout: facts 2.1.5, L5). Of each packet it shows the first line. */
import { newTranscript, noteFailure, type Transcript } from './transcript.ts';

const PACKET =
  /^\s*(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3,9} (?:\S+ +(?:In|Out) +)?IP6? (\S+)\.([\w-]+) > (\S+)\.([\w-]+): Flags \[([^\]]{1,9})\]/;
const SMTP_PORTS = new Set(['25', 'smtp', '587', 'submission', '2525', '717', '465']);
/** Connections beyond this are not told apart. */
const MOST_CONNECTIONS = 2000;

/** One transcript for each connection, in the order of their first packets. */
export function readTcpdump(lines: readonly string[]): Transcript[] {
  const found = new Map<string, Transcript>();
  for (const [index, line] of lines.entries()) {
    if (!line.includes(' > ')) continue;
    const [, from, fromPort, to, toPort, flags] = PACKET.exec(line) ?? [];
    if (from === undefined || to === undefined || fromPort === undefined || toPort === undefined) continue;
    const fromClient = SMTP_PORTS.has(toPort);
    if (!fromClient && !SMTP_PORTS.has(fromPort)) continue;
    const key = fromClient ? `${from} ${fromPort} ${to}` : `${to} ${toPort} ${from}`;
    let transcript = found.get(key);
    if (!transcript) {
      if (found.size === MOST_CONNECTIONS) break;
      transcript = newTranscript('tcpdump', index + 1);
      transcript.address = fromClient ? to : from;
      found.set(key, transcript);
    }
    transcript.end = index + 1;
    readPacket(transcript, fromClient, flags ?? '', line);
  }
  return [...found.values()].filter(({ turns, failure }) => turns.length > 0 || failure?.stage === 'connect');
}

function readPacket(transcript: Transcript, fromClient: boolean, flags: string, line: string): void {
  if (flags.includes('S') && fromClient) noteFailure(transcript, 'connect', 'The connection was not answered');
  else if (flags.startsWith('R')) {
    const by = fromClient ? 'the client' : 'the server, or a device in its name';
    const unanswered = transcript.failure?.stage === 'connect';
    transcript.failure = { stage: unanswered ? 'connect' : null, text: `The connection was reset by ${by}` };
  } else if (transcript.failure?.stage === 'connect') {
    transcript.failure = null;
    transcript.connected = true;
  }
  const text = /: SMTP: (.*)$/.exec(line)?.[1];
  if (text !== undefined) transcript.turns.push({ from: fromClient ? 'client' : 'server', text });
}
