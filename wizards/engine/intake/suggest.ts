/** Which wizards fit what was found: their triggers, matched against the fields of the findings. */
import type { Library } from '../library.ts';
import { checkValue } from '../parameters.ts';
import { explainReply } from '../reply.ts';
import type { Trigger } from '../schema.ts';
import { type EventTemplate, templatesOf } from './event-pattern.ts';
import type { Finding, Suggestion } from './finding.ts';
import { scoreOfPhrase } from './symptom-phrases.ts';

type Following = NonNullable<EventTemplate['parameters']>;

/** A symptom scores so much at most (schema of triggers). */
const MOST_OF_SYMPTOM = 25;

/** Best first; of each wizard the best alone, and of a wizard and its finer part only the part. */
export function suggest(library: Library, findings: readonly Finding[]): Suggestion[] {
  const best = new Map<string, Suggestion>();
  for (const [index, finding] of findings.entries()) byReply(library, finding, index, best);
  const byWords = new Set([...best.values()].filter(({ score }) => score === SCORES.text).map(({ wizard }) => wizard));
  for (const { wizard } of library.wizards.values()) {
    for (const trigger of wizard.triggers ?? []) {
      const fits = matcherOf(wizard.id, trigger);
      for (const [index, finding] of findings.entries()) {
        if ((best.get(wizard.id)?.score ?? 0) >= trigger.score) break;
        if (!fits(finding)) continue;
        // Of a symptom the phrase counts, which has the score of its trigger at most.
        const score = trigger.words ? scoreOfPhrase(library, wizard.id, finding.fields.words ?? '') : trigger.score;
        if ((best.get(wizard.id)?.score ?? 0) >= score) continue;
        best.set(wizard.id, {
          wizard: wizard.id,
          title: wizard.title,
          step: wizard.steps.some((step) => step.id === trigger.step) ? (trigger.step as string) : wizard.start,
          score,
          why: trigger.why,
          ...valuesOf(library, finding),
          finding: index,
        });
        break;
      }
    }
  }
  for (const [id, { score }] of [...best]) {
    const whole = library.wizards.get(id)?.wizard.part_of;
    if (!whole) continue;
    // What somebody says does not displace what a code proves, nor a lesser sign a reply that is known by its words.
    const stays = score <= MOST_OF_SYMPTOM || byWords.has(whole);
    if (!stays || (best.get(whole)?.score ?? 0) <= score) best.delete(whole);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.finding - b.finding);
}

/** How much an explanation of a reply counts, by what it rests on. */
const SCORES = { text: 80, enhanced: 70, code: 40, class: 30, not: 0 };

/** A reply leads to the wizard that its explanation names; what an event says about one is for its triggers. */
function byReply(library: Library, finding: Finding, index: number, best: Map<string, Suggestion>): void {
  // A report without a reply still names a status, which is explained like one.
  const reply = finding.fields.reply ?? (finding.kind === 'ndr' ? finding.fields.status : undefined);
  if (finding.kind === 'event' || !reply) return;
  const { wizard: id, known, meaning } = explainReply(library, reply);
  const wizard = id === null ? undefined : library.wizards.get(id)?.wizard;
  const score = SCORES[known];
  if (!wizard || (best.get(wizard.id)?.score ?? 0) >= score) return;
  const { title, start: step } = wizard;
  const values = valuesOf(library, finding);
  best.set(wizard.id, { wizard: wizard.id, title, step, score, why: meaning, ...values, finding: index });
}

function matcherOf(wizard: string, { event, finding: wanted, words }: Trigger): (finding: Finding) => boolean {
  if (event) return eventMatcher(event);
  if (wanted) return findingMatcher(wanted);
  return ({ kind, id, fields }) =>
    kind === 'symptom' && id === wizard && words?.some((phrase) => phrase === fields.words) === true;
}

/** A pattern that does not compile fits nothing; lint names it. */
function eventMatcher(event: NonNullable<Trigger['event']>): (finding: Finding) => boolean {
  const sources = event.source === undefined ? null : [event.source].flat().map((source) => source.toLowerCase());
  const values = patternsOf(event.fields);
  const command = event.command === undefined ? null : compile(event.command);
  const reply = event.reply === undefined ? null : compile(event.reply);
  return ({ kind, source, id, fields }) => {
    // A trigger that looks at the reply alone also fits a reply that is no event's.
    if (kind !== 'event' && (!fields.reply || !reply || sources || event.id)) return false;
    if (sources && !sources.includes(source.toLowerCase())) return false;
    if (event.id !== undefined && !event.id.includes(Number(id))) return false;
    if (values.some(([slot, pattern]) => !pattern.test(fields[slot] ?? ''))) return false;
    if (command && !command.test(fields.command ?? fields.full_command ?? '')) return false;
    return !reply || reply.test(fields.reply ?? '');
  };
}

function findingMatcher(wanted: NonNullable<Trigger['finding']>): (finding: Finding) => boolean {
  const id = wanted.id === undefined ? null : compile(wanted.id);
  const values = patternsOf(wanted.fields);
  const reply = wanted.reply === undefined ? null : compile(wanted.reply);
  return (finding) =>
    wanted.kind.some((kind) => kind === finding.kind) &&
    (!id || id.test(finding.id)) &&
    values.every(([name, pattern]) => pattern.test(finding.fields[name] ?? '')) &&
    (!reply || reply.test(finding.fields.reply ?? ''));
}

const patternsOf = (fields: Record<string, string> | undefined): (readonly [string, RegExp])[] =>
  Object.entries(fields ?? {}).map(([name, pattern]) => [name, compile(pattern)] as const);

const NOTHING = /(?!)/;

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'i');
  } catch {
    return NOTHING;
  }
}

/**
 * The fields that are parameters of the product and pass their checks, and those that the event's template says
 * follow from them; others stay in the finding only.
 */
function valuesOf(library: Library, finding: Finding): Pick<Suggestion, 'parameters' | 'apart'> {
  const parameters: Record<string, string> = {};
  const take = (name: string, value: string | undefined): boolean => {
    const parameter = library.parameters.get(name);
    const checked = parameter && value !== undefined ? checkValue(parameter, value) : undefined;
    if (checked?.ok) parameters[name] = checked.value;
    return checked?.ok === true;
  };
  const templates = templatesOf(library.events, finding.source, Number(finding.id));
  const following = Object.assign({}, ...templates.map((template) => template.parameters)) as Following;
  const apart = templates.flatMap((template) => template.kept_apart ?? []);
  for (const [name, value] of Object.entries(finding.fields)) take(name, value);
  for (const [name, { field, part }] of Object.entries(following)) {
    const values = [field].flat().map((each) => finding.fields[each]);
    values.some((value) => take(name, part === 'first-label' ? firstLabel(value) : value));
  }
  return { parameters, apart: apart.filter((name) => name in parameters && !(name in following)) };
}

/** The host of a full name; an address has none. */
function firstLabel(value: string | undefined): string | undefined {
  return value !== undefined && /^[A-Za-z][\w-]*(?:\.|$)/.test(value) ? value.split('.')[0] : undefined;
}
