/** What a server says to be, by its greeting. What is normal for it is no fault. */
const GREETINGS: [pattern: RegExp, software: Software][] = [
  [/Microsoft Exchange Internet Mail (?:Service|Connector)/i, 'exchange-5.5'],
  [/Microsoft ESMTP MAIL Service, Version: 5\./i, 'exchange-2000'],
  [/Microsoft ESMTP MAIL Service, Version: [67]\./i, 'exchange-2003'],
  [/Microsoft ESMTP MAIL Service/i, 'exchange-2007'],
  [/\bPostfix\b/i, 'postfix'],
];
/** `exchange-2007` is 2007 and everything after it: the greeting is the same. */
export type Software = 'exchange-5.5' | 'exchange-2000' | 'exchange-2003' | 'exchange-2007' | 'postfix';

export const SOFTWARE_WORDS: Record<Software, string> = {
  'exchange-5.5': 'Exchange 5.5',
  'exchange-2000': 'Exchange 2000, or the SMTP service of Windows 2000',
  'exchange-2003': 'Exchange 2003, or the SMTP service of Windows',
  'exchange-2007': 'Exchange 2007 or later',
  postfix: 'Postfix',
};

export const softwareOf = (greeting: string | undefined): Software | null =>
  GREETINGS.find(([pattern]) => pattern.test(greeting ?? ''))?.[1] ?? null;
