import type { Ahead } from '../../wizards/engine/ahead.ts';
import { plural } from './format.ts';

/** "Then 1 to 4 more steps": what may still come, in numbers. At a fix it comes only where the fix does not help. */
export function aheadWords({ least, most, verdicts, elsewhere }: Ahead, kind: string): string {
  const before = kind === 'fix' ? 'If it does not help,' : 'Then';
  if (most === 0 && verdicts.length === 0) return `${before} another wizard`;
  if (most === 0) return elsewhere ? `${before} the verdict, or another wizard` : `${before} the verdict`;
  const steps = plural(most, 'more step');
  if (least === most) return `${before} ${steps}`;
  return least === 0 ? `${before} up to ${steps}` : `${before} ${least} to ${steps}`;
}
