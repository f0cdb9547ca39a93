import { create } from 'zustand';
import { filledIn } from '../../wizards/engine/intake/finding.ts';
import type { Suggestion, TriageResult } from '../../wizards/engine/triage.ts';
import { client } from '../connection/session.ts';
import { caseTitle } from '../lib/case-title.ts';
import { bytes } from '../lib/format.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { announce, changeSettings, goTo, useApp } from './app-store.ts';

/** As many characters as the core takes (electron/contract.ts). */
const LARGEST_PASTE = 6 * 1024 * 1024;
const PAUSE_MS = 180;

interface IntakeStore {
  text: string;
  /** Names of dropped files, for the line above the text. */
  files: string[];
  result: TriageResult | null;
  problem: Problem | null;
  asking: boolean;
  /** The symptom that was chosen instead of a paste. */
  symptom: string | null;
  /** Typed by the person; null while the proposal stands. */
  title: string | null;
  ticket: string;
  creating: boolean;
}

const EMPTY: IntakeStore = {
  text: '',
  files: [],
  result: null,
  problem: null,
  asking: false,
  symptom: null,
  title: null,
  ticket: '',
  creating: false,
};

export const useIntake = create<IntakeStore>(() => EMPTY);

let timer: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

/** Takes the text as it stands now and asks what it is: at once after a paste, else when the typing pauses. */
export function changeText(text: string, options: { now?: boolean; files?: string[] } = {}): void {
  clearTimeout(timer);
  asked += 1;
  const files = options.files ?? (text === '' ? [] : useIntake.getState().files);
  if (text.length > LARGEST_PASTE) {
    const message = `This is ${bytes(text.length)} of text; at most ${bytes(LARGEST_PASTE)} can be read at once.`;
    const hint = 'Paste only the part around the fault, for example one event.';
    useIntake.setState({ problem: { message, hint } });
    return;
  }
  useIntake.setState({ text, files, problem: null, symptom: null, asking: text.trim() !== '' });
  if (text.trim() === '') {
    useIntake.setState({ result: null });
    return;
  }
  timer = setTimeout(() => void ask(text), options.now ? 0 : PAUSE_MS);
}

async function ask(text: string): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const result = await client().intake.triage({ text });
    if (mine !== asked) return;
    useIntake.setState({ result, asking: false });
    const first = result.suggestions[0];
    announce(first ? `Recognised. Suggested: ${first.title}` : (result.note ?? 'Nothing was recognised.'));
  } catch (error) {
    if (mine === asked) useIntake.setState({ problem: problemOf(error), asking: false });
  }
}

export const refuseText = (problem: Problem): void => useIntake.setState({ problem });
export const clearIntake = (): void => {
  clearTimeout(timer);
  asked += 1;
  useIntake.setState(EMPTY);
};
export const chooseSymptom = (symptom: string | null): void =>
  useIntake.setState({ ...EMPTY, symptom, ticket: useIntake.getState().ticket });

/** What a new case starts with. */
export interface Beginning {
  wizard: string;
  step?: string;
  title: string;
  parameters: Record<string, string>;
  /** Sessions and files that become its evidence in place of the pasted text. */
  intake?: { id: string; sessions: number[]; files: string[] };
}

export function beginningOf(suggestion: Suggestion, result: TriageResult | null): Beginning {
  const finding = result?.findings[suggestion.finding];
  const title = finding ? caseTitle(finding) : suggestion.title;
  return { wizard: suggestion.wizard, step: suggestion.step, title, parameters: filledIn(suggestion) };
}

/** Creates the case and goes to it; what it rests on becomes its evidence. */
export async function createCase(beginning: Beginning): Promise<void> {
  const { text, title, ticket, creating } = useIntake.getState();
  const { operator } = useApp.getState().settings;
  if (creating) return;
  useIntake.setState({ creating: true, problem: null });
  try {
    const { id } = await client().cases.create({
      title: (title ?? beginning.title).trim().slice(0, 200),
      ticket: ticket.trim(),
      operator,
      wizard: beginning.wizard,
      ...(beginning.step ? { step: beginning.step } : {}),
      ...(beginning.intake ? { intake: beginning.intake } : text.trim() === '' ? {} : { evidence: text }),
      parameters: beginning.parameters,
    });
    useIntake.setState(EMPTY);
    goTo({ screen: 'case', id });
  } catch (error) {
    useIntake.setState({ problem: problemOf(error), creating: false });
  }
}

export async function practise(lab: string): Promise<void> {
  try {
    const { id } = await client().cases.practise({ lab, operator: useApp.getState().settings.operator });
    goTo({ screen: 'case', id });
  } catch (error) {
    useIntake.setState({ problem: problemOf(error) });
  }
}

/** Remembers the operator for the next cases. */
export function keepOperator(operator: string): void {
  if (operator.trim() !== useApp.getState().settings.operator) void changeSettings({ operator: operator.trim() });
}
