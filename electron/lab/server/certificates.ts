/** Certificates of the lab server: made when they are first needed, kept in memory only, trusted by nobody. */
// The library looks for this polyfill when it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { LabProfile } from '../../../wizards/engine/schema.ts';

/** PEM, and the name for which it was made out. */
export type LabCertificate = { key: string; certificate: string; subject: string };
export type CertificateKind = NonNullable<LabProfile['certificate']>;

const DAY = 24 * 60 * 60 * 1000;
/** Valid from and to, in days from now. */
const VALIDITY: Record<CertificateKind, [from: number, to: number]> = {
  valid: [-30, 335],
  expired: [-366, -1],
  'not-yet-valid': [30, 395],
  'other-name': [-30, 335],
};
const OTHER_NAME = 'old-mail.fabrikam.com';
/** RSA, since servers of all these generations have such keys and old cipher suites need them. */
const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

let keys: Promise<CryptoKeyPair> | null = null;
const made = new Map<string, Promise<LabCertificate>>();

/** A self-signed certificate for a host, as PEM. The same host and kind give the same one while the process lives. */
export function labCertificate(host: string, kind: CertificateKind): Promise<LabCertificate> {
  const name = `${kind} ${host}`;
  const known = made.get(name) ?? make(host, kind);
  made.set(name, known);
  return known;
}

async function make(host: string, kind: CertificateKind): Promise<LabCertificate> {
  keys ??= crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  const pair = await keys;
  const now = Date.now();
  const [from, to] = VALIDITY[kind].map((days) => new Date(now + days * DAY)) as [Date, Date];
  const subject = kind === 'other-name' ? OTHER_NAME : host;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${subject}`,
    notBefore: from,
    notAfter: to,
    keys: pair,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(namesOf(subject, kind)),
    ],
  });
  const der = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { key: x509.PemConverter.encode(der, 'PRIVATE KEY'), certificate: certificate.toString('pem'), subject };
}

function namesOf(subject: string, kind: CertificateKind): x509.JsonGeneralName[] {
  if (kind === 'other-name') return [{ type: 'dns', value: subject }];
  return [
    { type: 'dns', value: subject },
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
    { type: 'ip', value: '::1' },
  ];
}
