import type { Conversation } from '../../wizards/engine/schema.ts';
import { cx } from '../lib/cx.ts';
import { changeDraft, useCase } from '../stores/case-store.ts';
import styles from './conversation.module.css';

type Part = Conversation['parts'][number];

/**
 * A conversation of two servers as a ladder. What the chosen outcome says is missing stands out, and what comes
 * behind it was never reached; a part that has an outcome chooses it.
 */
export function ConversationLadder() {
  const step = useCase((state) => state.view?.step?.step ?? null);
  const inForce = useCase((state) => state.draft.picked ?? state.view?.step?.suggestion ?? null);
  const conversation = step?.kind === 'question' ? step.conversation : undefined;
  if (!conversation) return null;
  const { sender, receiver, parts } = conversation;
  const missing = parts.findIndex((part) => part.outcome !== undefined && part.outcome === inForce);
  return (
    <section className={styles.ladder} aria-label="The conversation">
      <div className={styles.ends} aria-hidden="true">
        <span>{sender}</span>
        <span>{receiver}</span>
      </div>
      <ol className={styles.parts}>
        {parts.map((part, index) => (
          <Rung
            key={`${part.n ?? ''} ${part.says}`}
            part={part}
            who={part.from === 'both' ? 'both' : part.from === 'sender' ? sender : receiver}
            state={missing < 0 || index < missing ? 'there' : index === missing ? 'missing' : 'behind'}
          />
        ))}
      </ol>
    </section>
  );
}

function Rung({ part, who, state }: { part: Part; who: string; state: 'there' | 'missing' | 'behind' }) {
  const { n, from, says, wire, outcome } = part;
  const words = (
    <>
      <span className={styles.number}>{n ?? ''}</span>
      <span className={styles.says}>
        <span className="visually-hidden">{who}: </span>
        {says}
        {wire && <code className={styles.wire}>{wire}</code>}
        {state === 'missing' && <strong className={styles.mark}>missing here</strong>}
        {state === 'behind' && <span className="visually-hidden">, not reached</span>}
      </span>
    </>
  );
  return (
    <li className={cx(styles.rung, styles[from], styles[state])}>
      {outcome === undefined ? (
        <div className={styles.row}>{words}</div>
      ) : (
        <button
          type="button"
          className={styles.row}
          title="Choose this one if it is the first that is missing"
          aria-pressed={state === 'missing'}
          onClick={() => changeDraft({ picked: outcome })}
        >
          {words}
        </button>
      )}
    </li>
  );
}
