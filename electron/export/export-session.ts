/** The checklist of a case in one of the export formats. */
import { checklist } from '../../wizards/engine/checklist.ts';
import type { CaseSession } from '../cases/case-session.ts';
import type { ExportFormat } from '../contract.ts';
import type { Core } from '../core.ts';
import { exportCase } from './export.ts';

export function exportSession(session: CaseSession, format: ExportFormat, core: Core) {
  const outputOf = (hash: string) => session.textOf(hash);
  const model = checklist(session.library, session.state, {
    head: session.recorded.head,
    exportedAt: core.clock().toISOString(),
    exportedBy: core.settings.get().operator,
    product: `Fieldguide ${core.options.version}`,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    outputOf,
    lines: (hash: string) => outputOf(hash)?.split('\n'),
  });
  return exportCase(model, format);
}
