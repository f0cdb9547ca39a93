import { Button, Input } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { currentView } from './current-view.ts';
import styles from './terminal-panel.module.css';

/** Finds text in the terminal: Enter for the next place, Shift+Enter for the one before, Escape to leave. */
export function FindBar({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    return () => currentView()?.clearFind();
  }, []);
  const find = (wanted: string, direction: 'next' | 'previous') => {
    if (wanted === '') currentView()?.clearFind();
    setMissing(wanted !== '' && currentView()?.find(wanted, direction) === false);
  };
  const leave = () => {
    onClose();
    currentView()?.focus();
  };
  return (
    <search className={styles.find}>
      <Input
        ref={field}
        size="small"
        aria-label="Find in the terminal"
        value={text}
        onChange={(_, data) => {
          setText(data.value);
          find(data.value, 'next');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find(text, event.shiftKey ? 'previous' : 'next');
          if (event.key === 'Escape') leave();
        }}
      />
      <Button size="small" disabled={text === ''} onClick={() => find(text, 'previous')}>
        Previous
      </Button>
      <Button size="small" disabled={text === ''} onClick={() => find(text, 'next')}>
        Next
      </Button>
      <Button size="small" appearance="subtle" onClick={leave}>
        Close
      </Button>
      <span role="status">{missing ? 'Not found' : ''}</span>
    </search>
  );
}
