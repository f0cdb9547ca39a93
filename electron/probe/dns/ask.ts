/** One question to one name server, by UDP or by TCP, within a time limit. */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv6, type Socket } from 'node:net';
import { type DecodedPacket, decode, encode, type Packet, RECURSION_DESIRED } from 'dns-packet';
import type { DnsQuestion, DnsReply, DnsWay } from '../../../wizards/engine/probe/dns/answer.ts';
import { sameName } from '../../../wizards/engine/probe/dns/names.ts';
import { systemCode } from '../../fault.ts';
import { openSocket } from '../open-socket.ts';
import { recordsOf } from './records.ts';
import type { Resolver } from './resolvers.ts';

export type AskOptions = { timeoutMs: number; signal: AbortSignal };
type Answer = Pick<DnsReply, 'outcome' | 'code' | 'truncated' | 'records' | 'bytes' | 'remarks'>;
type Way = { transport: DnsWay['transport']; edns?: number };

/** More datagrams than these that are no answer, and it is not worth listening on. */
const MOST_STRANGE = 50;
/** A name server sends the length of a reply in two bytes (RFC 1035 section 4.2.2). */
const LENGTH_BYTES = 2;

/** Never rejects for what the network or the server does; rejects with the signal's reason. */
export async function ask(
  resolver: Resolver,
  question: DnsQuestion,
  { transport, edns }: Way,
  options: AskOptions,
): Promise<DnsReply> {
  options.signal.throwIfAborted();
  const began = performance.now();
  const id = randomInt(0x1_0000);
  const bytes = encode(queryOf(id, question, edns ?? null));
  const read = (reply: Buffer): Answer | string => readReply(reply, id, question);
  const answer = await (transport === 'UDP' ? byUdp : byTcp)(resolver, bytes, read, options);
  return {
    ...question,
    ...{ resolver: resolver.text, transport, edns: edns ?? null },
    ...answer,
    ms: Math.round(performance.now() - began),
  };
}

function queryOf(id: number, { name, type }: DnsQuestion, edns: number | null): Packet {
  return {
    ...{ type: 'query', id, flags: RECURSION_DESIRED },
    questions: [{ name, type, class: 'IN' }],
    additionals:
      edns === null
        ? []
        : [
            {
              type: 'OPT',
              name: '.',
              udpPayloadSize: edns,
              extendedRcode: 0,
              ednsVersion: 0,
              flags: 0,
              flag_do: false,
              options: [],
            },
          ],
  };
}

/** What the bytes say, or in words why they are no answer to this question. */
function readReply(bytes: Buffer, id: number, question: DnsQuestion): Answer | string {
  let packet: DecodedPacket & { rcode?: string };
  try {
    packet = decode(bytes);
  } catch (error) {
    return `${bytes.length} bytes that cannot be read: ${(error as Error).message}`;
  }
  if (packet.type !== 'response') return 'a question in place of an answer';
  if (packet.id !== id) return 'an answer to another question (its number does not fit)';
  const [asked] = packet.questions ?? [];
  if (asked && (!sameName(asked.name, question.name) || asked.type !== question.type))
    return `an answer to another question (${asked.type} ${asked.name})`;
  return {
    outcome: 'answered',
    code: packet.rcode ?? 'NOERROR',
    truncated: packet.flag_tc,
    records: recordsOf(packet.answers ?? []),
    bytes: bytes.length,
    remarks: [],
  };
}

type Ask = (
  resolver: Resolver,
  query: Buffer,
  read: (reply: Buffer) => Answer | string,
  options: AskOptions,
) => Promise<Answer>;

const nothing = (outcome: DnsReply['outcome'], remarks: string[]): Answer => ({
  ...{ outcome, code: null, truncated: false, records: [], bytes: 0, remarks },
});

/** Asks twice: a datagram may be lost. */
const byUdp: Ask = ({ address, port }, query, read, { timeoutMs, signal }) =>
  new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const remarks: string[] = [];
    let strange = 0;
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      clearTimeout(again);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners().on('error', () => {});
      try {
        socket.close();
      } catch {
        // It never came to be open.
      }
      end();
    };
    const abort = (): void => settle(() => reject(signal.reason));
    const end = (answer: Answer): void => settle(() => resolve(answer));
    const send = (): void => socket.send(query);
    const timer = setTimeout(() => end(nothing(strange > 0 ? 'broken' : 'silent', remarks)), timeoutMs);
    const again = setTimeout(() => connected && send(), timeoutMs / 2);
    let connected = false;
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', (error) => end(nothing('unreachable', [wordsOf(error)])));
    socket.on('message', (bytes) => {
      const answer = read(bytes);
      if (typeof answer !== 'string') return end({ ...answer, remarks });
      strange += 1;
      if (!remarks.includes(answer)) remarks.push(answer);
      if (strange >= MOST_STRANGE) end(nothing('broken', remarks));
    });
    // Connected, the system drops what comes from other addresses and tells of a closed port.
    socket.connect(port, address, () => {
      connected = true;
      send();
    });
  });

const byTcp: Ask = async ({ address, port }, query, read, { timeoutMs, signal }) => {
  const deadline = performance.now() + timeoutMs;
  const opened = await openSocket({ address, port, source: null }, timeoutMs, signal);
  if (!('socket' in opened)) return nothing(opened.error === 'timeout' ? 'silent' : 'unreachable', [opened.text]);
  const { socket } = opened;
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(query.length);
  socket.write(Buffer.concat([length, query]));
  const reply = await oneMessage(socket, deadline - performance.now(), signal);
  if (typeof reply === 'string')
    return nothing(reply === SILENT ? 'silent' : 'broken', reply === SILENT ? [] : [reply]);
  const answer = read(reply);
  return typeof answer === 'string' ? nothing('broken', [answer]) : answer;
};

const SILENT = 'silent';

/** The bytes of one message; else why there are none. Destroys the socket. */
function oneMessage(socket: Socket, ms: number, signal: AbortSignal): Promise<Buffer | string> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners().on('error', () => {});
      socket.destroy();
      end();
    };
    const end = (reply: Buffer | string): void => settle(() => resolve(reply));
    const abort = (): void => settle(() => reject(signal.reason));
    const timer = setTimeout(() => end(SILENT), Math.max(0, ms));
    signal.addEventListener('abort', abort, { once: true });
    socket.on('data', (chunk) => {
      // At most one message of 64 KB and one chunk are held.
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < LENGTH_BYTES) return;
      const size = bytes.readUInt16BE(0);
      if (bytes.length >= LENGTH_BYTES + size) end(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + size));
    });
    socket.on('error', (error) => end(wordsOf(error)));
    socket.on('close', () => end('the connection was closed before the answer was complete'));
    if (signal.aborted) abort();
  });
}

function wordsOf(error: Error): string {
  const code = systemCode(error);
  if (code === 'ECONNREFUSED') return 'no name server listens there';
  if (code === 'ECONNRESET') return 'the connection was reset';
  if (code === 'ENETUNREACH' || code === 'EHOSTUNREACH') return 'there is no way to this address';
  return error.message;
}
