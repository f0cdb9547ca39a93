/** The walk for a person: a question, its answers by number, one letter for everything else. Works over any line. */

import { hintFor } from '../../wizards/engine/lint/did-you-mean.ts';
import type { CommandView, StepView } from '../../wizards/engine/view.ts';
import { Fault } from '../fault.ts';
import { failureOf } from './failure.ts';
import { type LineReader, lineReader } from './line-reader.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain.ts';
import { HELP, showEnd, showExamples, showPath, showReading, showStep, showVerdict } from './text-screen.ts';
import { oneEach, whyNotRunnable } from './walk-messages.ts';
import type { Walker } from './walker.ts';

export class TextWizard {
  readonly #out: Output;
  readonly #walker: Walker;
  readonly #reader: LineReader;
  #leaving = false;

  constructor(out: Output, walker: Walker, reader: LineReader = lineReader(process.stdin, process.stdout)) {
    this.#out = out;
    this.#walker = walker;
    this.#reader = reader;
  }

  /** Asks until the person leaves or the input ends. The case is on the disk at every moment. */
  async walk(): Promise<void> {
    const { view } = this.#walker;
    this.#atPrompt();
    this.#out.line(`Case ${view.id}: ${plainLine(view.title)}. ? shows the keys.`);
    if (!view.step && view.verdict) showVerdict(this.#out, view.verdict);
    showStep(this.#out, this.#walker);
    while (!this.#leaving) {
      const line = await this.#reader.ask('> ');
      if (line === null) break;
      if (line.trim() !== '') await this.#try(line.trim());
    }
    this.#reader.close();
    this.#out.line(`The case is kept: fieldguide run --case ${quoted(this.#walker.folder)}`);
  }

  async #try(line: string): Promise<void> {
    try {
      await this.#carryOut(line);
    } catch (error) {
      const { message, hint } = failureOf(error);
      this.#out.line(this.#out.style('red', plainLine(message)));
      if (hint) this.#out.line(plainLine(hint));
    }
  }

  async #carryOut(line: string): Promise<void> {
    const [, key = '', rest = ''] = /^(\d+|[a-z?]+)\s*([\s\S]*)$/i.exec(line) ?? [];
    if (/^\d+$/.test(key)) return this.#choose(Number(key), rest);
    switch (key.toLowerCase()) {
      case 'r':
        return this.#run(rest);
      case 'p':
        return this.#paste(rest);
      case 'd':
        return this.#doneByHand(rest);
      case 's':
        return this.#set(rest);
      case 'b':
        return this.#back(rest);
      case 'n':
        await this.#walker.note(rest);
        return this.#out.line('Noted.');
      case 'e':
        return showExamples(this.#out, this.#step());
      case 'w':
        return showPath(this.#out, this.#walker.view);
      case 'l':
        return showStep(this.#out, this.#walker);
      case '?':
        for (const help of HELP) this.#out.line(`  ${help}`);
        return;
      case 'q':
        this.#leaving = true;
        return;
      default:
        throw new Fault(
          'unknown-key',
          `"${line}" is not understood.`,
          'Type the number of an answer, or ? for the keys.',
        );
    }
  }

  #step(): StepView {
    const { step } = this.#walker.view;
    if (step) return step;
    throw new Fault('ended', 'The walk has ended: go back to a step first, with b and its number.');
  }

  async #choose(number: number, note: string): Promise<void> {
    const { outcomes } = this.#step();
    const outcome = outcomes[number - 1];
    if (!outcome)
      throw new Fault('no-answer', `There is no answer ${number}.`, `The answers are 1 to ${outcomes.length}.`);
    const { verdict } = await this.#walker.choose(outcome.id, note);
    if (verdict) showVerdict(this.#out, verdict);
    if (this.#walker.view.step) showStep(this.#out, this.#walker);
    else showEnd(this.#out, this.#walker.view);
  }

  async #set(pair: string): Promise<void> {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new Fault('bad-set', 'A name, "=" and a value are needed.', 'For example: s remote_host=mail2.contoso.com');
    await this.#walker.set(pair.slice(0, at).trim(), pair.slice(at + 1));
    showStep(this.#out, this.#walker);
  }

  async #back(text: string): Promise<void> {
    if (!/^\d+$/.test(text))
      throw new Fault('no-such-step', 'Back to which step?', 'w shows the steps with their numbers.');
    await this.#walker.back(Number(text));
    showStep(this.#out, this.#walker);
  }

  async #run(name: string): Promise<void> {
    const command = await this.#complete(this.#choice(name, true));
    const reason = whyNotRunnable(command, this.#walker.view);
    if (reason) throw new Fault('not-runnable', reason, 'Run it where it belongs, then paste its output with p.');
    const confirm = command.effect === 'change' ? await this.#confirm(command) : false;
    if (command.effect === 'change' && !confirm) return this.#out.line('Nothing was changed.');
    this.#out.line(this.#out.style('dim', `Running ${command.text}   (Ctrl+C stops it)`));
    // What has just ended needs no Ctrl+C.
    this.#reader.onInterrupt = () => void this.#walker.cancel().catch(() => {});
    try {
      const { capture, reading } = await this.#walker.run({ command: command.id, shell: command.shell, confirm });
      showReading(this.#out, reading, await this.#walker.outputOf(capture));
      const how = capture.ended === 'exit' ? capture.result : capture.ended;
      this.#out.line(
        this.#out.style(
          'dim',
          `${how}${capture.exit === null ? '' : `, exit code ${capture.exit}`}, ${capture.ms ?? 0} ms`,
        ),
      );
    } finally {
      this.#atPrompt();
    }
    showStep(this.#out, this.#walker);
  }

  async #paste(name: string): Promise<void> {
    const command = this.#choice(name, false);
    this.#out.line(`Paste the output of ${command.id}, then a line that holds only a dot.`);
    const lines: string[] = [];
    for (let line = await this.#reader.ask(''); line !== null && line !== '.'; line = await this.#reader.ask(''))
      lines.push(line);
    const { capture, reading } = await this.#walker.paste(command.id, command.shell, lines.join('\n'));
    showReading(this.#out, reading, await this.#walker.outputOf(capture));
    showStep(this.#out, this.#walker);
  }

  async #doneByHand(name: string): Promise<void> {
    const paths = oneEach(this.#step().commands).filter(({ role, shell }) => role === 'change' && shell === 'console');
    const path = name === '' ? paths[0] : paths.find(({ id }) => id.toLowerCase() === name.toLowerCase());
    if (!path)
      throw new Fault(
        'no-change',
        'This step has no change that is made by hand in a console.',
        paths.length > 0 ? `It has: ${paths.map(({ id }) => id).join(', ')}.` : 'Record what you did with n and words.',
      );
    const { text } = await this.#complete(path);
    await this.#walker.byHand(path.id);
    this.#out.line(`Recorded as done by hand: ${plainLine(text ?? path.title)}`);
    showStep(this.#out, this.#walker);
  }

  /** The named command; without a name the only one, or the first that can be run here. */
  #choice(name: string, toRun: boolean): CommandView {
    const commands = oneEach(this.#step().commands);
    const [id = '', shell] = name.split(/\s+/);
    const named = commands.filter(
      (each) => each.id.toLowerCase() === id.toLowerCase() && (shell === undefined || each.shell === shell),
    );
    const fitting = id === '' ? commands.filter(({ effect }) => effect === 'read' || !toRun) : named;
    const ids = [...new Set(fitting.map((command) => command.id))];
    if (id === '' && ids.length > 1)
      throw new Fault('which-command', 'This step has several commands.', `Name one of: ${ids.join(', ')}.`);
    const chosen = fitting.find((command) => whyNotRunnable(command, this.#walker.view) === null) ?? fitting[0];
    if (chosen) return chosen;
    const known = commands.map((command) => command.id);
    const message = id === '' ? 'This step has no command for that.' : `This step has no command "${name}".`;
    throw new Fault(
      'unknown-command',
      message,
      hintFor(id, known, known.length > 0 ? `It has: ${[...new Set(known)].join(', ')}.` : 'Answer it by number.'),
    );
  }

  /** Asks for what the command needs and the case does not know yet. */
  async #complete(command: CommandView): Promise<CommandView> {
    for (const name of command.missing) {
      const parameter = this.#step().parameters.find((each) => each.name === name);
      const label = parameter ? `${parameter.prompt}, such as ${parameter.example}` : name;
      const value = await this.#reader.ask(`${plainLine(label)}: `);
      if (value === null || value.trim() === '')
        throw new Fault('missing-parameters', `Still missing: ${name}.`, `Set it with: s ${name}=value`);
      await this.#walker.set(name, value);
    }
    const same = (each: CommandView): boolean => each.id === command.id && each.shell === command.shell;
    return this.#step().commands.find(same) ?? command;
  }

  async #confirm(command: CommandView): Promise<boolean> {
    const { rollback } = command;
    this.#out.line(this.#out.style('red', `This changes ${plainLine(command.changes ?? 'the system')}:`));
    this.#out.line(`  ${plainLine(command.text ?? '')}`);
    this.#out.line(`The way back: ${plainLine(rollback?.text ?? rollback?.note ?? 'none is known')}`);
    const answer = await this.#reader.ask(`Type yes to change ${plainLine(command.changes ?? 'the system')}: `);
    return answer?.trim().toLowerCase() === 'yes';
  }

  /** Between commands Ctrl+C leaves, as q does. */
  #atPrompt(): void {
    this.#reader.onInterrupt = () => {
      this.#leaving = true;
      this.#reader.close();
    };
  }
}

const quoted = (path: string): string => (/^[\w./:\\-]+$/.test(path) ? path : `"${path}"`);
