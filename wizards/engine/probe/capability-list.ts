/** The list that a server gives in answer to EHLO (RFC 5321, section 4.1.1.1). */
import type { Reply } from './reply-reader.ts';

/** Keywords with their parameters, as announced; `250-AUTH=LOGIN` of old servers counts as AUTH. */
export const capabilitiesOf = ({ lines }: Pick<Reply, 'lines'>): string[] =>
  lines
    .slice(1)
    .map((line) =>
      line
        .slice(4)
        .trim()
        .replace(/^AUTH=/i, 'AUTH '),
    )
    .filter((line) => line !== '' && !/^OK$/i.test(line));

export const keywordOf = (capability: string): string => (capability.split(/\s/, 1)[0] ?? '').toUpperCase();

export const announces = (capabilities: readonly string[] | null, keyword: string): boolean =>
  capabilities?.some((one) => keywordOf(one) === keyword) ?? false;

/** Inspection writes X over each letter of what it does not know: `XXXXXXXA` (Microsoft KB 320027). */
export const isMasked = (capability: string): boolean => /^X{4,}[A-Z]?$/.test(keywordOf(capability));
