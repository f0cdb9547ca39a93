import { useState } from 'react';
import { cx } from '../lib/cx.ts';
import type { Stop } from '../lib/way-stops.ts';
import styles from './way.module.css';

const SHOWN = 12;

/** The way of a message from server to server, the oldest on top, with the time between two of them. */
export function Way({ stops }: { stops: readonly Stop[] }) {
  const [all, setAll] = useState(false);
  // The end of the way says most: where the message was refused or went in circles.
  const hidden = all ? 0 : Math.max(0, stops.length - SHOWN);
  return (
    <>
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          Show the first {hidden} too
        </button>
      )}
      <ol className={styles.way} start={hidden + 1} aria-label="Way of the message, oldest first">
        {stops.slice(hidden).map((stop, i) => (
          // The place on the way is what tells two visits of one server apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order.
          <WayStop key={hidden + i} stop={stop} />
        ))}
      </ol>
    </>
  );
}

function WayStop({ stop: { place, delay, notes, facts, look } }: { stop: Stop }) {
  return (
    <li className={cx(styles.stop, look !== 'plain' && styles[look])}>
      <div className={styles.head}>
        <span className={styles.server}>{place}</span>
        {delay && <span className={styles.delay}>after {delay}</span>}
        {notes.map((note) => (
          <span key={note} className={styles.note}>
            {note}
          </span>
        ))}
      </div>
      <p className={styles.facts}>{facts}</p>
    </li>
  );
}
