/** Finds SMTP sessions in what swaks, telnet, openssl and tcpdump print. */
import type { Stage } from '../logs/stages.ts';
import { parseAddress } from '../parameters/ip-ranges.ts';
import { linesIn } from './clean-lines.ts';
import { type Conversation, type Exchange, readConversation } from './conversation-stage.ts';
import { type Finding, linesOf } from './finding.ts';
import { mailguardTraces } from './mailguard.ts';
import { readPlain } from './plain-transcript.ts';
import { joinReply } from './reply-lines.ts';
import { readSwaks } from './swaks-transcript.ts';
import { readTcpdump } from './tcpdump-transcript.ts';
import type { Transcript } from './transcript.ts';
import type { Unfolded } from './unfold.ts';

const HOST = /^[A-Za-z0-9](?:[\w-]*[A-Za-z0-9])?(?:\.[\w-]+)+$/;
const LONGEST_FIELD = 1000;

/**
 * One finding of kind `session` for each, `most` at the most; its id is the stage (DESIGN section 7). Fields: `stage
 * command full_command reply error remote_host remote_ip helo sender recipient capabilities banner delivered mailguard
 * tls_version tls_cipher certificate verification`, each where it is known. What was sent to log on is in none of them.
 */
export function findSessions(unfolded: Unfolded, known: readonly Finding[], most: number): Finding[] {
  const transcripts = readers(unfolded).flatMap((read) => read(linesIn(unfolded)));
  const taken = linesOf(known);
  return transcripts
    .filter(({ line }) => !taken(line))
    .sort((a, b) => a.line - b.line)
    .slice(0, most)
    .map(findingOf);
}

type Reader = (lines: readonly string[]) => Transcript[];

/** Only those whose marks stand in the text. */
function readers({ text, stream }: Unfolded): Reader[] {
  const swaks = text.includes('=== ') || text.includes('*** ') || text.includes('<-') || text.includes('&lt;-');
  const plain = ['ehlo', 'helo', 'mailfrom', 'rcptto', 'telnet', 'portconnectfailed', 'opensslsclient', 'findstarttls'];
  const smtp = stream.includes('smtp') || stream.includes('ehlo') || stream.includes('connect');
  return [
    ...(swaks && smtp ? [readSwaks] : []),
    ...(text.includes(': Flags [') ? [readTcpdump] : []),
    ...(plain.some((word) => stream.includes(word)) ? [readPlain] : []),
  ];
}

function findingOf(transcript: Transcript): Finding {
  const { tool, line, end, turns } = transcript;
  const talk = readConversation(turns, { byHand: tool === 'telnet' });
  const stage = stageOf(transcript, talk);
  const fields: Record<string, string> = { stage };
  const put = (name: string, value: string | null | undefined): void => {
    const text = value?.trim().slice(0, LONGEST_FIELD).trim();
    if (text) fields[name] = text;
  };
  const at = stage === talk.stage ? talk.at : null;
  put('command', at?.verb || commandBefore(talk, at));
  // The argument of a logon may be the secret itself.
  if (at?.verb && at.argument !== '' && at.stage !== 'auth') put('full_command', withArgument(at));
  if (at && at.code !== null && at.code >= 400) put('reply', joinReply(lastReply(at)));
  put('error', transcript.failure?.text);
  putRemote(transcript, talk, put);
  put('helo', argumentOf(talk, 'ehlo', /^[\w.:[\]-]+/));
  put('sender', argumentOf(talk, 'mail', /<([^<>]+)>/));
  put('recipient', (at?.stage === 'rcpt' ? at.argument.match(/<([^<>]+)>/)?.[1] : null) ?? recipientOf(talk));
  const [first, ...offered] = lastGreeting(talk)?.replies ?? [];
  const keywords = offered.map((text) => text.slice(4).trim());
  if (first) put('capabilities', keywords.filter((word) => word !== 'OK').join(', '));
  put('banner', talk.exchanges.find((one) => one.stage === 'banner')?.replies[0]);
  if (turns.length > 0) fields.delivered = String(talk.delivered);
  put('mailguard', mailguardTraces(talk).join(', '));
  put('tls_version', transcript.tls.version);
  put('tls_cipher', transcript.tls.cipher);
  put('certificate', transcript.tls.certificate);
  // Without a handshake openssl says that all is well.
  if (transcript.failure?.stage !== 'starttls') put('verification', transcript.tls.verification);
  return {
    kind: 'session',
    id: stage,
    source: TOOLS[tool],
    title: titleOf(stage, talk, fields.remote_host ?? fields.remote_ip),
    line,
    end,
    fields,
    local: 'the client of the session',
    remote: 'the server that answered',
  };
}

const TOOLS = { swaks: 'swaks', telnet: 'SMTP session', openssl: 'openssl s_client', tcpdump: 'tcpdump' };

/** What the program says about itself counts where the conversation shows no fault. */
function stageOf({ failure, turns, connected, tool }: Transcript, talk: Conversation): Stage | 'none' {
  if (turns.length === 0) {
    if (failure?.stage) return failure.stage;
    return connected && tool === 'swaks' ? 'banner' : 'none';
  }
  const said = talk.stage === 'none' || talk.stage === 'quit';
  return said && failure?.stage ? failure.stage : talk.stage;
}

/** The command that the data or the BLOB belong to. */
function commandBefore({ exchanges }: Conversation, at: Exchange | null): string | undefined {
  if (!at || (at.stage !== 'blob' && at.stage !== 'data')) return undefined;
  return exchanges.slice(0, exchanges.indexOf(at)).findLast(({ verb }) => verb !== '')?.verb;
}

/** Without the questions of a logon (334) before it. */
const lastReply = ({ replies, code }: Exchange): string[] => replies.filter((line) => line.startsWith(String(code)));

const withArgument = ({ verb, argument }: Exchange): string => `${verb} ${argument}`;

function putRemote(
  { host, address }: Transcript,
  talk: Conversation,
  put: (name: string, value: string | null | undefined) => void,
): void {
  const says = [
    talk.exchanges.find((one) => one.stage === 'banner')?.replies[0],
    lastGreeting(talk)?.replies[0],
  ].flatMap((line) => line?.split(/[ -]/).slice(1) ?? []);
  const named = says.find((word) => HOST.test(word) && !parseAddress(word));
  const typed = host !== null && parseAddress(host) === null ? host : null;
  put('remote_host', named ?? typed);
  put(
    'remote_ip',
    [address, host].find((one) => one !== null && parseAddress(one) !== null),
  );
}

const argumentOf = ({ exchanges }: Conversation, stage: Stage, pattern: RegExp): string | undefined => {
  const found = pattern.exec(exchanges.find((one) => one.stage === stage && one.verb !== '')?.argument ?? '');
  return found?.[1] ?? found?.[0];
};

function recipientOf({ exchanges }: Conversation): string | undefined {
  const refused = exchanges.find(({ stage, code }) => stage === 'rcpt' && code !== null && code >= 400);
  return (refused ?? exchanges.find(({ stage }) => stage === 'rcpt'))?.argument.match(/<([^<>]+)>/)?.[1];
}

/** The last answer to EHLO that was a good one: after TLS the list is another. */
const lastGreeting = ({ exchanges }: Conversation): Exchange | undefined =>
  exchanges.findLast(({ stage, code }) => stage === 'ehlo' && code === 250);

function titleOf(stage: Stage | 'none', { delivered, at }: Conversation, remote: string | undefined): string {
  const who = remote === undefined ? 'An SMTP session' : `An SMTP session with ${remote}`;
  if (stage === 'none') return `${who} in which nothing was refused`;
  if (stage === 'connect' || stage === 'dns') {
    return remote === undefined ? 'No connection was made' : `No connection to ${remote} was made`;
  }
  const silent = at?.code === null ? ' got no answer' : ' failed';
  const still = delivered > 0 ? ', and a message was taken all the same' : '';
  return `${who}: ${WHAT[stage]}${silent}${still}`;
}

const WHAT: Record<Exclude<Stage, 'dns' | 'connect'>, string> = {
  banner: 'the greeting',
  ehlo: 'EHLO',
  starttls: 'TLS',
  auth: 'the logon',
  mail: 'MAIL FROM',
  rcpt: 'RCPT TO',
  xexch50: 'XEXCH50',
  blob: 'the binary data after XEXCH50',
  data: 'the message itself',
  quit: 'QUIT',
};
