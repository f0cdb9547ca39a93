/** Which log a text is: by its header lines, else by the look of its first lines. */
export type LogFormat = 'receive' | 'send' | 'protocol' | 'connectivity' | 'tracking' | 'w3c' | 'ncsa' | 'ims';

const PROTOCOL_RECORD = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?,[^,]*,[^,]*,\d+,[^,]*,[^,]*,[-+<>*]?,/;
const NCSA_RECORD = /^\S+ \S+ (\S+) \[\d\d\/[A-Za-z]{3}\/\d{4}:\d\d:\d\d:\d\d [-+]\d{4}\] "(\S*)/;
const NCSA_END = / SMTP" \S+ \S+\s*$/;
const IMS_RECORD =
  /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4} \d{1,2}:\d\d:\d\d(?: [AP]M)? : (?:<<<|>>>|A connection was accepted\b)/i;
/** What clients say to an SMTP server, and what a device in the path leaves of it. */
const SMTP_VERB = /^(?:ehlo|helo|mail|rcpt|data|bdat|quit|rset|auth|starttls|xexch50|x-[a-z0-9]+|x{4,}|vrfy|etrn)$/i;
const SMTP_SITE = /^SMTPSVC\d*$/i;
const OUTBOUND = /^OutboundConnection(?:Command|Response)$/i;

/** `#Date: 2006-10-09` as its name, in small letters, and its value. Null when the line is no such header. */
export function readHeader(line: string): { name: string; value: string } | null {
  const colon = line.indexOf(':');
  if (colon < 2 || colon > 40) return null;
  return { name: line.slice(1, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() };
}

/** The format that a `#` line announces, or null where it names none. IIS says the same of its web server. */
export function formatOfHeader(line: string): LogFormat | null {
  const header = readHeader(line);
  if (header?.name === 'log-type') {
    const type = header.value.toLowerCase();
    if (type.includes('smtp receive')) return 'receive';
    if (type.includes('smtp send')) return 'send';
    if (type.includes('connectivity')) return 'connectivity';
    return type.includes('message tracking') ? 'tracking' : null;
  }
  if (header?.name !== 'fields') return null;
  const names = new Set(fieldNames(line).map((name) => name.trim().toLowerCase()));
  const has = (...wanted: string[]): boolean => wanted.every((name) => names.has(name));
  if (has('session-id', 'sequence-number')) return 'protocol';
  if (has('session', 'destination', 'direction')) return 'connectivity';
  if (has('event-id', 'message-id')) return 'tracking';
  return has('cs-method') ? 'w3c' : null;
}

/** The format that a record shows, below these `#Fields` or none. */
export function formatOfRecord(line: string, fields: readonly string[] | null = null): LogFormat | null {
  if (fields && isSmtpRecord(line, fields)) return 'w3c';
  if (PROTOCOL_RECORD.test(line)) return 'protocol';
  if (IMS_RECORD.test(line)) return 'ims';
  const [, user, method] = NCSA_RECORD.exec(line) ?? [];
  if (user === undefined || method === undefined) return null;
  return OUTBOUND.test(user) || SMTP_VERB.test(method) || NCSA_END.test(line) ? 'ncsa' : null;
}

/** Whether a record of IIS is one of its SMTP service: by the site, else by what was said (facts 4.3). */
function isSmtpRecord(line: string, fields: readonly string[]): boolean {
  const values = line.trim().split(/\s+/);
  const value = (name: string): string => {
    const text = values[fields.findIndex((field) => field.trim().toLowerCase() === name)] ?? '-';
    return text === '-' ? '' : text;
  };
  const site = value('s-sitename');
  if (site) return SMTP_SITE.test(site);
  return SMTP_VERB.test(value('cs-method')) || OUTBOUND.test(value('cs-username')) || value('cs-version') === 'SMTP';
}

/** Whether the first lines of a text are those of a log that sessions can be read from. */
export function looksLikeLog(text: string): boolean {
  let from = 0;
  for (let n = 0; n < FIRST_LINES && from < text.length; n += 1) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? Math.min(text.length, from + 2000) : Math.min(end, from + 2000)).trimEnd();
    const format = line.startsWith('#') ? formatOfHeader(line) : formatOfRecord(line);
    if (format !== null) return format !== 'connectivity' && format !== 'tracking';
    if (end < 0) return false;
    from = end + 1;
  }
  return false;
}

const FIRST_LINES = 50;

/** The names of a `#Fields` line: separated by commas in Exchange's logs, by blanks in those of IIS. */
export function fieldNames(line: string): string[] {
  const list = line.slice(line.indexOf(':') + 1).trim();
  return list.includes(',') ? list.split(',') : list.split(/\s+/);
}
