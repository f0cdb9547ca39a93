import { coverage as coverageOf } from '../../wizards/engine/coverage.ts';
import { loadContent } from './content.ts';
import type { Output } from './output.ts';
import { plain } from './plain.ts';

/** Which rows of the five seed documents the content carries, and where. */
export async function coverage(out: Output): Promise<number> {
  const { rows, covered, missing, elements } = coverageOf(await loadContent(out));
  if (out.json) {
    out.document({ rows, covered, missing, elements });
    return missing.length > 0 ? 1 : 0;
  }
  for (const [row, where] of Object.entries(elements)) out.line(`${row}  ${plain(where.join(', ')) || '-'}`);
  out.line(`${covered} of ${rows} rows are covered.`);
  return missing.length > 0 ? 1 : 0;
}
