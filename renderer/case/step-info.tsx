import { useState } from 'react';
import type { StepView } from '../../wizards/engine/view.ts';
import { type Unfolding, UnfoldLinks } from '../parts/unfold.tsx';
import { useCase } from '../stores/case-store.ts';
import styles from './case.module.css';
import { Samples } from './samples.tsx';

/** What a junior wants to know, one line away: why, what good looks like, where in the console, the sources. */
export function StepInfo({ hint }: { hint: string | null }) {
  const step = useCase((state) => state.view?.step ?? null);
  const [open, setOpen] = useState<string | null>(null);
  if (!step) return null;
  return <UnfoldLinks items={itemsOf(step, hint)} open={open} onOpen={setOpen} />;
}

function itemsOf(view: StepView, hint: string | null): Unfolding[] {
  const { step, console: paths } = view;
  const items: Unfolding[] = [];
  if ('why' in step)
    items.push({ id: 'why', label: 'Why we ask', content: <Why why={step.why} notes={step.notes ?? []} /> });
  if (view.commands.some((command) => command.samples.length > 0)) {
    items.push({ id: 'samples', label: 'What good looks like', content: <Samples commands={view.commands} /> });
  }
  if (paths.length > 0) {
    items.push({
      id: 'console',
      label: 'Where in the console',
      content: paths.map((path) => <p key={path}>{path}</p>),
    });
  }
  items.push({ id: 'sources', label: 'Sources', content: <Sources sources={step.sources} /> });
  if (hint) items.push({ id: 'hint', label: 'Hint', content: <p>{hint}</p> });
  return items;
}

function Why({ why, notes }: { why: string; notes: readonly string[] }) {
  return (
    <div className={styles.prose}>
      <p>{why}</p>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}

export function Sources({ sources }: { sources: readonly string[] }) {
  return (
    <ul className={styles.sources}>
      {sources.map((source) => (
        <li key={source}>{source}</li>
      ))}
    </ul>
  );
}
