import { useMemo } from 'react';
import type { CommandView } from '../../wizards/engine/view.ts';
import { groupCommands } from '../lib/command-choice.ts';
import { openCommand } from '../lib/primary.ts';
import { changeDraft, useCase } from '../stores/case-store.ts';
import styles from './case.module.css';
import { CommandCard } from './command-card.tsx';

/** The commands of the step: one stands open, the others show their title. */
export function CommandList({ roles }: { roles: CommandView['role'][] }) {
  const step = useCase((state) => state.view?.step ?? null);
  const chosen = useCase((state) => state.draft.command);
  const wanted = roles.join();
  const groups = useMemo(
    () => (step ? groupCommands(step.commands, wanted.split(',') as CommandView['role'][]) : []),
    [step, wanted],
  );
  if (!step || groups.length === 0) return null;
  const due = chosen ?? openCommand(step);
  const open = groups.some((group) => group.id === due) ? due : groups[0]?.id;
  return (
    <div className={styles.commands}>
      {groups.map((group) =>
        group.id === open || groups.length === 1 ? (
          <CommandCard key={group.id} views={group.views} />
        ) : (
          <ClosedCard
            key={group.id}
            id={group.id}
            title={group.views[0]?.title ?? group.id}
            done={isDone(step.captures, group.id)}
          />
        ),
      )}
    </div>
  );
}

const isDone = (captures: readonly { command: string | null }[], id: string): boolean =>
  captures.some((capture) => capture.command === id);

function ClosedCard({ id, title, done }: { id: string; title: string; done: boolean }) {
  return (
    <button
      type="button"
      className={styles.closedCard}
      aria-expanded={false}
      onClick={() => changeDraft({ command: id })}
    >
      <span aria-hidden="true">▸</span> {title}
      {done && <span className={styles.quiet}> · captured</span>}
    </button>
  );
}
