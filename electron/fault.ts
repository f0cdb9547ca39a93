/** An error that a person is told: a code for programs, a sentence, and what to do. */
export class Fault extends Error {
  readonly code: string;
  readonly hint: string | null;

  constructor(code: string, message: string, hint: string | null = null) {
    super(message);
    this.name = 'Fault';
    this.code = code;
    this.hint = hint;
  }
}

/** The `code` of a system error such as ENOENT, else null. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
