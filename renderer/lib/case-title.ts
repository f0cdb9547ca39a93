import type { Finding } from '../../wizards/engine/triage.ts';

/**
 * A title as a colleague would write it, from what was recognised: `MAIL1 → mail2.contoso.com: 504 on XEXCH50`, or the
 * sentence of a symptom.
 */
export function caseTitle(finding: Pick<Finding, 'title' | 'fields'>): string {
  const { sentence } = finding.fields;
  if (sentence) return sentence.replace(/\.$/, '');
  const { local_server: local, remote_host: host, remote_ip: ip, command, reply } = finding.fields;
  const remote = host ?? ip;
  const code = /^\s*([245]\d\d)\b/.exec(reply ?? '')?.[1];
  const what = code && command ? `${code} on ${command.toUpperCase()}` : finding.title;
  if (local && remote) return `${local} → ${remote}: ${what}`;
  return remote ? `${remote}: ${what}` : what;
}
