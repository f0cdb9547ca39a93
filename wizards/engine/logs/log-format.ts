/** Which log a text is: by its header lines, else by the look of its first lines. */
export type LogFormat = 'receive' | 'send' | 'protocol' | 'connectivity' | 'tracking' | 'w3c' | 'ncsa' | 'ims';

const PROTOCOL_RECORD = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?,[^,]*,[^,]*,\d+,[^,]*,[^,]*,[-+<>*]?,/;
const NCSA_RECORD = /^\S+ \S+ \S+ \[\d{1,2}\/[A-Za-z]{3}\/\d{4}:\d\d:\d\d:\d\d [-+]\d{4}\] "/;
const IMS_RECORD = /^\d{1,2}\/\d{1,2}\/\d{2,4} \d{1,2}:\d\d:\d\d(?: [AP]M)? : (?:<<<|>>>) /;

/** The format that a `#` line announces, or null where it names none. */
export function formatOfHeader(line: string): LogFormat | null {
  const type = /^#log-type:\s*(.+?)\s*$/i.exec(line)?.[1]?.toLowerCase();
  if (type !== undefined) {
    if (/smtp receive/.test(type)) return 'receive';
    if (/smtp send/.test(type)) return 'send';
    if (/connectivity/.test(type)) return 'connectivity';
    if (/message tracking/.test(type)) return 'tracking';
    return null;
  }
  const fields = /^#fields:\s*(.+?)\s*$/i.exec(line)?.[1]?.toLowerCase();
  if (fields === undefined) return null;
  if (/\bsession-id\b.*\bsequence-number\b/.test(fields)) return 'protocol';
  if (/\bsession\b.*\bdestination\b.*\bdirection\b/.test(fields)) return 'connectivity';
  if (/\bevent-id\b.*\bmessage-id\b/.test(fields)) return 'tracking';
  // The log of IIS's web server has the same fields; its sites are W3SVC.
  if (/\bcs-method\b/.test(fields) && !/\bcs-uri-port\b|\bs-port\b.*\bcs\(user-agent\).*\bsc-substatus\b/.test(fields))
    return 'w3c';
  return null;
}

/** The format that a record shows where the header is missing or wrong. */
export function formatOfRecord(line: string): LogFormat | null {
  if (PROTOCOL_RECORD.test(line)) return 'protocol';
  if (NCSA_RECORD.test(line)) return 'ncsa';
  return IMS_RECORD.test(line) ? 'ims' : null;
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
