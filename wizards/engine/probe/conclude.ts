/** What an observation means: findings with the lines that prove them, notes, and the wizards that go on from here. */
import type { KnownProbeFinding } from '../schema.ts';
import { announces } from './capability-list.ts';
import type { Observation } from './observation.ts';
import type { ProbeFinding, ProbeResult, ProbeStep } from './probe-result.ts';
import { findingLines } from './probe-rules.ts';
import { SOFTWARE_WORDS, type Software, softwareOf } from './software.ts';

type Known = ReadonlyMap<string, KnownProbeFinding>;
type NumberedLine = { stage: ProbeResult['stages'][number]['name']; step: ProbeStep };
export type Conclusion = Pick<ProbeResult, 'software' | 'findings' | 'notes' | 'suggestions' | 'stage'>;
/** Values that a wizard is begun with. */
export type ProbeParameters = Record<string, string>;

const MOST_LINES = 20;

/** `known` is asked for only where something was found. */
export async function conclude(
  observation: Observation,
  stages: ProbeResult['stages'],
  known: () => Promise<Known>,
  parameters: ProbeParameters,
): Promise<Conclusion> {
  const found = findingLines(observation);
  const published: Known = found.length > 0 ? await known() : new Map();
  const findings = provenFindings(found, stages, published);
  const greeting = observation.exchanges.find(({ verb }) => verb === 'banner')?.reply?.lines[0];
  const software = softwareOf(greeting);
  return {
    stage: stages.find(({ status }) => status === 'fail')?.name ?? 'none',
    software: software && SOFTWARE_WORDS[software],
    findings,
    notes: notesOf(observation, software),
    suggestions: suggestionsOf(findings, published, parameters),
  };
}

/** Findings with their published wording and the lines that prove them. */
export function provenFindings(
  found: readonly { code: string; lines: readonly number[] }[],
  stages: ProbeResult['stages'],
  known: Known,
): ProbeFinding[] {
  const lines = stages.flatMap(({ name, steps }) => steps.map((step): NumberedLine => ({ stage: name, step })));
  return found.map(
    ({ code, lines: at }): ProbeFinding => ({
      code,
      message: known.get(code)?.message ?? code,
      evidence: [...new Set(at)].slice(0, MOST_LINES).flatMap((line) => {
        const proof = lines[line - 1];
        return proof ? [{ stage: proof.stage, line, text: proof.step.text }] : [];
      }),
    }),
  );
}

/** Of each wizard the finding that speaks most for it, best first. */
export function suggestionsOf(
  findings: readonly ProbeFinding[],
  known: Known,
  parameters: ProbeParameters,
): ProbeResult['suggestions'] {
  const best = new Map<string, ProbeResult['suggestions'][number]>();
  for (const { code, message, evidence } of findings) {
    const entry = known.get(code);
    if (!entry || (best.get(entry.wizard)?.score ?? 0) >= entry.score) continue;
    const [first] = evidence;
    const reply: ProbeParameters = first && /^[2-5]\d\d[ -]/.test(first.text) ? { reply: first.text } : {};
    best.set(entry.wizard, {
      wizard: entry.wizard,
      step: entry.step,
      score: entry.score,
      why: first ? `${message} (Line ${first.line}: ${first.text})` : message,
      parameters: { ...parameters, ...reply },
    });
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

type Note = [text: string, holds: (seen: Observation, software: Software | null) => boolean];
const lists = ({ capabilities }: Observation): string[] => [
  ...(capabilities.before ?? []),
  ...(capabilities.after ?? []),
];
const isExchange = (software: Software | null): boolean => software?.startsWith('exchange') ?? false;

/** What is normal, and what this result does not prove. */
const NOTES: Note[] = [
  [
    'The certificate is not trusted by this computer. Between Exchange servers of one organisation a self-signed certificate is normal; TLS works all the same.',
    ({ tls }, software) => tls !== null && !tls.trusted && isExchange(software),
  ],
  [
    'The certificate is not trusted by this computer. Between mail servers on the Internet that is common, and mail is sent all the same.',
    ({ tls }, software) => tls !== null && !tls.trusted && !isExchange(software),
  ],
  [
    'TLS 1.3 on the port of SMTP: Exchange does not speak it there, so something else may answer in its place, such as a gateway.',
    ({ tls }, software) => tls?.protocol === 'TLSv1.3' && isExchange(software),
  ],
  [
    'STARTTLS is not offered. As Exchange 2003 and earlier are installed they have no certificate for SMTP, so that is normal there.',
    (seen, software) =>
      (software === 'exchange-2000' || software === 'exchange-2003' || software === 'exchange-5.5') &&
      seen.capabilities.before !== null &&
      seen.tls === null &&
      !announces(seen.capabilities.before, 'STARTTLS'),
  ],
  [
    'XEXCH50 is not announced. Exchange 2016 and later, and servers that are not Exchange, do not know it.',
    (seen, software) =>
      seen.wants.bytes !== null &&
      lists(seen).length > 0 &&
      !announces(lists(seen), 'XEXCH50') &&
      (!isExchange(software) || announces(lists(seen), 'SMTPUTF8')),
  ],
  [
    'X-EXPS is not announced. Only Exchange servers know it.',
    (seen, software) =>
      lists(seen).length > 0 && software !== null && !isExchange(software) && !announces(lists(seen), 'X-EXPS'),
  ],
  [
    'The recipient was taken. That alone proves no delivery: no message was sent.',
    ({ exchanges }) => exchanges.some(({ verb, reply }) => verb === 'RCPT' && reply?.code === 250),
  ],
];

const notesOf = (seen: Observation, software: Software | null): string[] =>
  NOTES.filter(([, holds]) => holds(seen, software)).map(([text]) => text);
