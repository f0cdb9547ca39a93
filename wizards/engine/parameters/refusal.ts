/** Why a value or a template is not taken. `position` counts characters (code points) from 1. */
export type Refusal = { code: string; message: string; hint?: string; position?: number };

/** A value after the check, in its normal form, or the reason why it is refused. */
export type Checked = { ok: true; value: string } | { ok: false; refusal: Refusal };

/** A piece of command text, or the reason why the value cannot be written. */
export type Encoded = { ok: true; text: string } | { ok: false; refusal: Refusal };

export function accept(value: string): Checked {
  return { ok: true, value };
}

export function refuse(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}

/** The same refusal as a person reads it: `Receive connector: a line break (character 7).` */
export function named(label: string, refusal: Refusal): Refusal {
  const place = refusal.position === undefined ? '' : ` (character ${refusal.position})`;
  return { ...refusal, message: `${label}: ${refusal.message}${place}.` };
}
