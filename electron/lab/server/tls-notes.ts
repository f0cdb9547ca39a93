/** What Exchange writes into its protocol log about a handshake (facts 4.2). */
import type { TlsFacts } from './connection.ts';

export type LogNote = { data: string; context: string };

export function tlsNotes(agreed: TlsFacts | string, subject: string): LogNote[] {
  if (typeof agreed === 'string') return [{ data: '', context: `TLS negotiation failed with error ${agreed}` }];
  const version = agreed.protocol.replace('TLSv', 'TLS').replace('.', '_');
  const protocol = `SP_PROT_${version === 'TLS1' ? 'TLS1_0' : version}_SERVER`;
  return [
    { data: '', context: 'Sending certificate' },
    { data: `CN=${subject}`, context: 'Certificate subject' },
    { data: '', context: `TLS protocol ${protocol} negotiation succeeded using cipher ${agreed.cipher}` },
  ];
}
