/** The line of the command line that asks for the same probe. */
export type ProbeLineRequest = {
  target: string;
  until: string;
  tls: string;
  from?: string | undefined;
  to?: string | undefined;
  helo?: string | undefined;
  bytes?: number | undefined;
};

/** For reading, and to type it again: values with blanks or quotes stand in double quotes. */
export function probeLine({ target, until, tls, from, to, helo, bytes }: ProbeLineRequest): string {
  const options: [string, string | undefined][] = [
    ['--until', until],
    ['--tls', tls === 'starttls' ? undefined : tls],
    ['--helo', helo],
    ['--from', from],
    ['--to', to],
    ['--xexch50', until === 'blob' && bytes !== undefined ? String(bytes) : undefined],
  ];
  const given = options.flatMap(([name, value]) => (value ? [name, quoted(value)] : []));
  return ['fieldguide probe smtp', quoted(target), ...given].join(' ');
}

const quoted = (value: string): string => (/^[\w@.:+-]+$/.test(value) ? value : JSON.stringify(value));
