/** Replies: their patterns, their wizards, and that each text is explained by its own entry. */
import { bestEntry, parseReply } from '../reply.ts';
import { patternFault } from './check-readings.ts';
import type { Context } from './context.ts';
import { wizardExists } from './exists.ts';

export function checkReplies(context: Context): void {
  const { replies, report } = context;
  const all = [...replies].reverse().flatMap(({ content }) => content.replies);
  for (const { source, content } of replies) {
    for (const [i, entry] of content.replies.entries()) {
      const path = ['replies', i];
      if (entry.wizard !== undefined) wizardExists(context, source, entry.wizard, [...path, 'wizard']);
      const fault = entry.text === undefined ? null : patternFault(entry.text);
      if (fault) report('FG501', source, [...path, 'text'], `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`);
      for (const [j, text] of entry.says.entries()) {
        const best = bestEntry(all, parseReply(text));
        if (best === entry || fault) continue;
        const by = best ? `by the entry of "${best.says[0]}"` : 'by no entry';
        report('FG605', source, [...path, 'says', j], `"${text}" is explained ${by}.`);
      }
    }
  }
}
