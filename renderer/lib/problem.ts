/** What went wrong, in the core's own words and with its remedy. */
export type Problem = { message: string; hint: string | null };

/** A core's refusal carries `message` and, in `data`, a `hint`; anything else is put into words here. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error) {
    const data = 'data' in error ? error.data : undefined;
    const hint = isRecord(data) && typeof data.hint === 'string' ? data.hint : null;
    return { message: error.message || 'Something went wrong without a message.', hint };
  }
  return { message: String(error), hint: null };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
