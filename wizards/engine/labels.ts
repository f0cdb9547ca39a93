/** How values are called where they are shown: one source for page, command line and exports. */
import type { Library } from './library.ts';

/** What events and headers name and no parameter describes. */
const FIELDS: Record<string, string> = {
  event_id: 'Event ID',
  level: 'Level',
  time: 'Time',
  time_utc: 'Time (UTC)',
  data_code: 'Code in the data bytes',
  data_text: 'Text in the data bytes',
  data_bytes: 'Data bytes',
  category: 'Category',
  full_command: 'Full command',
  connection: 'Connection',
  generator: 'Written by',
  status: 'Status',
  error: 'Error',
  action: 'Result',
  reporting_server: 'Reporting server',
  hops: 'Hops',
  total_delay: 'Total delay in seconds',
  slowest_hop: 'Slowest hop',
  loop: 'Loop',
  clock_fault: 'Wrong clock',
  refused_by: 'Refused by',
  spf: 'SPF',
  dkim: 'DKIM',
  dmarc: 'DMARC',
  deferred_with: 'Put off before with',
  delivered: 'Messages accepted',
  helo: 'Name of the client (HELO)',
  mailguard: 'Traces of SMTP inspection',
  tarpit: 'Answers held back on purpose',
  mechanism: 'Way of the logon',
  account_name: 'Account',
  auth_error: 'Error of the logon',
  stations: 'Stations of the way',
  tls_cipher: 'TLS cipher',
  tls_version: 'TLS version',
  verification: 'Check of the certificate',
  sentence: 'Sentence',
  words: 'Words',
  log_file: 'File',
  log_bytes: 'Size of the file in bytes',
  log_sha256: 'SHA-256 of the file',
  log_line: 'Line of the file',
};

/** The label of a parameter or of a field of the evidence; for an unknown one its name as words. */
export function labelOf({ parameters }: Pick<Library, 'parameters'>, name: string): string {
  const parameter = parameters.get(name);
  return parameter?.label ?? parameter?.prompt ?? FIELDS[name] ?? asWords(name);
}

/** All labels by name, for a screen that has no library. */
export function labelsOf(library: Pick<Library, 'parameters'>): Record<string, string> {
  const names = [...Object.keys(FIELDS), ...library.parameters.keys()];
  return Object.fromEntries(names.map((name) => [name, labelOf(library, name)]));
}

/** The label of one name in such a list. */
export const labelIn = (labels: Record<string, string>, name: string): string => labels[name] ?? asWords(name);

function asWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
