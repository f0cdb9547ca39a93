/** The groups of a summary as findings, so that the wizards' triggers can look at them. */
import type { Finding, Suggestion } from '../intake/finding.ts';
import { quotedTrace } from '../intake/mailguard.ts';
import { suggest } from '../intake/suggest.ts';
import type { Library } from '../library.ts';
import { parseAddress } from '../parameters/ip-ranges.ts';
import type { LogSummary, ReplyCount } from './log-summary.ts';

const MOST = 200;
const SAMPLE: Record<string, string> = {
  connect: 'No connection',
  banner: 'Refused at the banner',
  ehlo: 'Refused at EHLO',
  starttls: 'TLS failed',
  auth: 'Authentication failed',
  mail: 'Refused at MAIL FROM',
  rcpt: 'Refused at RCPT TO',
  xexch50: 'XEXCH50 refused',
  blob: 'The BLOB got no answer',
  data: 'The message was not accepted',
  quit: 'No answer to QUIT',
};

/** One finding for each stage and reply, the most frequent first. */
export function findingsOfLogs({ by_reply }: Pick<LogSummary, 'by_reply'>): Finding[] {
  return by_reply.slice(0, MOST).map(findingOf);
}

function findingOf(group: ReplyCount): Finding {
  const { reply, stage, count, overwritten, remote, connector, first, last, at } = group;
  const fields: Record<string, string> = { stage, sessions: String(count) };
  if (reply) fields.reply = reply;
  if (remote !== null && remote !== '') fields[parseAddress(remote) ? 'remote_ip' : 'remote_host'] = remote;
  const site = /^SMTPSVC(\d+)$/i.exec(connector ?? '')?.[1];
  // IIS's sites are virtual servers, no connectors. The name of a receive connector begins with its server.
  if (site) fields.virtual_server = site;
  else if (connector && !/^SMTPSVC$/i.test(connector))
    fields[connector.includes('\\') ? 'connector' : 'send_connector'] = connector;
  const quoted = quotedTrace(reply);
  if (overwritten > 0) fields.mailguard = `masked in ${overwritten} session${overwritten === 1 ? '' : 's'}`;
  else if (quoted) fields.mailguard = quoted;
  fields.first = first;
  fields.last = last;
  const what = `${SAMPLE[stage] ?? stage}${reply ? `: ${reply}` : ''}`;
  return {
    kind: 'session',
    id: stage,
    source: at.file,
    title: `${what} (${count} session${count === 1 ? '' : 's'})`,
    line: at.line,
    fields,
    local: null,
    remote: remote === null ? 'several servers' : remote || null,
  };
}

/**
 * The wizards that fit the groups and what else was found in logs (message tracking, connectivity), each with the
 * lines on which it rests.
 */
export function suggestFromLogs(
  library: Library,
  summary: Pick<LogSummary, 'by_reply' | 'sessions'>,
  others: readonly Finding[] = [],
): Suggestion[] {
  const groups = findingsOfLogs(summary);
  const findings = [...groups, ...others];
  return suggest(library, findings).map((suggestion) => {
    const { source, line, fields, remote } = findings[suggestion.finding] as Finding;
    if (suggestion.finding >= groups.length)
      return { ...suggestion, why: `${suggestion.why} (${source}, line ${line}.)` };
    const share = `${fields.sessions} of ${summary.sessions} sessions`;
    const whom = remote === null ? '' : ` with ${remote}`;
    return { ...suggestion, why: `${suggestion.why} (${share}${whom}; first in ${source}, line ${line}.)` };
  });
}
