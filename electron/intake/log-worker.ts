/** A thread that reads logs, so that neither the page nor the terminals wait for it. */
import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './log-protocol.ts';
import { LogFileReader } from './read-one-log.ts';

const TELL_EACH_MS = 100;
const port = parentPort;
if (!port) throw new Error('This file is run as a worker.');
const reader = new LogFileReader();
const send = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
let told = 0;

async function answer(message: ToWorker): Promise<void> {
  if (message.type === 'finish') {
    const { rowFindings } = await import('./row-findings.ts');
    if (reader.folds) send({ type: 'finished', ...rowFindings(reader.folds) });
    return;
  }
  const { type, file, source } = message;
  const onBytes = (bytes: number, lines: number): void => {
    const now = performance.now();
    if (now - told < TELL_EACH_MS) return;
    told = now;
    send({ type: 'progress', file, bytes, lines });
  };
  if (type === 'rows') reader.folds ??= new (await import('../../wizards/engine/logs/row-log.ts')).RowFolds();
  const result = await reader.read(file, source, onBytes);
  const { rows, parts } = result;
  const arrays = [rows.whole, rows.wide, parts.whole, parts.offsets, parts.tokens, parts.times];
  send(
    result,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

// One after the other: the reader has one file in hand, and packed ones are read in pieces with pauses between.
let turn = Promise.resolve();
port.on('message', (message: ToWorker) => {
  turn = turn.then(() => answer(message));
});
