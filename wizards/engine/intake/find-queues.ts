/** Finds queues of Exchange: Get-Queue as list or table, rows of the Queue Viewer, CSV. */

import { linesIn } from './clean-lines.ts';
import { type Finding, linesOf } from './finding.ts';
import { readBlocks } from './format-list.ts';
import { findingOfQueue, hasSomethingToSay, isQueueRow, QUEUE_NAMES, type Queue, queueOf } from './queue-record.ts';
import { readConsoleTables, readSeparated } from './table-rows.ts';
import type { Unfolded } from './unfold.ts';

/** A wrapped value of these goes on in lines that are not indented. */
const LONG = new Set(['lasterror']);

/** One finding for each queue that waits, failed, or holds many messages, `most` at the most. */
export function findQueues(unfolded: Unfolded, others: readonly Finding[], most: number): Finding[] {
  const taken = linesOf(others);
  return queuesIn(unfolded)
    .filter((queue) => !taken(queue.record.line) && hasSomethingToSay(queue))
    .slice(0, most)
    .map(findingOfQueue);
}

/** A sentence when queues were pasted and all of them are well; null otherwise. */
export function remarkOnQueues(unfolded: Unfolded, found: readonly Finding[]): string | null {
  if (found.some(({ kind }) => kind === 'queue')) return null;
  const count = queuesIn(unfolded).length;
  if (count === 0) return null;
  const which = count === 1 ? 'The queue in this text is' : `All ${count} queues in this text are`;
  return `${which} well: no error, nothing waits for a retry, and no more messages than are in transit. If a message is missing all the same, follow it with message tracking.`;
}

const TELLS = ['deliverytype', 'nexthopdomain', 'messagecount', 'lasterror'];
const known = new WeakMap<Unfolded, Queue[]>();

/** In the order of their lines; read once for each text. */
function queuesIn(unfolded: Unfolded): Queue[] {
  let queues = known.get(unfolded);
  if (!queues) {
    queues = TELLS.some((word) => unfolded.stream.includes(word)) ? readQueues(linesIn(unfolded)) : [];
    known.set(unfolded, queues);
  }
  return queues;
}

function readQueues(lines: readonly string[]): Queue[] {
  const records = [
    ...readBlocks(lines, QUEUE_NAMES, LONG),
    ...readConsoleTables(lines, QUEUE_NAMES, isQueueRow),
    ...readSeparated(lines, QUEUE_NAMES),
  ];
  return records
    .map(queueOf)
    .filter((queue) => queue !== null)
    .sort((a, b) => a.record.line - b.record.line);
}
