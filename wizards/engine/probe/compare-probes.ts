/** Two probes side by side: what the path between changed, or what a change of settings did. */
import { isMasked, keywordOf } from './capability-list.ts';
import type { ProbeResult } from './probe-result.ts';

export type Difference = {
  /** Such as `greeting`, `STARTTLS`, `reply to RCPT`. */
  what: string;
  /** Null where there was none. */
  a: string | null;
  b: string | null;
};

/** Only what differs, in the order of the conversation. Times and addresses of this computer are left out. */
export function compareProbes(a: ProbeResult, b: ProbeResult): Difference[] {
  const differences: Difference[] = [];
  const add = (what: string, one: string | null, other: string | null): void => {
    if (one !== other) differences.push({ what, a: one, b: other });
  };
  add('greeting', firstReply(a, 'banner'), firstReply(b, 'banner'));
  for (const when of ['before', 'after'] as const) {
    const where = when === 'before' ? 'announced' : 'announced after TLS';
    // Where one has no list at all, that is the difference.
    if (a.capabilities[when] === null || b.capabilities[when] === null) continue;
    for (const keyword of keywordsOf(a, b, when))
      add(`${keyword} ${where}`, announced(a, when, keyword), announced(b, when, keyword));
    add(`keywords written over, ${where}`, maskedIn(a, when), maskedIn(b, when));
  }
  add('TLS', a.tls && `${a.tls.protocol} ${a.tls.cipher}`, b.tls && `${b.tls.protocol} ${b.tls.cipher}`);
  add('certificate', a.tls?.chain[0]?.sha256 ?? null, b.tls?.chain[0]?.sha256 ?? null);
  for (const stage of ['auth', 'mail', 'rcpt', 'xexch50', 'blob'] as const)
    add(`answer at ${stage}`, firstReply(a, stage), firstReply(b, stage));
  const [one, other] = [answers(a), answers(b)];
  for (const question of new Set([...one.keys(), ...other.keys()]))
    add(question, one.get(question) ?? null, other.get(question) ?? null);
  add('stage', a.stage, b.stage);
  for (const code of new Set([...a.findings, ...b.findings].map((one) => one.code))) {
    const message = (result: ProbeResult): string | null =>
      result.findings.find((one) => one.code === code)?.message ?? null;
    add(`finding ${code}`, message(a), message(b));
  }
  return differences;
}

/** The first line that was received; what the probe notes where none was. Times of day in it are no difference. */
function firstReply({ stages }: ProbeResult, name: string): string | null {
  const steps = stages.find((stage) => stage.name === name)?.steps ?? [];
  const line =
    steps.find(({ direction }) => direction === 'received') ?? steps.findLast(({ direction }) => direction === 'note');
  return line?.text.replace(/,? ?(?:ready )?at\s+\w{3}, \d{1,2} \w{3} \d{4} [\d:]+ [+-]\d{4}/, '').trim() ?? null;
}

function keywordsOf(a: ProbeResult, b: ProbeResult, when: 'before' | 'after'): string[] {
  const both = [...(a.capabilities[when] ?? []), ...(b.capabilities[when] ?? [])];
  return [...new Set(both.filter((one) => !isMasked(one)).map(keywordOf))];
}

const announced = ({ capabilities }: ProbeResult, when: 'before' | 'after', keyword: string): string | null =>
  capabilities[when]?.find((one) => keywordOf(one) === keyword) ?? null;

function maskedIn({ capabilities }: ProbeResult, when: 'before' | 'after'): string | null {
  const count = capabilities[when]?.filter(isMasked).length ?? 0;
  return count === 0 ? null : String(count);
}

/** As one result: the findings and suggestions that only one of the two has. */
export function comparison(
  a: ProbeResult,
  b: ProbeResult,
): Omit<ProbeResult, 'kind'> & { kind: 'compare'; differences: Difference[] } {
  const only = <T>(pick: (result: ProbeResult) => T[], key: (item: T) => string): T[] => {
    const [ofA, ofB] = [pick(a), pick(b)];
    const missing = (list: T[]) => (item: T) => !list.some((other) => key(other) === key(item));
    return [...ofA.filter(missing(ofB)), ...ofB.filter(missing(ofA))];
  };
  return {
    ...b,
    kind: 'compare',
    target: `${a.target} and ${b.target}`,
    stages: [],
    findings: only(
      ({ findings }) => findings,
      ({ code }) => code,
    ),
    suggestions: only(
      ({ suggestions }) => suggestions,
      ({ wizard }) => wizard,
    ),
    differences: compareProbes(a, b),
  };
}

/** Of probes of names: what each name server was asked, and what it said. */
function answers({ kind, stages }: ProbeResult): Map<string, string> {
  if (kind !== 'dns' && kind !== 'ip') return new Map();
  const texts = stages.flatMap(({ steps }) => steps.map(({ text }) => text));
  return new Map(
    texts.flatMap((text): [string, string][] => {
      const [, question, says] = /^(\S+ by .*?: \S+ \S+) (.*)$/.exec(text) ?? [];
      return question && says ? [[question, says]] : [];
    }),
  );
}
