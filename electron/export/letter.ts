/** A letter to the postmaster of the other side: what was seen, when (in UTC), and what is asked of them. */
import type { Checklist, EvidenceBrought } from '../../wizards/engine/checklist/model.ts';
import { PRACTICE_WORDS } from '../../wizards/engine/checklist/words.ts';
import { cut, wrap } from './text-layout.ts';
import { oneLine, visible } from './visible.ts';

export const letter = { extension: 'letter.txt', mediaType: 'text/plain;charset=utf-8', write: writeLetter };

const MOST_ITEMS = 5;
const MOST_LINES = 40;
/** Of outputs of our own only what was said on the wire concerns them. */
const WIRE = /^\s*(?:\d+\s+)?(?:\S+\s+)?(?:<-|->|<~|~>|<<<|>>>|\*\*\*|===)\s|^[2-5]\d\d[ -]/;

export function writeLetter(checklist: Checklist): string {
  const { case: about, parameters, verdict } = checklist;
  const value = (name: string): string | null => parameters.find((one) => one.name === name)?.value ?? null;
  const peer = value('remote_host') ?? value('receiving_host') ?? value('remote_ip');
  const domain = value('domain') ?? (peer?.includes('.') ? peer.split('.').slice(-2).join('.') : null);
  const ours = value('local_server') ?? checklist.places.find(({ host }) => host)?.host ?? null;
  const address = value('outbound_ip') ?? value('local_ip');
  const asks = verdict?.asks ?? [];
  const seen = [...wireOf(checklist.evidence), ...sessionsOf(checklist)].slice(0, MOST_ITEMS);
  const paragraphs: string[][] = [
    ...(about.practice === null ? [] : [wrap(PRACTICE_WORDS)]),
    wrap(oneLine(`To: postmaster${domain ? `@${domain}` : ' of the other side'}`)),
    wrap(oneLine(`Subject: Mail between our servers and ${peer ?? 'yours'}: ${about.title || 'a fault'}`)),
    ['Dear colleague,'],
    wrap(
      oneLine(
        `mail from our server${ours ? ` ${ours}` : ''}${address ? ` (${address})` : ''} to your server${peer ? ` ${peer}` : ''} does not go through as it should. What we saw is below; all times are in UTC.`,
      ),
    ),
    ...(seen.length > 0 ? seen : [wrap('We have no lines of a session to show; please ask us for what you need.')]),
    ...(verdict ? [wrap(oneLine(`What we think: ${verdict.title}. ${verdict.cause}`))] : []),
    ...(verdict && verdict.certainty !== 'confirmed' ? [wrap('We are not certain of it.')] : []),
    ['What we ask of you:'],
    ...(asks.length > 0 ? asks : GENERAL).map((ask) => wrap(oneLine(ask), '  - ', '    ')),
    wrap(
      oneLine(
        `Our case number is ${about.ticket || about.id}. Thank you.${about.operator ? ` ${about.operator}` : ''}`,
      ),
    ),
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Where the wizard knows nothing that is for the other side alone. */
const GENERAL = [
  'Please look into the log of your server for the times above, and tell us what it says about these sessions.',
  'Please tell us whether a firewall, a filter or a gateway stands before your server and changes or inspects SMTP.',
];

/** Events, reports, replies and sessions that were brought: the text itself, with its time where it has one. */
const wireOf = (evidence: readonly EvidenceBrought[]): string[][] =>
  evidence
    .filter(({ kind }) => kind !== 'text' && kind !== 'symptom')
    .map(({ title, fields, text, source }) => {
      const time = fields.find(({ name }) => name === 'time' || name === 'date' || name === 'at')?.value;
      const lines = text.lines.slice(0, MOST_LINES).flatMap(({ text: line }) => cut(visible(line), '    ', '      '));
      return [...wrap(oneLine(`${source}: ${title}${time ? `, ${time}` : ''}`)), ...lines];
    });

/** What our own commands heard from their server. */
const sessionsOf = ({ path }: Checklist): string[][] =>
  path.steps
    .flatMap(({ captures }) => captures)
    .flatMap(({ output, startedAt }) => {
      const lines = output.lines.filter(({ text }) => WIRE.test(text)).slice(0, MOST_LINES);
      if (lines.length === 0) return [];
      return [
        [
          `A session of ${startedAt.utc}:`,
          ...lines.flatMap(({ text: line }) => cut(visible(line).replaceAll('\t', '    '), '    ', '      ')),
        ],
      ];
    });
