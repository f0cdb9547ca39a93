/** A session of a log as a finding of the intake. */
import type { Finding } from '../intake/finding.ts';
import { parseAddress } from '../parameters/ip-ranges.ts';
import type { SessionDetail } from './session-detail.ts';

/** `source` names the log, `line` and `end` the lines of the text that it stands in. */
export function sessionFinding(session: SessionDetail, source: string, line: number, end?: number): Finding {
  const { stage, reply, connector, helo, sender, recipients, start, direction, auth } = session;
  const host = session.remote;
  const known: [name: string, value: string | null | undefined][] = [
    ['stage', stage],
    ['reply', reply],
    [parseAddress(host) ? 'remote_ip' : 'remote_host', host],
    // Which of the two kinds it is depends on the log.
    [direction === 'send' ? 'send_connector' : 'connector', connector],
    ['helo', helo],
    ['sender', sender],
    ['recipient', recipients[0]],
    ['command', session.xexch50?.command],
    ['delivered', session.delivered > 0 ? String(session.delivered) : null],
    ['mailguard', session.traces.join('; ')],
    ['tarpit', session.tarpit],
    ['mechanism', auth?.mechanism],
    ['account_name', auth?.identity],
    // Called as in the events of a failed logon.
    ['auth_error', / failed because of (\w+)/i.exec(auth?.fault ?? '')?.[1]],
    ['session', session.session],
    [
      session.clock === 'local' ? 'time' : 'time_utc',
      session.clock === 'local' ? start.slice(0, 19).replace('T', ' ') : start,
    ],
  ];
  const outcome = stage === 'none' ? 'nothing failed' : `stopped at ${stage}`;
  return {
    kind: 'session',
    id: stage,
    source,
    title: `Session with ${host || 'an unknown server'}: ${outcome}${reply ? `, ${reply}` : ''}`,
    line,
    ...(end === undefined ? {} : { end }),
    fields: Object.fromEntries(known.filter((pair): pair is [string, string] => Boolean(pair[1]))),
    local: direction === 'send' ? 'the sending server' : direction === 'receive' ? 'the receiving server' : null,
    remote: null,
  };
}
