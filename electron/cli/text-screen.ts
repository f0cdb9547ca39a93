/** How a step, a reading and a verdict look in a plain terminal: lines of text, nothing redrawn. */
import { CERTAINTY_MARKS, MACHINE_WORDS } from '../../wizards/engine/checklist/words.ts';
import { readableText } from '../../wizards/engine/command-view.ts';
import type { Reading } from '../../wizards/engine/model.ts';
import type { Conversation } from '../../wizards/engine/schema.ts';
import type { CommandView, StepView, WalkView } from '../../wizards/engine/view.ts';
import type { Output, Style } from './output.ts';
import { plain, plainLine } from './plain.ts';
import { oneEach, whyNotRunnable } from './walk-messages.ts';
import type { Walker } from './walker.ts';

const WIDEST = 100;
const MOST_OUTPUT = 40;

export const HELP = [
  'number [words]  choose that answer, with a note if words follow',
  'r [command]     run a command here',
  'p [command]     paste the output of a command that you ran elsewhere; end with a line that holds only a dot',
  'd [command]     a change that you made by hand in a console',
  's name=value    set a parameter; an empty value takes it away',
  'e               examples: what a healthy and a faulty answer look like',
  'w               the way so far, with the numbers for b',
  'b number        go back to that step',
  'n words         add a note',
  'l               show the step again',
  'q               leave; the case is kept and can be continued',
];

/** Breaks text at blanks. Commands are never broken: they are copied from here. */
export function wrap(out: Output, text: string, { indent = '', style }: { indent?: string; style?: Style } = {}): void {
  const write = (line: string): void => out.line(indent + (style ? out.style(style, line) : line));
  const room = Math.min(out.width ?? WIDEST, WIDEST) - indent.length;
  for (const paragraph of plain(text).split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > room) {
        write(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    write(line);
  }
}

export function showStep(out: Output, walker: Walker): void {
  const { view } = walker;
  const { step: at } = view;
  if (!at) {
    showEnd(out, view);
    return;
  }
  const { step } = at;
  out.line();
  out.line(
    out.style(
      'dim',
      `Step ${at.visit} · ${plainLine(at.wizardTitle)}${view.practice === null ? '' : ' · practice, simulated'}`,
    ),
  );
  wrap(out, plainLine(step.title), { style: 'bold' });
  if (step.text) wrap(out, step.text);
  if ('why' in step) {
    wrap(out, `Why: ${step.why}`);
    out.line(`Done on: ${MACHINE_WORDS[step.runs_on]}`);
    for (const note of step.notes ?? []) wrap(out, `Note: ${note}`);
    if (step.kind === 'question' && step.conversation) showConversation(out, step.conversation);
  }
  mark(out, step.certainty);
  for (const path of at.console) wrap(out, `In the console: ${path}`);
  if (step.kind === 'fix') {
    for (const [label, text] of fixFacts(step)) wrap(out, `${label}: ${text}`);
  }
  for (const command of oneEach(at.commands)) showCommand(out, walker, at, command);
  out.line();
  const reading = at.reading?.reading;
  for (const { command, label, evidence } of at.disagreement) {
    out.line(out.style('yellow', `The outputs disagree: “${plainLine(command)}” says ${plainLine(label)}`));
    for (const { line, text } of evidence) out.line(out.style('dim', `       line ${line}: ${plainLine(text)}`));
  }
  for (const [index, { id, label, hint, again }] of at.outcomes.entries()) {
    const suggested = at.suggestion === id;
    const extra = `${hint ? ` (${plainLine(hint)})` : ''}${again ? ' (walked through already)' : ''}`;
    const text = `${String(index + 1).padStart(3)}  ${plainLine(label)}${extra}`;
    out.line(suggested ? out.style('green', `${text}   <- suggested by the output`) : text);
    if (suggested && reading)
      for (const { line, text: proof } of reading.evidence)
        out.line(out.style('dim', `       line ${line}: ${plainLine(proof)}`));
  }
}

function showConversation(out: Output, { sender, receiver, parts }: Conversation): void {
  const width = Math.max(sender.length, receiver.length, 4);
  for (const { n, from, says, wire } of parts) {
    const who = (from === 'both' ? 'both' : from === 'sender' ? sender : receiver).padEnd(width);
    out.line(`${String(n ?? '').padStart(4)}  ${plainLine(who)}  ${plainLine(wire ? `${says}: ${wire}` : says)}`);
  }
}

const fixFacts = (step: Extract<StepView['step'], { kind: 'fix' }>): [string, string][] => [
  ['Risk', step.risk],
  ['Affects', step.affects],
  ['Privilege', step.privilege],
  ['Takes effect', step.effective],
  ['Wait', step.wait],
  ['Interruption', step.interruption],
  ['Way back', step.rollback],
  ['Proof', step.verify.expect],
];

function mark(out: Output, certainty: keyof typeof CERTAINTY_MARKS): void {
  if (CERTAINTY_MARKS[certainty]) wrap(out, `Certainty: ${CERTAINTY_MARKS[certainty]}`, { style: 'yellow' });
}

function showCommand(out: Output, walker: Walker, at: StepView, command: CommandView): void {
  const role = command.role === 'check' ? '' : ` ${command.role}`;
  out.line();
  out.line(`${out.style('cyan', `${command.id}${role}`)} (${command.shell}) ${plainLine(command.title)}`);
  out.line(`  ${plain(readableText(command))}`);
  if (command.file)
    out.line(`  with the file ${command.file.name}:\n${plain(command.file.text).replace(/^/gm, '    ')}`);
  if (command.effect === 'change')
    out.line(out.style('red', `  changes ${plainLine(command.changes ?? 'the system')}`));
  if (command.warning) wrap(out, command.warning, { indent: '  ' });
  for (const name of command.missing) {
    const parameter = at.parameters.find((each) => each.name === name);
    out.line(
      `  missing: ${name}${parameter ? ` (${plainLine(parameter.prompt)}, such as ${plainLine(parameter.example)})` : ''}`,
    );
  }
  const reason = whyNotRunnable(command, walker.view);
  if (reason) wrap(out, `not run here: ${reason}`, { indent: '  ', style: 'dim' });
}

export function showReading(out: Output, reading: Reading | null, output: string): void {
  const lines = output.split('\n');
  const proof = new Map(reading?.evidence.map(({ line, text }) => [line, text]));
  for (const [index, line] of lines.slice(0, MOST_OUTPUT).entries()) {
    const text = `${String(index + 1).padStart(4)}  ${plain(line)}`;
    out.line(proof.has(index + 1) ? out.style('green', text) : text);
  }
  if (lines.length > MOST_OUTPUT) out.line(`      … ${lines.length - MOST_OUTPUT} more lines are in the case`);
  for (const [line, text] of proof)
    if (line > MOST_OUTPUT) out.line(out.style('green', `${String(line).padStart(4)}  ${plain(text)}`));
  if (reading?.note) wrap(out, reading.note);
}

export function showVerdict(out: Output, verdict: NonNullable<WalkView['verdict']>): void {
  const { step } = verdict;
  out.line();
  out.line(out.style('bold', `Verdict: ${plainLine(step.title)}`));
  wrap(out, step.cause);
  mark(out, step.certainty);
  for (const advice of step.advice ?? []) wrap(out, `- ${advice}`);
  wrap(out, `Sources: ${step.sources.join('; ')}`, { style: 'dim' });
}

export function showEnd(out: Output, view: WalkView): void {
  out.line();
  out.line(
    `The walk has ended; the case ${view.id} is ${view.status}${view.verdict ? `, verdict ${view.verdict.step.verdict}` : ''}.`,
  );
  out.line('b number goes back to a step, q leaves.');
}

export function showPath(out: Output, view: WalkView): void {
  for (const { n, depth, title, label, superseded } of view.path) {
    const text = `${String(n).padStart(3)}  ${'  '.repeat(depth)}${plainLine(title)}${label ? ` → ${plainLine(label)}` : ''}`;
    out.line(superseded ? out.style('dim', `${text} (superseded)`) : text);
  }
}

export function showExamples(out: Output, { commands }: StepView): void {
  const seen = new Set<string>();
  for (const { id, samples } of commands) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { kind, note, output } of samples) {
      out.line(`${out.style('cyan', id)} ${kind}${note ? `: ${plainLine(note)}` : ''}`);
      out.line(plain(output.trimEnd()).replace(/^/gm, '    '));
    }
  }
  if (seen.size === 0) out.line('This step has no commands, so there are no examples.');
}
