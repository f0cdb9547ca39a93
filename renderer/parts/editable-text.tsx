import { type KeyboardEvent, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';
import styles from './parts.module.css';

interface Props {
  label: string;
  value: string;
  /** Shown where there is no value yet. */
  empty: string;
  strong?: boolean;
  quiet?: boolean;
  grow?: boolean;
  onSave: (value: string) => unknown;
}

/** Text that becomes a field when it is pressed. Enter and leaving the field keep it, Escape does not. */
export function EditableText({ label, value, empty, strong, quiet, grow, onSave }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const back = useRef(false);
  const finish = (keep: boolean) => {
    const text = draft?.trim();
    setDraft(null);
    if (keep && text !== undefined && text !== value) onSave(text);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.stopPropagation();
    back.current = true;
    finish(event.key === 'Enter');
  };
  if (draft === null) {
    return (
      <button
        ref={(element) => {
          if (element && back.current) {
            back.current = false;
            element.focus();
          }
        }}
        type="button"
        className={cx(
          styles.editable,
          strong && styles.strong,
          quiet && styles.quiet,
          grow && styles.grow,
          !value && styles.none,
        )}
        aria-label={`${label}: ${value || empty}. Press to edit`}
        title={`${label}: press to edit`}
        onClick={() => setDraft(value)}
      >
        {value || empty}
      </button>
    );
  }
  return (
    <input
      ref={(element) => {
        if (element && document.activeElement !== element) {
          element.focus();
          element.select();
        }
      }}
      className={cx(styles.editing, grow && styles.grow)}
      aria-label={label}
      value={draft}
      maxLength={label === 'Title' ? 200 : 80}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKey}
      onBlur={() => finish(true)}
    />
  );
}
