const WORDS: Record<string, string> = {
  virtual_server: 'Virtual server',
  remote_host: 'Remote host',
  remote_ip: 'Remote address',
  local_server: 'Local server',
  command: 'Command',
  reply: 'Reply',
  full_command: 'Full command',
  connection: 'Connection',
  event_id: 'Event ID',
  level: 'Level',
  time: 'Time',
  category: 'Category',
};

/** The words for a field of a finding: `remote_host` -> "Remote host". */
export function fieldWords(name: string): string {
  const known = WORDS[name];
  if (known) return known;
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
