/** Turns pasted text into findings and the wizards that fit. Pure; the templates are data. */
import { eventsInText } from './intake/events-in-text.ts';
import { findConnectivity, remarkOnConnectivity } from './intake/find-connectivity.ts';
import { findHeaders } from './intake/find-headers.ts';
import { findLogs } from './intake/find-logs.ts';
import { findNdrs } from './intake/find-ndrs.ts';
import { findQueues, remarkOnQueues } from './intake/find-queues.ts';
import { findReplies } from './intake/find-replies.ts';
import { findSessions } from './intake/find-sessions.ts';
import { findSymptoms } from './intake/find-symptoms.ts';
import { findTracking } from './intake/find-tracking.ts';
import type { Finding, TriageResult } from './intake/finding.ts';
import { remarkOnNeighbours } from './intake/neighbours.ts';
import { suggest } from './intake/suggest.ts';
import { type Unfolded, unfold } from './intake/unfold.ts';
import type { Library } from './library.ts';

export type { Finding, Suggestion, TriageResult } from './intake/finding.ts';

/** Text beyond this is not read (and the note says so). */
export const LONGEST_TEXT = 8 * 1024 * 1024;
/** More findings than this are not listed. */
export const MOST_FINDINGS = 2000;

/** One entry for each form of evidence. A new form is one module and one line here. */
const RECOGNISERS: ((library: Library, unfolded: Unfolded, found: readonly Finding[]) => Finding[])[] = [
  (library, unfolded) => eventsInText(library.events, unfolded, MOST_FINDINGS),
  (_, unfolded) => findLogs(unfolded, MOST_FINDINGS),
  (library, unfolded) => findNdrs(library, unfolded, MOST_FINDINGS),
  (_, unfolded, found) => findHeaders(unfolded, found, MOST_FINDINGS),
  (_, unfolded, found) => findQueues(unfolded, found, MOST_FINDINGS),
  (_, unfolded, found) => findTracking(unfolded, found, MOST_FINDINGS),
  (_, unfolded, found) => findConnectivity(unfolded, found, MOST_FINDINGS),
  (_, unfolded, found) => findSessions(unfolded, found, MOST_FINDINGS),
  (library, unfolded, found) => findReplies(library, unfolded, found, MOST_FINDINGS),
  // Last: what a person says in the lines that are nothing else.
  (library, unfolded, found) => findSymptoms(library, unfolded, found),
];

/** What is to be said about a text beside its findings. A new remark is one module and one line here. */
const REMARKS: ((unfolded: Unfolded, found: readonly Finding[]) => string | null)[] = [
  remarkOnQueues,
  remarkOnConnectivity,
  remarkOnNeighbours,
];

/**
 * Reads pasted text. Never throws, whatever the text is. Findings stand in the order of their lines, suggestions
 * best first; `note` is a sentence for the person when something could not be recognised or read, else null.
 */
export function triage(library: Library, text: string): TriageResult {
  const unfolded = unfold(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text);
  const all: Finding[] = [];
  for (const recognise of RECOGNISERS) all.push(...recognise(library, unfolded, all));
  all.sort((a, b) => a.line - b.line);
  const findings = all.slice(0, MOST_FINDINGS);
  const suggestions = suggest(library, findings);
  return { findings, suggestions, note: noteOn(text, unfolded, all, suggestions.length) };
}

function noteOn(text: string, unfolded: Unfolded, all: readonly Finding[], suggested: number): string | null {
  const notes = REMARKS.map((remark) => remark(unfolded, all)).filter((one) => one !== null);
  const remarked = notes.length > 0;
  const found = all.length;
  if (text.length > LONGEST_TEXT) {
    notes.push(
      'The text is longer than 8 million characters; only its beginning was read. Paste the part that matters.',
    );
  }
  if (found > MOST_FINDINGS)
    notes.push(`There are more than ${MOST_FINDINGS} events or replies in it; the first ${MOST_FINDINGS} are listed.`);
  const event = all.every(({ kind }) => kind === 'symptom') && /eventid\d/.test(unfolded.stream);
  if ((found === 0 && !remarked) || event) notes.push(whyNothing(text, unfolded));
  else if (found > 0 && suggested === 0)
    notes.push('This was recognised, but no wizard is made for it. Choose one by its symptom.');
  return notes.length > 0 ? notes.join(' ') : null;
}

/** What is said of a text in which nothing was found, to somebody who pasted it. */
export const NOTHING_RECOGNISED =
  'Neither an event nor a reply was recognised in this text. Copy the whole event, from its type to the end of its description, or say in a sentence what goes wrong, or choose a wizard by its symptom.';

function whyNothing(text: string, { stream }: Unfolded): string {
  if (text.trim() === '')
    return 'Nothing was pasted. Copy the whole event, from its type to the end of its description.';
  if (isBinary(text)) {
    return 'This is no text but the bytes of some file. Open it in the program that wrote it and copy the text out of there.';
  }
  if (/eventid\d/.test(stream)) {
    return 'An event ID stands here without its source, and other programs use the same numbers. Copy the whole event, or at least its source and description.';
  }
  return NOTHING_RECOGNISED;
}

/** Control characters and signs for lost bytes, which text has hardly any of. NULs alone come from UTF-16. */
function isBinary(text: string): boolean {
  const start = text.slice(0, 10_000);
  let odd = 0;
  for (let i = 0; i < start.length; i += 1) {
    const code = start.charCodeAt(i);
    if (code === 0xfffd || (code > 0 && code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 27)) odd += 1;
  }
  return odd > start.length / 20;
}
