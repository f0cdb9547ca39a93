import { useMemo } from 'react';
import type { CommandView, StepView } from '../../wizards/engine/view.ts';
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
            standing={standingOf(step, group.id)}
          />
        ),
      )}
    </div>
  );
}

function standingOf({ captures, byHand }: StepView, id: string): string | null {
  if (byHand.some((change) => change.command === id)) return 'done by hand';
  return captures.some((capture) => capture.command === id) ? 'captured' : null;
}

function ClosedCard({ id, title, standing }: { id: string; title: string; standing: string | null }) {
  return (
    <button
      type="button"
      className={styles.closedCard}
      aria-expanded={false}
      onClick={() => changeDraft({ command: id })}
    >
      <span aria-hidden="true">▸</span> {title}
      {standing && <span className={styles.quiet}> · {standing}</span>}
    </button>
  );
}
