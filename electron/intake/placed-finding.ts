import type { Finding } from '../../wizards/engine/intake/finding.ts';
import { fileOf, lineIn } from '../../wizards/engine/logs/place.ts';

/** A finding whose lines are places, with its file as its source and lines of that: its own, and those of its way. */
export function placed(finding: Finding, nameOf: (file: number) => string): Finding {
  const { end: _, ...rest } = finding;
  return {
    ...rest,
    source: nameOf(fileOf(finding.line)),
    line: lineIn(finding.line),
    ...(finding.way ? { way: finding.way.map((point) => ({ ...point, line: lineIn(point.line) })) } : {}),
  };
}
