/**
 * Event Viewer's "Copy details as text" holds an event twice: as text with the time of the server, and below
 * `Event Xml:` as XML with the time in UTC. Both are one finding.
 */
import type { Finding } from './finding.ts';
import type { Unfolded } from './unfold.ts';

/** The label in any language of Windows (`Ereignis-XML:`), at the start of its line. */
const LABEL = /^[^\n<>&:]{0,40}\bxml\b[^\n<>&:]{0,20}:/i;
/** It with the end of its line, and with the empty lines that a page puts between. */
const ABOVE = new RegExp(`(?:^|\\n)(${LABEL.source.slice(1)}[ \\t]*\\r?\\n(?:[ \\t]*\\r?\\n){0,2}[ \\t]*)$`, 'i');
const HIGHEST = 200;

/** How many lines above an offset the label stands that announces XML. 0 where none does. */
export function linesToLabel(text: string, at: number): number {
  const above = ABOVE.exec(text.slice(Math.max(0, at - HIGHEST), at))?.[1];
  return above ? above.split('\n').length - 1 : 0;
}

/** Findings in the order of their lines, with every XML that a label joins to the text above it taken into that. */
export function joinCopies({ text, starts }: Unfolded, findings: readonly Finding[]): Finding[] {
  const joined: Finding[] = [];
  for (const finding of [...findings].sort((a, b) => a.line - b.line)) {
    const above = joined.at(-1);
    const from = starts[finding.line - 1] as number;
    const first = text.slice(from, from + HIGHEST).replace(/^[\s>]+/, '');
    if (above && LABEL.test(first) && isSameEvent(above, finding)) joined[joined.length - 1] = both(above, finding);
    else joined.push(finding);
  }
  return joined;
}

function isSameEvent(text: Finding, xml: Finding): boolean {
  const same = text.id === xml.id && text.source === xml.source && (text.end ?? text.line) < xml.line;
  const [local, utc] = [text, xml].map(({ fields }) => withinQuarter(fields.time));
  return same && (!local || !utc || local === utc);
}

/** Clocks differ by hours, and in some places by quarters of an hour: minutes and seconds within one are the same. */
function withinQuarter(time: string | undefined): string | null {
  // The last that looks so: points may part the day as well.
  const found = /.*\d[:.](\d\d)[:.](\d\d)(?!\d)/.exec(time ?? '');
  return found ? `${Number(found[1]) % 15}:${found[2]}` : null;
}

/** The text says it as a person reads it; the XML adds what the text does not name. */
function both(text: Finding, xml: Finding): Finding {
  const told = new Set(Object.values(text.fields));
  const added = Object.entries(xml.fields).filter(([name, value]) => !/^data_\d+$/.test(name) || !told.has(value));
  return {
    ...text,
    // A doubt is written behind a title, so the shorter is the surer one.
    title: xml.title.length < text.title.length ? xml.title : text.title,
    end: Math.max(xml.end ?? xml.line, text.end ?? text.line),
    fields: { ...Object.fromEntries(added), ...text.fields },
  };
}
