/** The line of the command line that asks for the same probe. */
export type ProbeLineRequest =
  | {
      kind: 'smtp';
      target: string;
      until: string;
      tls: string;
      from?: string | undefined;
      to?: string | undefined;
      helo?: string | undefined;
      bytes?: number | undefined;
    }
  | { kind: 'relay'; target: string; foreign: string; own: string }
  | { kind: 'dns'; target: string; resolvers?: readonly string[] | undefined; followSpf: boolean }
  | { kind: 'ip'; target: string; resolvers?: readonly string[] | undefined; helo?: string | undefined };

/** For reading, and to type it again: values with blanks or quotes stand in double quotes. */
export function probeLine(request: ProbeLineRequest): string {
  const given = optionsOf(request).flatMap(([name, value]) =>
    value === undefined || value === '' || value === false ? [] : value === true ? [name] : [name, quoted(value)],
  );
  return ['fieldguide probe', request.kind, quoted(request.target), ...given].join(' ');
}

type Option = [name: string, value: string | boolean | undefined];

function optionsOf(request: ProbeLineRequest): Option[] {
  switch (request.kind) {
    case 'smtp': {
      const { until, tls, helo, from, to, bytes } = request;
      return [
        ['--until', until],
        ['--tls', tls === 'starttls' ? undefined : tls],
        ['--helo', helo],
        ['--from', from],
        ['--to', to],
        ['--xexch50', until === 'blob' && bytes !== undefined ? String(bytes) : undefined],
      ];
    }
    case 'relay':
      return [
        ['--foreign', request.foreign],
        ['--own', request.own],
      ];
    case 'dns':
      return [...resolvers(request), ['--follow-spf', request.followSpf]];
    case 'ip':
      return [...resolvers(request), ['--helo', request.helo]];
  }
}

const resolvers = (request: { resolvers?: readonly string[] | undefined }): Option[] =>
  (request.resolvers ?? []).map((one): Option => ['--resolver', one]);

const quoted = (value: string): string => (/^[\w@.:+-]+$/.test(value) ? value : JSON.stringify(value));
