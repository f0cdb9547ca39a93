import { useState } from 'react';
import { type HopWords, hopWords } from '../../wizards/engine/intake/hop-words.ts';
import type { Hop } from '../../wizards/engine/intake/hops.ts';
import { cx } from '../lib/cx.ts';
import styles from './hops.module.css';

const SHOWN = 12;

/** The way of a message from server to server, the oldest hop on top, with the time between two of them. */
export function Hops({ hops }: { hops: readonly Hop[] }) {
  const [all, setAll] = useState(false);
  // The end of the way says most: where the message was refused or went in circles.
  const hidden = all ? 0 : Math.max(0, hops.length - SHOWN);
  return (
    <>
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          Show the first {hidden} servers too
        </button>
      )}
      <ol className={styles.way} start={hidden + 1} aria-label="Way of the message, oldest first">
        {hops.slice(hidden).map((hop, i) => (
          // The place on the way is what tells two visits of one server apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order.
          <Stop key={hidden + i} words={hopWords(hop)} odd={hop.flags.length > 0} />
        ))}
      </ol>
    </>
  );
}

function Stop({ words, odd }: { words: HopWords; odd: boolean }) {
  const { server, delay, facts, notes, refused } = words;
  return (
    <li className={cx(styles.stop, odd && styles.odd, refused !== null && styles.refused)}>
      <div className={styles.head}>
        <span className={styles.server}>{server}</span>
        {delay && <span className={styles.delay}>after {delay}</span>}
        {notes.map((note) => (
          <span key={note} className={styles.note}>
            {note}
          </span>
        ))}
        {refused !== null && <span className={styles.note}>refused</span>}
      </div>
      <p className={styles.facts}>{refused ?? facts.join(' · ')}</p>
    </li>
  );
}
