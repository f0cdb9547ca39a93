/** All events of a text: in the forms of programs first, then by wording and block in what is left. */
import type { EventFile } from '../schema.ts';
import { joinCopies } from './event-copy.ts';
import { findEventForms } from './find-event-forms.ts';
import { findEvents } from './find-events.ts';
import type { Finding } from './finding.ts';
import { type Unfolded, withoutLines } from './unfold.ts';

/** A few more than `most` at the most. */
export function eventsInText(files: readonly EventFile[], unfolded: Unfolded, most: number): Finding[] {
  const forms = findEventForms(files, unfolded, most);
  if (forms.length === 0) return findEvents(files, unfolded, most);
  if (forms.length > most) return forms;
  const others = findEvents(files, withoutLines(unfolded, forms), most - forms.length);
  return joinCopies(unfolded, [...others, ...forms]);
}
