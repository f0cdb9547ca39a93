/** The list that a server gives in answer to EHLO (RFC 5321, section 4.1.1.1). */
import type { Reply } from './reply-reader.ts';

/** Keywords with their parameters, as announced. The OK that ends the list of Exchange 2003 is none. */
export const capabilitiesOf = ({ lines }: Pick<Reply, 'lines'>): string[] =>
  lines
    .slice(1)
    .map((line) => line.slice(4).trim())
    .filter((line) => line !== '' && !/^OK$/i.test(line));

/** `AUTH=LOGIN`, as servers of old write it beside the standard's form, is AUTH too. */
export const keywordOf = (capability: string): string => (capability.split(/[\s=]/, 1)[0] ?? '').toUpperCase();

export const announces = (capabilities: readonly string[] | null, keyword: string): boolean =>
  capabilities?.some((one) => keywordOf(one) === keyword) ?? false;

/** Inspection writes X over each letter of what it does not know: `XXXXXXXA` (Microsoft KB 320027). */
export const isMasked = (capability: string): boolean => /^X{3,}[A-Z]?$/.test(keywordOf(capability));
