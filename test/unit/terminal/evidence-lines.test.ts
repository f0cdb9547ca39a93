import { describe, expect, test } from 'vitest';
import {
  decodeCoreFrame,
  decodeViewerFrame,
  encodeCommand,
  encodeOutput,
  encodeResize,
  encodeSnapshot,
  FRAME,
} from '../../../electron/contract-terminal.ts';
import { loadHeadless } from '../../../electron/terminal/headless.ts';
import { interpret } from '../../../electron/terminal/interpret.ts';
import { findLines, logicalLines } from '../../../renderer/terminal/logical-lines.ts';
import { type LinkedTerminal, ViewerLink } from '../../../renderer/terminal/viewer-link.ts';

async function bufferOf(text: string, columns = 20) {
  const { Terminal } = await loadHeadless();
  const terminal = new Terminal({ cols: columns, rows: 5, scrollback: 100, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(text, done));
  return terminal.buffer.active;
}

describe('evidence lines are found in the terminal', () => {
  const output = 'Name : EX01\r\nAuth : BasicAuth, BasicAuthRequireTLS\r\n\r\nName : EX02\r\nName : EX01\r\n';

  test('as the core has read them, wrapped ones with all their rows', async () => {
    const { lines } = await interpret(Buffer.from(output), { columns: 20, rows: 5 });
    const found = findLines(logicalLines(await bufferOf(output)), [lines[1] ?? '']);
    expect(found).toMatchObject([{ text: 'Auth : BasicAuth, BasicAuthRequireTLS', row: 1, rows: 2 }]);
  });

  test('each after the one before it; one that occurs once is found once; blanks and strangers never', async () => {
    const lines = logicalLines(await bufferOf(output));
    expect(findLines(lines, ['Name : EX02', 'Name : EX01']).map((line) => line.row)).toEqual([4, 5]);
    expect(findLines(lines, ['Name : EX02', 'Name : EX02'])).toHaveLength(1);
    expect(findLines(lines, ['Name : EX01', 'Name : EX01', 'Name : EX01']).map((line) => line.row)).toEqual([0, 5]);
    expect(findLines(lines, ['', '   ', 'Name : EX03'])).toEqual([]);
  });

  test('only from the given row on', async () => {
    expect(findLines(logicalLines(await bufferOf(output), 3), ['Name : EX01']).map((line) => line.row)).toEqual([5]);
  });
});

describe('frames', () => {
  test('come back as they were', () => {
    const header = { columns: 80, rows: 24, state: 'ready', commands: [{ id: 1, line: 3, result: 'ok' }] } as const;
    const text = Buffer.from('ä\x1b[0m');
    expect(decodeCoreFrame(encodeSnapshot({ ...header, commands: [...header.commands] }, text))).toEqual({
      type: 'snapshot',
      header,
      text: new Uint8Array(text),
    });
    expect(decodeViewerFrame(encodeResize(300, 2))).toEqual({ type: 'resize', columns: 300, rows: 2 });
  });

  test('that are damaged are none', () => {
    expect(decodeCoreFrame(Uint8Array.of())).toBeNull();
    expect(decodeCoreFrame(Uint8Array.of(FRAME.snapshot, 0, 0, 1, 0, 123))).toBeNull();
    expect(decodeCoreFrame(Uint8Array.of(FRAME.command, 123))).toBeNull();
    expect(decodeViewerFrame(Uint8Array.of(FRAME.ack, 1, 2))).toBeNull();
    expect(decodeViewerFrame(encodeResize(0, 5))).toBeNull();
  });
});

test('a viewer acknowledges what was parsed, not what was received', async () => {
  const sent: Uint8Array[] = [];
  let receive: (bytes: Uint8Array) => void = () => {};
  const parsed: (() => void)[] = [];
  const terminal: LinkedTerminal = {
    snapshot: (_header, _text, done) => parsed.push(done),
    output: (_bytes, done) => parsed.push(done),
    size: () => {},
    command: () => {},
    state: () => {},
    closed: () => {},
  };
  const link = new ViewerLink(
    {
      send: (bytes) => sent.push(bytes),
      onMessage: (listener) => (receive = listener),
      onClose: () => {},
      close: () => {},
    },
    terminal,
  );
  receive(encodeOutput(new Uint8Array(100)));
  receive(encodeOutput(new Uint8Array(50)));
  receive(encodeCommand({ id: 1, phase: 'start', result: null }));
  await new Promise((done) => setTimeout(done, 60));
  expect(sent).toEqual([]);
  for (const done of parsed) done();
  await new Promise((done) => setTimeout(done, 60));
  expect(sent.map(decodeViewerFrame)).toEqual([{ type: 'ack', bytes: 150 }]);
  link.dispose();
});
