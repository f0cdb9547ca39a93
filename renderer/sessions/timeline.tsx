import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';
import { count, utc } from '../lib/format.ts';
import { type Bar, barsOf, stepWords, stretch } from '../lib/time-bars.ts';
import { changeFilter, useSessions } from '../stores/sessions-store.ts';
import styles from './timeline.module.css';

const NO_BARS: Bar[] = [];

/** The sessions over time. A click on a bar narrows the time to it, a drag to all bars on its way. */
export function Timeline() {
  const timeline = useSessions((state) => state.summary?.timeline ?? null);
  const bars = useMemo(() => (timeline ? barsOf(timeline) : NO_BARS), [timeline]);
  const highest = useMemo(() => Math.max(0, ...bars.map(({ sessions }) => sessions)), [bars]);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const [focused, setFocused] = useState(0);
  const row = useRef<HTMLDivElement>(null);
  const first = bars[0];
  const last = bars.at(-1);
  if (!timeline || !first || !last) return <div className={styles.timeline} />;
  const reachable = Math.min(focused, bars.length - 1);
  const narrow = (a: number, b: number) => {
    const time = stretch(bars, a, b);
    if (time) changeFilter({ ...useSessions.getState().filter, ...time });
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: reachable - 1,
      ArrowRight: reachable + 1,
      Home: 0,
      End: bars.length - 1,
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(bars.length - 1, wanted));
    setFocused(next);
    row.current?.querySelectorAll('button')[next]?.focus();
  };
  const chosen = (index: number) =>
    drag !== null && index >= Math.min(drag.from, drag.to) && index <= Math.max(drag.from, drag.to);
  return (
    <figure className={styles.timeline}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of bars. */}
      <div
        ref={row}
        role="group"
        aria-label={`Sessions over time, ${stepWords(timeline.step)} a bar`}
        className={styles.bars}
        onKeyDown={onKey}
        onPointerLeave={() => setDrag(null)}
      >
        {bars.map((bar, index) => (
          <button
            key={bar.from}
            type="button"
            tabIndex={index === reachable ? 0 : -1}
            className={cx(styles.slot, chosen(index) && styles.chosen)}
            aria-label={bar.words}
            title={bar.words}
            onFocus={() => setFocused(index)}
            onPointerDown={(event) => event.button === 0 && setDrag({ from: index, to: index })}
            onPointerEnter={() => drag && setDrag({ ...drag, to: index })}
            onPointerUp={() => {
              if (drag && drag.from !== index) narrow(drag.from, index);
              setDrag(null);
            }}
            onClick={() => narrow(index, index)}
          >
            {bar.parts.map(({ stage, part }) => (
              <span key={stage} className={styles.part} data-stage={stage} style={{ height: `${part * 100}%` }} />
            ))}
          </button>
        ))}
      </div>
      <figcaption className={styles.axis} aria-hidden="true">
        <span>{utc(first.from)}</span>
        <span>
          {stepWords(timeline.step)} a bar, the highest {count(highest)}
        </span>
        <span>{utc(last.until)} UTC</span>
      </figcaption>
      <table className="visually-hidden">
        <caption>Sessions over time (UTC)</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Sessions</th>
            <th scope="col">Failed</th>
            <th scope="col">At stages</th>
          </tr>
        </thead>
        <tbody>
          {timeline.bars.map(({ at, by_stage }) => (
            <tr key={at}>
              <th scope="row">{utc(at)}</th>
              <td>{Object.values(by_stage).reduce((sum, sessions) => sum + sessions, 0)}</td>
              <td>
                {Object.entries(by_stage).reduce(
                  (sum, [stage, sessions]) => (stage === 'none' ? sum : sum + sessions),
                  0,
                )}
              </td>
              <td>
                {Object.entries(by_stage)
                  .map(([stage, sessions]) => `${stage} ${sessions}`)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
