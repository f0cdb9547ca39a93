/** The TLS handshake of a probe: nothing about a certificate stops it, everything is written down. */
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  type DetailedPeerCertificate,
  type SecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';

type Tls = NonNullable<ProbeResult['tls']>;
export type Shaken = { socket: TLSSocket; tls: Tls } | { text: string; ours: boolean };

/**
 * Errors with which this program's own library refuses what an old server speaks, or is refused for what it no longer
 * speaks: none of them says that the server is faulty.
 */
const OURS =
  /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|NO_PROTOCOLS_AVAILABLE|NO_CIPHER|NO_SHARED_CIPHER|HANDSHAKE_FAILURE|KEY_TOO_SMALL|TOO_WEAK|INSUFFICIENT_SECURITY|UNSAFE_LEGACY|LEGACY_SIGALG|UNKNOWN_CIPHER|BAD_(?:ECPOINT|DH)/;
const LOWERED: SecureContextOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' };
/** Made once: each holds all the roots that this computer trusts. */
const contexts = new Map<boolean, SecureContext>();

function contextFor(lowered: boolean): SecureContext {
  let context = contexts.get(lowered);
  if (!context) {
    context = createSecureContext(lowered ? LOWERED : {});
    contexts.set(lowered, context);
  }
  return context;
}

export function shakeHands(
  socket: Socket,
  serverName: string,
  { lowered, timeoutMs, signal }: { lowered: boolean; timeoutMs: number; signal: AbortSignal },
): Promise<Shaken> {
  return new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      rejectUnauthorized: false,
      ...(isIP(serverName) ? {} : { servername: serverName }),
      secureContext: contextFor(lowered),
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      secure.removeListener('error', fail);
      secure.removeListener('close', closed);
      settle();
    };
    const give = (text: string, ours: boolean): void =>
      end(() => {
        secure.on('error', () => {});
        secure.destroy();
        socket.destroy();
        resolve({ text, ours });
      });
    const fail = (error: Error): void => {
      const code = String((error as { code?: unknown }).code ?? '');
      give(readable(error, code), OURS.test(code) || OURS.test(error.message.toUpperCase().replaceAll(' ', '_')));
    };
    const closed = (): void => give('the connection was closed within the handshake', false);
    const abort = (): void => {
      give('stopped', false);
      reject(signal.reason);
    };
    const seconds = Number((timeoutMs / 1000).toFixed(1));
    const timer = setTimeout(() => give(`the handshake did not end within ${seconds} s`, false), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    secure.once('error', fail);
    secure.once('close', closed);
    secure.once('secureConnect', () =>
      end(() => resolve({ socket: secure, tls: factsOf(secure, serverName, lowered) })),
    );
  });
}

/** OpenSSL's sentence without its file names and numbers. */
function readable(error: Error, code: string): string {
  const sentence = /:SSL routines:[^:]*:([^:]+):/.exec(error.message)?.[1] ?? error.message.split('\n')[0] ?? '';
  return `${sentence.trim()}${code === '' ? '' : ` (${code})`}`;
}

const MOST_CERTIFICATES = 10;

function factsOf(socket: TLSSocket, serverName: string, lowered: boolean): Tls {
  const first = socket.getPeerCertificate(true);
  const chain: DetailedPeerCertificate[] = [];
  for (let next = first; next?.raw && chain.length < MOST_CERTIFICATES; next = next.issuerCertificate) {
    if (chain.some(({ fingerprint256 }) => fingerprint256 === next.fingerprint256)) break;
    chain.push(next);
  }
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    lowered,
    chain: chain.map(certificateOf),
    trusted: socket.authorized,
    distrust: socket.authorizationError ? String(socket.authorizationError) : null,
    matches: chain.length > 0 && checkServerIdentity(serverName, first) === undefined,
  };
}

function certificateOf(certificate: DetailedPeerCertificate): Tls['chain'][number] {
  const { subject, issuer, subjectaltname, valid_from, valid_to, fingerprint256, bits, asn1Curve } =
    certificate as DetailedPeerCertificate & { asn1Curve?: string };
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    names: (subjectaltname ?? '').split(', ').filter((name) => name !== ''),
    valid_from: new Date(valid_from).toISOString(),
    valid_to: new Date(valid_to).toISOString(),
    key: asn1Curve ? `EC ${asn1Curve}` : `RSA ${bits ?? '?'}`,
    signature: null,
    sha256: fingerprint256.replaceAll(':', ''),
  };
}

const nameOf = (parts: object | undefined): string =>
  Object.entries(parts ?? {})
    .map(([name, value]) => `${name}=${[value].flat().join('+')}`)
    .join(', ');
