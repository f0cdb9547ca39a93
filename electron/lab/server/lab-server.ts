/**
 * The lab server: speaks SMTP as a kind of mail server does, with a fault if one is wanted. For practice and tests, so
 * it listens on loopback only, delivers nothing, and throws every message away.
 */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { conversationOf } from '../../../wizards/engine/lab/conversation.ts';
import type { LabProfile, LabServer } from '../../../wizards/engine/schema.ts';
import { Fault, systemCode } from '../../fault.ts';
import { labCertificate } from './certificates.ts';
import { Connection } from './connection.ts';
import { Contacts } from './contacts.ts';
import { ProtocolLog } from './protocol-log.ts';
import { type Lab, Session } from './session.ts';
import { Transcript, type TranscriptLine } from './transcript.ts';

export type LabServerOptions = {
  server: LabServer;
  profile: LabProfile;
  /** 127.0.0.1 or ::1. */
  host?: string;
  /** Default: a free one. */
  port?: number;
  implicitTls?: boolean;
  /** File to which a protocol log is written. */
  log?: string;
  /** Delays of the profile times this; with 0 they are none. */
  delayScale?: number;
  /** Milliseconds that it waits for a client, in place of what the server says. */
  idleMs?: number;
  now?: () => Date;
};

export type RunningLabServer = {
  host: string;
  port: number;
  profile: string;
  server: string;
  /** PEM of its certificate, for clients that shall trust it. */
  ca: string;
  /** What was said lately in all sessions. */
  readonly transcript: readonly TranscriptLine[];
  /** Ends all sessions at once. */
  close(): Promise<void>;
};

const LOOPBACK = ['127.0.0.1', '::1'];
const MOST_CONNECTIONS = 1000;

/** Resolves once it listens. Faults: `not-loopback`, `port-taken`, `port-denied`; a log that cannot be written. */
export async function startLab(options: LabServerOptions): Promise<RunningLabServer> {
  const { server, profile, host = '127.0.0.1', port = 0, delayScale = 1, now = () => new Date() } = options;
  if (!LOOPBACK.includes(host)) {
    const message = `The lab server listens on this machine only, not on ${host}.`;
    throw new Fault('not-loopback', message, 'Leave the address out: 127.0.0.1 is taken.');
  }
  const { key, certificate, subject } = await labCertificate(server.host, profile.certificate ?? 'valid');
  const { from, to, ciphers } = profile.tls ?? server.tls;
  const transcript = new Transcript();
  const log = options.log === undefined ? null : await ProtocolLog.open(options.log, server.log, now);
  const contacts = new Contacts((profile.first_contact ?? 0) * 1000 * delayScale, now);
  const lab: Lab = {
    conversation: conversationOf(server, profile),
    context: createSecureContext({
      key,
      cert: certificate,
      minVersion: from,
      maxVersion: to,
      ciphers,
      honorCipherOrder: true,
    }),
    subject,
    implicitTls: options.implicitTls === true,
    delayScale,
    now,
    firstContact: (key) => contacts.isFirst(key),
    watch: (ids, happening) => {
      transcript.watch(ids, happening);
      log?.watch(ids, happening);
    },
  };
  const idleMs = options.idleMs ?? server.idle * 1000;
  const dribble = profile.dribble && {
    bytes: profile.dribble.bytes,
    everyMs: profile.dribble.every * 1000 * delayScale,
  };
  const running = new Set<{ connection: Connection; done: Promise<void> }>();
  let count = 0;
  const receive = (socket: Socket): void => {
    const connection = new Connection(socket, idleMs, dribble ?? null);
    count += 1;
    const one = { connection, done: new Session(lab, connection, sessionId(now(), count)).run() };
    running.add(one);
    void one.done.finally(() => running.delete(one));
  };
  const listener = createServer({ allowHalfOpen: false }, receive);
  listener.maxConnections = MOST_CONNECTIONS;
  try {
    await listen(listener, host, port);
  } catch (error) {
    await log?.close();
    throw error;
  }
  return {
    host,
    port: (listener.address() as AddressInfo).port,
    profile: profile.id,
    server: server.id,
    ca: certificate,
    get transcript() {
      return transcript.lines;
    },
    async close() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const { connection } of running) connection.destroy();
      await Promise.all([...running].map(({ done }) => done));
      await closed;
      await log?.close();
    },
  };
}

/** Sixteen hex digits, as Exchange numbers its sessions. */
function sessionId(now: Date, count: number): string {
  return ((BigInt(now.getTime()) << 20n) | BigInt(count % 0x100000)).toString(16).toUpperCase().padStart(16, '0');
}

async function listen(listener: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, host, resolve);
    });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EADDRINUSE') {
      const hint = 'Choose another with --port, or leave it out for a free one.';
      throw new Fault('port-taken', `Port ${port} is taken by another program.`, hint);
    }
    if (code === 'EACCES') {
      const hint = 'Choose one above 1023 with --port.';
      throw new Fault('port-denied', `Port ${port} may not be used by this account.`, hint);
    }
    throw error;
  }
}
