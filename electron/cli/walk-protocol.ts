/** The walk for programs: JSON Lines both ways, strictly in order. */
import { Fault } from '../fault.ts';
import { failureOf } from './failure.ts';
import { linesOf } from './lines.ts';
import { echoOf, LONGEST_LINE, parseLine, type WalkInput } from './walk-input.ts';
import { captureMessage, endMessage, readingMessage, standing, verdictMessage } from './walk-messages.ts';
import type { Walker } from './walker.ts';

type Send = (message: object) => void;

/** Says where the walk stands, then answers each line until `quit` or the end of the input. */
export async function speakProtocol(
  walker: Walker,
  input: AsyncIterable<Uint8Array | string>,
  send: Send,
): Promise<void> {
  begin(walker, send);
  for await (const line of linesOf(input, LONGEST_LINE)) {
    if ('text' in line && line.text.trim() === '') continue;
    const text = 'text' in line ? line.text : '';
    try {
      if (!('text' in line))
        throw new Fault('too-long', 'This line is too long to be read.', 'Send less output at once.');
      const message = parseLine(text);
      if (message.type === 'quit') return;
      await answer(walker, message, send);
    } catch (error) {
      const { code, message, hint } = failureOf(error);
      send({
        type: 'error',
        code,
        message: hint ? `${message} ${hint}` : message,
        input: 'text' in line ? echoOf(text, code) : null,
      });
      send(standing(walker.view));
    }
  }
}

/** A finished case answers with its verdict before its end. */
function begin({ view }: Walker, send: Send): void {
  if (!view.step && view.verdict) send(verdictMessage(view.verdict));
  send(standing(view));
}

async function answer(walker: Walker, message: Exclude<WalkInput, { type: 'quit' }>, send: Send): Promise<void> {
  switch (message.type) {
    case 'set':
      await walker.set(message.name, message.value);
      break;
    case 'back':
      await walker.back(message.to);
      break;
    case 'paste': {
      const { reading } = await walker.paste(message.command, message.shell, message.output);
      send(readingMessage(message.command, reading));
      break;
    }
    case 'run': {
      const { capture, reading } = await walker.run(message);
      send(captureMessage(capture, await walker.outputOf(capture)));
      send(readingMessage(message.command, reading));
      break;
    }
    case 'choose': {
      const { verdict } = await walker.choose(message.outcome, message.note);
      if (verdict) send(verdictMessage(verdict));
    }
  }
  send(walker.view.step ? standing(walker.view) : endMessage(walker.view));
}
