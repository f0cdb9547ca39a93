/** What message tracking and connectivity logs tell, as findings: those in trouble first. */
import { findingOfConnections } from '../../wizards/engine/intake/find-connectivity.ts';
import { findingOfMessage } from '../../wizards/engine/intake/tracked-message.ts';
import type { RowFolds } from '../../wizards/engine/logs/row-log.ts';
import type { RowsFound } from './log-protocol.ts';

/** So many of each kind are kept. */
const MOST = 300;

export function rowFindings({ tracking, connectivity, files }: RowFolds): RowsFound {
  const { groups, counts } = connectivity.finish();
  const failed = groups.filter(({ stage, reply, error }) => stage !== 'none' || reply !== null || error !== null);
  return {
    tracking: files.tracking.size > 0 ? { files: files.tracking.size, ...tracking.counts() } : null,
    connectivity: files.connectivity.size > 0 ? { files: files.connectivity.size, ...counts } : null,
    findings: [
      ...tracking
        .messages()
        .slice(0, MOST)
        .map((message) => findingOfMessage(message, false)),
      ...failed.slice(0, MOST).map(findingOfConnections),
    ],
  };
}
