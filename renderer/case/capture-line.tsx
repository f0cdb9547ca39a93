import { useState } from 'react';
import type { Capture } from '../../wizards/engine/model.ts';
import { clock, duration } from '../lib/format.ts';
import { resultWords, SOURCE_WORDS } from '../lib/words.ts';
import { CaptureOutput } from './capture-output.tsx';
import styles from './case.module.css';

/** What came of a command: when, how long, where, with which result, and its output on demand. */
export function CaptureLine({ capture }: { capture: Capture }) {
  const [open, setOpen] = useState(false);
  const parts = [
    `Captured ${clock(capture.startedAt)}`,
    capture.ms !== null && capture.source === 'run' ? duration(capture.ms) : null,
    capture.source === 'run' || capture.source === 'typed' ? resultWords(capture) : SOURCE_WORDS[capture.source],
    capture.host && `on ${capture.host}`,
    capture.truncated && 'output cut at its bound',
  ].filter(Boolean);
  return (
    <div className={styles.capture}>
      <span>{parts.join(' · ')}</span>
      <button type="button" className={styles.textButton} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide the output' : 'Show the output'}
      </button>
      {open && (
        <CaptureOutput capture={capture.id} evidence={capture.reading?.evidence.map((line) => line.line) ?? []} />
      )}
    </div>
  );
}
