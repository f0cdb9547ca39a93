/** Takes apart what Exchange writes when a delivery failed: LastError of a queue, RecipientStatus of tracking. */
import { parseAddress } from '../parameters/ip-ranges.ts';
import { parseReply } from '../reply.ts';

export type LastError = {
  /** The innermost reply, that of the other server; null where no reply is in it. */
  reply: string | null;
  remote_host: string | null;
  remote_ip: string | null;
  /** LRT of the wrapper: when it was last tried. */
  time: string | null;
};

/**
 * Wrappers: `… responded with: "…"`, `Target host responded with error. -> …`, and of 2013 and later
 * `[{LED=…};{MSG=};{FQDN=…};{IP=…};{LRT=…}]` (review additions, C). `Last endpoint attempted was …` names the peer.
 */
export function readLastError(text: string): LastError {
  const { code, enhanced, text: innermost } = parseReply(text);
  const part = (name: string): string | null =>
    new RegExp(`\\{${name}=([^{};]+)\\}`, 'i').exec(text)?.[1]?.trim() || null;
  const host = part('FQDN');
  const endpoint = /Last endpoint attempted was \[?([\da-f.:]+?)\]?:\d{1,5}\b/i.exec(text)?.[1] ?? null;
  const address = [part('IP'), endpoint, host].find((one) => one !== null && parseAddress(one) !== null) ?? null;
  return {
    reply: code === null && enhanced === null ? null : innermost.trim(),
    remote_host: host !== null && parseAddress(host) === null ? host : null,
    remote_ip: address,
    time: part('LRT'),
  };
}
