import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import type { CardPiece } from '../lib/pieces.ts';
import styles from './case.module.css';
import { InlineParameter } from './parameter-field.tsx';

/** The text of a command. What varies is a field in its place; the rest is the shell's grammar. */
export function CommandText({ pieces }: { pieces: CardPiece[] }) {
  return (
    <div className={styles.code}>
      {pieces.map((piece, index) => {
        // Pieces have no name of their own; they are redrawn as a whole when one changes.
        const key = `${index}${piece.parameter ?? ''}`;
        if (piece.holds) return <Composed key={key} text={piece.text} holds={piece.holds} />;
        return piece.parameter === null ? (
          <span key={key}>{grammar(piece.text)}</span>
        ) : (
          <InlineParameter key={key} name={piece.parameter} text={piece.missing ? null : piece.text} />
        );
      })}
    </div>
  );
}

/** A literal that several values went into: pressed, it leads to the first of their fields. */
function Composed({ text, holds }: { text: string; holds: string[] }) {
  const field = () => document.querySelector<HTMLElement>(`[data-parameter="${holds[0]}"]`)?.focus();
  return (
    <button
      type="button"
      className={styles.composed}
      aria-label={`${text}. Press to change its values`}
      onClick={field}
    >
      {text}
    </button>
  );
}

const CMDLET = /^[A-Z][a-z]+-[A-Z][A-Za-z0-9]+$/;
/** A longer word may break anywhere, else it would stand out of the card. */
const LONGEST_WHOLE = 40;

/** The grammar in words that do not break inside, so that no option is torn from its dashes. */
function grammar(text: string): ReactNode[] {
  return text.split(/(\s+)/).map((word, index) => {
    if (word.trim() === '' || word.length > LONGEST_WHOLE) return word;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: words have no name of their own.
      <span key={index} className={cx(styles.word, CMDLET.test(word) && styles.cmdlet)}>
        {word}
      </span>
    );
  });
}
