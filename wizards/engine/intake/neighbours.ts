/**
 * Logs that stand beside those of mail flow: recognised by their header and named, with what would help instead. They
 * give no findings.
 */
import type { Unfolded } from './unfold.ts';

type Neighbour = {
  /** Within the first characters of the text. */
  header: RegExp;
  name: string;
  /** What it can tell, and which log says more. */
  instead: string;
};

/** Headers stand at the beginning; a mail around them may come first. */
const BEGINNING = 20_000;
const TRACKING =
  'Message tracking, in TransportRoles\\Logs\\MessageTracking of the Exchange folder, says where a message stopped; it is on by default';
const PROTOCOL =
  'The protocol logs SmtpReceive and SmtpSend say what two servers told each other; switch them on with Set-ReceiveConnector or Set-SendConnector -ProtocolLoggingLevel Verbose';

/** Recognised by `#Log-type` (the documentation spells it `#Log-Type`), the field names, or the form of the first lines. */
const NEIGHBOURS: Neighbour[] = [
  {
    header: /^#Log-type: *(?:Anti-?spam )?Agent Log/im,
    name: 'an agent log',
    instead: `It says which filter acted on a message, and why; Get-AgentLog reads it. ${TRACKING}.`,
  },
  {
    header: /^X-MessageSnapshot-(?:Source|UTC-Time|Record-Id|Protocol-Id):/im,
    name: 'a snapshot of pipeline tracing',
    instead: `It is a copy of a message between two agents; compare it with the next one in its folder to see which agent altered it, and switch pipeline tracing off afterwards. ${TRACKING}.`,
  },
  {
    header: /^#Log-type: *HttpProxy/im,
    name: 'a log of the HTTP proxy',
    instead: `It is about Outlook, the web and phones, not about SMTP. ${TRACKING}. ${PROTOCOL}.`,
  },
  {
    header: /^#Log-type: *(?:POP3?|IMAP4?)\b|^#Fields: *dateTime,sessionId,seqNumber,sIp,cIp,user/im,
    name: 'a protocol log of POP or IMAP',
    instead: `It is about fetching mail; what such programs send goes by SMTP. ${PROTOCOL}.`,
  },
  {
    header:
      /^#Fields: (?=[^\r\n]*cs-uri-stem)(?=[^\r\n]*(?:W3SVC|cs\(User-Agent\)|sc-substatus|time-taken))[^\r\n]*[\r\n]+(?:#[^\r\n]*[\r\n]+)*[^#\r\n]* (?:GET|POST|HEAD|OPTIONS|PUT|PROPFIND|RPC_IN_DATA|RPC_OUT_DATA) \//m,
    name: 'a web log of IIS',
    instead: `It is about Outlook, the web and phones, not about SMTP. The SMTP log of Exchange 2000 and 2003 is in LogFiles\\SmtpSvc1 and is switched on at the virtual server (General, Enable logging). From 2007 on: ${PROTOCOL}.`,
  },
  {
    header: /^\[\d\d[./-]\d\d[./-]\d{4} \d\d:\d\d:\d\d\.\d{4}\] \[\d\] /m,
    name: 'the log of Exchange setup',
    instead:
      'Look for the last line with [ERROR] in it, it says where setup stopped. If services are disabled after it, the wizard "Services and ports" goes on from there.',
  },
];

/** Logs of mail flow, which others read. */
const OWN = /SMTP (?:Receive|Send) Protocol|Message Tracking|Transport Connectivity/i;

/** A sentence that names the log and says what would help instead; null for any other text. */
export function remarkOnNeighbours({ text }: Unfolded): string | null {
  const beginning = text.slice(0, BEGINNING).replace(/^(?:[ \t]*>)+ ?/gm, '');
  const known = NEIGHBOURS.find(({ header }) => header.test(beginning));
  if (known) return `This is ${known.name}. ${known.instead}`;
  if (!/^#Software: *Microsoft Exchange/im.test(beginning)) return null;
  const type = /^#Log-type: *([\w /.-]{3,60})$/im.exec(beginning)?.[1]?.trim();
  if (type === undefined || OWN.test(type)) return null;
  return `This is a log of Exchange that says little about mail flow ("${type}"). ${TRACKING}. ${PROTOCOL}.`;
}
