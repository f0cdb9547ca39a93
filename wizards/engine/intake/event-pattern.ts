/** The wording of an event with its slots, prepared so that copies of it are found however they were mangled. */
import type { EventFile } from '../schema.ts';
import { isWordCode, skeleton } from './unfold.ts';

export type EventTemplate = EventFile['events'][number];
export type Pattern = {
  source: string;
  event: EventTemplate;
  /** 0 is the template's own text, the others stand in `also`. */
  wording: number;
  /** The fixed texts around the slots: always one more than there are slots. */
  literals: Literal[];
  slots: string[];
};
export type Literal = {
  /** Its letters and digits. May be empty between two slots that only punctuation parts. */
  core: string;
  /** Positions in the core at which no word begins. */
  inner: boolean[];
  /** Punctuation in front of and behind the core, blanks left out. */
  head: string;
  tail: string;
};
/** No value of an event is longer, counted in letters and digits. */
export const LONGEST_SLOT = 1500;
/** Fixed texts of this length are worth looking for on their own. */
export const SHORTEST_ANCHOR = 12;

export function compileTemplates(files: readonly EventFile[]): Pattern[] {
  return files.flatMap((file) =>
    file.events.flatMap((event) =>
      wordingsOf(event).map((text, wording) => ({
        source: file.source,
        event,
        wording,
        ...splitTemplate(text),
      })),
    ),
  );
}

/** The template's own text first. None where no source quotes it. */
export const wordingsOf = ({ text, also = [] }: EventTemplate): string[] =>
  text === undefined ? also : [text, ...also];

export function splitTemplate(text: string): { literals: Literal[]; slots: string[] } {
  const parts = text.split(/<([a-z][a-z0-9_]*)>/);
  return {
    literals: parts.filter((_, index) => index % 2 === 0).map(literalOf),
    slots: parts.filter((_, index) => index % 2 === 1),
  };
}

function literalOf(text: string): Literal {
  const inner: boolean[] = [];
  let first = -1;
  let last = -1;
  for (let i = 0; i < text.length; i += 1) {
    if (!isWordCode(text.charCodeAt(i))) continue;
    inner.push(last >= 0 && last === i - 1);
    if (first < 0) first = i;
    last = i;
  }
  const head = first < 0 ? text : text.slice(0, first);
  const tail = first < 0 ? '' : text.slice(last + 1);
  return { core: skeleton(text), inner, head: head.replace(/\s/g, ''), tail: tail.replace(/\s/g, '') };
}

/** Letters and digits of a fixed text; empty where there is none. */
export const coreAt = (pattern: Pattern, index: number): string => pattern.literals[index]?.core ?? '';

export const sourcesOf = ({ source, other_sources = [] }: EventFile): string[] => [source, ...other_sources];

/** The descriptions of an event. Several, where one number is written with different wordings. */
export function templatesOf(files: readonly EventFile[], source: string, id: number): EventTemplate[] {
  const wanted = source.toLowerCase();
  return files
    .filter((file) => sourcesOf(file).some((one) => one.toLowerCase() === wanted))
    .flatMap((file) => file.events.filter((event) => event.id === id));
}
