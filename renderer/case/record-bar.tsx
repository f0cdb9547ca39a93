import { Button, Textarea } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { primaryOf } from '../lib/primary.ts';
import { Key } from '../parts/key.tsx';
import { useApp } from '../stores/app-store.ts';
import { recordOutcome } from '../stores/case-actions.ts';
import { changeDraft, useCase } from '../stores/case-store.ts';
import styles from './decide.module.css';

/** The button that records the outcome in force, and a note to go with it. */
export function RecordBar() {
  const primary = useCase((state) => (state.view?.step ? primaryOf(state.view.step, state.draft.picked) : 'record'));
  const ready = useCase((state) => (state.draft.picked ?? state.view?.step?.suggestion ?? null) !== null);
  const pending = useCase((state) => state.pending === 'choose');
  const note = useCase((state) => state.draft.note);
  const noteOpen = useCase((state) => state.draft.noteOpen);
  const away = useApp((state) => state.connection !== 'connected');
  const area = useRef<HTMLTextAreaElement>(null);
  const opened = useRef(false);
  useEffect(() => {
    if (noteOpen && !opened.current) area.current?.focus();
    opened.current = noteOpen;
  }, [noteOpen]);
  return (
    <div className={styles.record}>
      {noteOpen && (
        <Textarea
          ref={area}
          aria-label="Note"
          placeholder="Goes into the checklist with this answer"
          resize="vertical"
          value={note}
          maxLength={10_000}
          onChange={(_, data) => changeDraft({ note: data.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && note === '') changeDraft({ noteOpen: false });
          }}
        />
      )}
      <div className={styles.buttons}>
        <Button
          appearance={primary === 'record' ? 'primary' : 'secondary'}
          disabled={!ready || pending || away}
          onClick={() => void recordOutcome()}
        >
          Record and go on
          {primary === 'record' && <Key>↵</Key>}
        </Button>
        {!noteOpen && <Button onClick={() => changeDraft({ noteOpen: true })}>Add a note</Button>}
      </div>
    </div>
  );
}
