/**
 * Every fault that lint can name. The numbers stay: tickets and editors refer to them. 1xx the file itself,
 * 2xx references, 3xx the walk, 4xx commands, 5xx readings and samples, 6xx triggers, events and labs.
 */
import type { Place } from './place.ts';

export type Severity = 'error' | 'warning';
export type Diagnostic = {
  code: Code;
  severity: Severity;
  file: string;
  /** Both count from 1. */
  line: number;
  column: number;
  message: string;
  hint: string;
};
export type Entry = { severity: Severity; title: string; meaning: string; example: string; mend: string };

const error = (title: string, meaning: string, example: string, mend: string): Entry => ({
  severity: 'error',
  title,
  meaning,
  example,
  mend,
});
const warning = (...texts: [string, string, string, string]): Entry => ({ ...error(...texts), severity: 'warning' });

export const DIAGNOSTICS = {
  FG101: error(
    'no valid YAML',
    'The file cannot be read as YAML, so nothing of it is used.',
    '`title: "Open quote`',
    'Close the quote or bracket, or put text with `: ` or ` #` in it between quotes.',
  ),
  FG102: error(
    'key twice',
    'The same key stands twice in one block.',
    '`title: A` and `title: B`',
    'Keep one of the two.',
  ),
  FG103: error(
    'anchor or alias',
    'Anchors and aliases are refused: a few lines of them can grow without bound.',
    '`sources: &kb [KB 843106]`',
    'Write the text out at each place.',
  ),
  FG104: error(
    'file too large',
    'A file holds at most 512 KB.',
    'a sample with a whole log',
    'Split the file, shorten the samples.',
  ),
  FG105: error('nested too deep', 'Blocks may be nested 40 levels deep.', '`[[[[…`', 'Flatten the block.'),
  FG106: error(
    'unknown kind of file',
    'Neither its keys nor its folder tell whether it is a wizard, commands, parameters, planned wizards, events, replies, known faults, words of symptoms, a lab, or a server or profile of the lab.',
    'an empty file',
    'Begin it like a file of the same kind, or take it out of the folder.',
  ),
  FG107: error('tag', 'YAML tags are refused.', '`!!js/function`', 'Write plain text, numbers, lists and blocks only.'),
  FG111: error(
    'unknown key',
    'The key has no meaning here.',
    '`tilte: …`',
    'Correct the spelling, or look at the schema.',
  ),
  FG112: error('missing key', 'A key that is needed is not there.', 'a step without `sources`', 'Add it.'),
  FG113: error(
    'wrong type',
    'A text stands where a list is expected, or the like.',
    '`sources: KB 843106`',
    'Write it as the schema says.',
  ),
  FG114: error(
    'value not allowed',
    'The value is none of the allowed ones, too long, or has the wrong form.',
    '`kind: chek`',
    'Choose an allowed value.',
  ),
  FG121: error('id twice', 'Two elements have the same id.', 'two steps `flags`', 'Rename one of them.'),
  FG122: error(
    'verdict twice',
    'Two steps give the same verdict id, which tickets and statistics refer to.',
    '`verdict: auth.off` twice',
    'Give each verdict an id of its own.',
  ),
  FG123: error(
    'trigger twice',
    'Two triggers of a wizard look at the same thing.',
    'two triggers for `id: [7004]`',
    'Keep the one with the better score and reason.',
  ),
  FG124: error(
    'planned wizard exists',
    'A wizard is listed as still to come, but it is there.',
    '`planned:` with `id: entry`',
    'Take it off the list.',
  ),

  FG201: error(
    'unknown step',
    'The wizard has no step of this id.',
    '`next: falgs`',
    'Correct the id, or write the step.',
  ),
  FG202: error(
    'unknown wizard',
    'No wizard of this id exists or is planned.',
    '`handover: firewal`',
    'Correct the id, or add it to the planned ones.',
  ),
  FG203: error(
    'unknown command',
    'The catalogue has no command of this id.',
    '`commands: [X99]`',
    'Correct the id, or add the command.',
  ),
  FG204: error(
    'unknown parameter',
    'No parameter of this name is described.',
    '`set: { enviroment: … }`',
    'Correct the name, or describe it in parameters.yaml.',
  ),
  FG205: error(
    'unknown reading',
    'The command has no reading of this id.',
    '`when: [X1.integrated]`',
    'Correct the id, or add the rule to the command.',
  ),
  FG206: error('unknown verdict', 'No wizard gives this verdict.', '`verdict: auth.offf` in a lab', 'Correct the id.'),
  FG207: error(
    'unknown sample',
    'The command has no sample of this id.',
    '`{ command: X1, sample: none }`',
    'Correct the id, or add the sample.',
  ),
  FG208: error('unknown outcome', 'The step has no outcome of this id.', '`outcome: yess` in a lab', 'Correct the id.'),
  FG209: error(
    'value refused',
    'The parameter does not take this value.',
    '`set: { environment: 2003 }`',
    'Write a value that its type allows.',
  ),
  FG210: error(
    'step of the wrong kind',
    'A verdict may list only fixes, a proof may name only a question or a check.',
    '`fixes: [flags]`',
    'Name a step of the right kind.',
  ),
  FG211: error(
    'reading of another command',
    'An outcome waits for a reading of a command that its step does not run.',
    '`when: [E1.off]` without `commands: [E1]`',
    'Add the command to the step, or take the reading out.',
  ),

  FG212: error(
    'unknown fault',
    'A verdict names a known fault that no file describes.',
    '`known_faults: [fip-fs]`',
    'Correct the id, or describe the fault in known-faults.yaml.',
  ),
  FG213: error(
    'unknown lab server',
    'A profile of the lab names a server that no file describes.',
    '`servers: [2013]`',
    'Correct the id, or describe the server in labs/servers.',
  ),
  FG214: error(
    'unknown text of a lab server',
    'A rule lets a lab server say a text that it does not have.',
    '`say: out-of-memory`',
    'Correct the name, or add the text to each server that the profile names.',
  ),
  FG301: error(
    'step never reached',
    'No way through the wizard leads to this step.',
    'a step that no `next` names',
    'Lead an outcome there, or take the step out.',
  ),
  FG302: warning(
    'verdict without a way on',
    'The verdict lists neither fixes nor advice, so the person is left alone with it.',
    'a verdict with `cause` only',
    'Add advice or a fix, or say with `ends` how the case stands.',
  ),
  FG303: error(
    'circle without a way out',
    'From this step no verdict, return or hand-over can be reached.',
    'two questions that lead to each other only',
    'Lead one outcome out of the circle.',
  ),
  FG304: error(
    'no “could not tell”',
    'A question or check has no outcome `unknown`.',
    'outcomes `yes` and `no` only',
    'Add `id: unknown` with a way on.',
  ),
  FG305: error(
    'fix without a verdict',
    'No verdict lists this fix.',
    'a fix that no `fixes` names',
    'List it at its verdict.',
  ),
  FG306: error(
    'fix reached past its verdict',
    'A step leads straight to a fix, so nobody has said what it mends.',
    '`next: some-fix`',
    'Lead to the verdict that lists the fix.',
  ),
  FG307: error(
    'wizard calls itself',
    'The wizard calls itself, directly or through others, and would never come back.',
    'A calls B, B calls A',
    'Use a hand-over in place of one call.',
  ),
  FG308: warning(
    '“could not tell” is not last',
    'The outcome `unknown` stands before others, which moves their number keys.',
    '`unknown` first',
    'Put it at the end.',
  ),
  FG309: error(
    'outcome leads back to its own step',
    'Choosing it changes nothing.',
    '`next: flags` in the step `flags`',
    'Lead on to another step.',
  ),
  FG310: error(
    'verdict never reached',
    'No way through the wizard leads to this verdict.',
    'a verdict that no `next` names',
    'Lead an outcome there, or take it out.',
  ),

  FG401: error(
    'fault in a template',
    'The text cannot be rendered safely: a value inside quotes, an unknown placeholder, an open quote.',
    '`"{connector}"`',
    'Write `{name}` as a whole word without quotes; it brings its own.',
  ),
  FG402: error(
    'change without a way back',
    'A command that changes something has no `rollback`.',
    '`effect: change` alone',
    'Name the command that gives the old value back, or a note that says why there is none.',
  ),
  FG403: error(
    'way back is a constant',
    'The rollback would not give back the old value but the new one or a fixed one.',
    '`rollback: { command: E2 }` in E2',
    'Take the old value from a capture: `with: { name: { command: E1, field: … } }`.',
  ),
  FG404: error(
    'way back takes no such value',
    'The rollback names a value for a parameter that its command does not have.',
    '`with: { connectors: … }`',
    'Name a parameter of the rollback command.',
  ),
  FG405: warning(
    'proof outside its step',
    'The proof of a fix runs no command of the check that failed before.',
    '`verify: { step: flags, commands: [L2] }`',
    'Prove the fix with the check that failed before.',
  ),
  FG406: warning(
    'proof that cannot be read',
    'No outcome of the proof’s step that would prove the fix waits for a reading of its commands.',
    '`verify` with a command without readings',
    'Add the readings, or name a command that is read.',
  ),
  FG407: error(
    'preview that changes',
    'The preview of a change, or the place that a value is taken from, is itself a change.',
    '`preview: E2`',
    'Name a command with `effect: read`.',
  ),
  FG408: error(
    'change in a question or check',
    'A step that looks must not change anything.',
    '`commands: [E2]` in a check',
    'Make it a fix of a verdict.',
  ),
  FG409: error(
    'no way to do it in an environment',
    'An outcome sets the environment, and at a later step there is neither a command nor a console path for it.',
    'a check with a command for 2000-2003 only, reached in 2013+',
    'Add a template or a console path, or lead that environment elsewhere.',
  ),
  FG410: error(
    'alias in place of a program',
    'In Windows PowerShell this name is an alias of a cmdlet.',
    '`sc query smtpsvc`',
    'Write the program with its ending: `sc.exe`.',
  ),
  FG411: warning(
    'parameter never used',
    'No template or literal of the command holds this parameter.',
    '`parameters: [{ name: dc }]` alone',
    'Use it in a text, or take it out.',
  ),
  FG412: warning(
    'captured field not in any sample',
    'No sample of that command prints the field that the old value is taken from.',
    '`field: AuthMechanisms`',
    'Correct the name of the field, or add a sample.',
  ),
  FG413: error(
    'output that the window cuts',
    'PowerShell cuts values at the width of the window, and a cut value cannot be read.',
    '`… | Format-List`',
    'End the text with `| Out-String -Width 4096`.',
  ),

  FG414: warning(
    'change without its preview',
    'The change is a cmdlet that knows -WhatIf, and nobody is shown what it would do.',
    '`effect: change` with `Set-ReceiveConnector …` and no `preview`',
    'Write `preview: what-if`, or name a command that reads what would be changed.',
  ),
  FG415: warning(
    'text that is no PowerShell',
    'The grammar of PowerShell that Fieldguide brings does not take this text. It is stricter than PowerShell in rare cases.',
    '`Get-Queue | fl (`',
    'Close what is open: a bracket, a quote, a pipe without an end. A brace is written twice: `{{ $_.Name }}`.',
  ),
  FG416: warning(
    'proof that is not decided',
    'The check that proves a fix can say several things besides the fault, and each would count as the proof.',
    '`verify: { step: running, … }` where `stopped` and `disabled` are outcomes too',
    'Name the outcomes that prove it in `good`, or the readings in `shown_by`.',
  ),
  FG501: error(
    'pattern does not compile',
    'The regular expression is not valid.',
    "`pattern: '(['`",
    'Correct it; a bracket that is meant as such needs a backslash.',
  ),
  FG502: error(
    'rule without evidence',
    'The rule can hold without a single line that proves it.',
    '`when: { not: … }` alone',
    'Add a part that finds a line of this command’s output.',
  ),
  FG503: warning(
    'sample that no rule reads',
    'The command has rules, but none of them is meant to read this sample.',
    '`reads: []`',
    'Add a rule that recognises it, if only as an error that says “could not tell”.',
  ),
  FG504: error(
    'sample read otherwise',
    'The rules find other readings in the sample than it declares.',
    '`reads: [on]` for an output that reads as off',
    'Correct the rule, or the list.',
  ),
  FG505: error(
    'sample says two things',
    'The readings of one sample suggest two outcomes of a step.',
    'two rules that both match',
    'Make the rules exclude each other.',
  ),
  FG506: warning(
    'reading without a sample',
    'No sample shows this reading, so nothing proves that the rule works.',
    'a rule without an example',
    'Add a sample.',
  ),

  FG507: error(
    'output that cannot be known as whole',
    'A rule asks for the whole output (`whole: NAME`), and a template does not print `BeginOfNAME : 1` and `EndOfNAME : 1`.',
    '`{ whole: Ports }` with the template `netstat -ano`',
    'Print both lines, one before and one behind everything else.',
  ),

  FG508: warning(
    'language not said',
    'A rule waits for words in the output of a Windows program, which may be translated.',
    "`line: { pattern: 'request timed out' }`",
    'Write `english: true` for a sentence that Windows translates, `english: false` for words that stay (SMTP, names).',
  ),
  FG601: error(
    'trigger that fits everything',
    'The trigger names no source, id, command or reply.',
    '`event: {}`',
    'Say what it looks at.',
  ),
  FG602: warning(
    'trigger for an unknown event',
    'No event file describes this event, so it cannot be recognised by its wording.',
    '`id: [7003]`',
    'Describe the event, or correct the number.',
  ),
  FG603: error(
    'slots that touch',
    'Two slots of an event text stand side by side, so nobody knows where one ends.',
    '`<a><b>`',
    'Put the fixed text between them.',
  ),
  FG604: error(
    'field of no slot',
    'A parameter is said to follow from a field that the event does not have.',
    '`parameters: { dc: { field: domain_controller } }`',
    'Name a slot of the text, or one of level, time, local_server, remote_host, remote_ip.',
  ),
  FG605: error(
    'reply explained by another entry',
    'The text in `says` is explained by another entry than its own, which fits better or stands before it.',
    '`says: [550 5.1.1 User unknown]` without `enhanced`',
    'Give the entry what tells it apart (`enhanced`, a pattern in `text`), or correct the text.',
  ),
  FG611: error(
    'phrase that says too little',
    'A phrase of a `words` trigger has fewer than two words that mean something, so it would fit ordinary prose.',
    '`words: [the queue]`',
    'Write a phrase with two words or more of what a person says, such as `hangs in the queue`.',
  ),
  FG612: error(
    'phrase twice',
    'Two phrases ask for the same words, so nobody knows which wizard is meant.',
    '`mail hangs` in two wizards',
    'Keep it where it fits best, and say in the other more exactly what is seen.',
  ),
  FG613: error(
    'word in two groups',
    'A word of symptoms is listed with two meanings, and only one of them would count.',
    '`same: [stuck]` at `hang` and at `full`',
    'Take it out of one of the groups.',
  ),
} satisfies Record<string, Entry>;

export type Code = keyof typeof DIAGNOSTICS;

/** A diagnostic at a place. Without a hint the table's way to mend it is taken. */
export function diagnostic(code: Code, file: string, at: Place, message: string, hint?: string): Diagnostic {
  const entry: Entry = DIAGNOSTICS[code];
  return { code, severity: entry.severity, file, ...at, message, hint: hint ?? entry.mend };
}

/** The table of the guide, as Markdown. */
export function diagnosticsTable(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = Object.entries<Entry>(DIAGNOSTICS).map(([code, entry]) => {
    const texts = [`${entry.title} (${entry.severity})`, entry.meaning, entry.example, entry.mend];
    return `| ${[code, ...texts].map(cell).join(' | ')} |`;
  });
  return ['| Code | Fault | Meaning | Example | Mend |', '|---|---|---|---|---|', ...rows].join('\n');
}
