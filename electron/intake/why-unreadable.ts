import { systemCode } from '../fault.ts';

/** Thrown with a reason that stands behind the file's name. */
export class NotRead extends Error {}

/** The reason in words that stand behind a file's name. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof NotRead) return error.message;
  const code = systemCode(error);
  if (code === 'EACCES' || code === 'EPERM') return 'this account may not read it';
  if (code === 'ENOENT') return 'it is gone';
  if (code === 'EBUSY') return 'another program has it open for itself';
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
