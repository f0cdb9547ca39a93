import { memo } from 'react';
import type { SessionRowView } from '../../electron/contract-intake.ts';
import { cx } from '../lib/cx.ts';
import { count, localTime, utc } from '../lib/format.ts';
import { choose, moveTo, openSession } from '../stores/sessions-store.ts';
import { GridCell, GridRow } from './grid-parts.tsx';
import styles from './list.module.css';
import { StageBadge } from './stage-badge.tsx';

const HEADS = ['Time (UTC)', 'Stage', 'Remote', 'Reply', 'Accepted', 'ms', 'File and line'];

export function SessionHeads() {
  return (
    <GridRow index={1} className={styles.headRow}>
      <GridCell head>
        <span className="visually-hidden">Evidence</span>
      </GridCell>
      {HEADS.map((head) => (
        <GridCell key={head} head>
          {head}
        </GridCell>
      ))}
    </GridRow>
  );
}

interface Props {
  id: string;
  index: number;
  /** In pixels from the top of the list. */
  top: number;
  /** Undefined while it is still asked for. */
  row: SessionRowView | undefined;
  isActive: boolean;
  isOpen: boolean;
  isChosen: boolean;
}

/** A session in the list. A press opens it; its box takes it to the evidence. */
export const SessionRow = memo(function SessionRow({ id, index, top, row, isActive, isOpen, isChosen }: Props) {
  const classes = cx(isActive && styles.active, isOpen && styles.open);
  const place = { transform: `translateY(${top}px)` };
  if (!row) {
    return (
      <GridRow id={id} index={index + 2} className={classes} style={place}>
        <GridCell />
        <GridCell className={styles.quiet}>Reading…</GridCell>
      </GridRow>
    );
  }
  const time = utc(row.start);
  const file = row.file.split(/[\\/]/).at(-1) ?? row.file;
  const open = () => {
    moveTo(index);
    void openSession(row.row);
  };
  return (
    <GridRow
      id={id}
      index={index + 2}
      className={classes}
      style={place}
      selected={isChosen}
      current={isOpen}
      onClick={open}
    >
      <GridCell>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isChosen}
          aria-label={`Session of ${time} as evidence`}
          onClick={(event) => event.stopPropagation()}
          onChange={() => choose(row)}
        />
      </GridCell>
      <GridCell title={localTime(row.start)}>{time}</GridCell>
      <GridCell>
        <StageBadge stage={row.stage} />
      </GridCell>
      <GridCell title={row.connector || undefined}>{row.remote}</GridCell>
      <GridCell className={styles.reply} title={row.reply}>
        {row.reply || <span className={styles.quiet}>{row.stage === 'none' ? '' : 'no answer'}</span>}
        {row.mailguard && <span className={styles.quiet}> · overwritten</span>}
      </GridCell>
      <GridCell className={styles.number}>{count(row.delivered)}</GridCell>
      <GridCell className={styles.number}>{count(row.ms)}</GridCell>
      <GridCell className={styles.file} title={`${row.file}, line ${row.line}`}>
        <span className={styles.fileName}>{file}</span>:{row.line}
      </GridCell>
    </GridRow>
  );
});
