import { type ReactNode, useState } from 'react';
import type { SessionsSummary } from '../../electron/contract-intake.ts';
import { cx } from '../lib/cx.ts';
import { count, utcSpan } from '../lib/format.ts';
import { changeFilter, useSessions } from '../stores/sessions-store.ts';
import styles from './groups.module.css';
import { StageBadge } from './stage-badge.tsx';

const KINDS = [
  { id: 'replies', label: 'Replies' },
  { id: 'remotes', label: 'Remote sides' },
  { id: 'connectors', label: 'Connectors' },
] as const;
type Kind = (typeof KINDS)[number]['id'];

/** What the sessions have in common: one remote or many, one reply or varying. A row narrows the list down to it. */
export function GroupTables() {
  const summary = useSessions((state) => state.summary);
  const [kind, setKind] = useState<Kind>('replies');
  return (
    <aside className={styles.groups} aria-label="Groups">
      <fieldset className={styles.kinds}>
        <legend className="visually-hidden">Grouped by</legend>
        {KINDS.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className={cx(styles.kind, id === kind && styles.kindOn)}
            aria-pressed={id === kind}
            onClick={() => setKind(id)}
          >
            {label} <span className={styles.quiet}>{summary ? count(summary.totals[id]) : ''}</span>
          </button>
        ))}
      </fieldset>
      <div className={styles.scroll}>{summary && <Groups kind={kind} summary={summary} />}</div>
    </aside>
  );
}

function Groups({ kind, summary }: { kind: Kind; summary: SessionsSummary }) {
  if (kind === 'replies') return <Replies summary={summary} />;
  const rows =
    kind === 'remotes'
      ? summary.by_remote.map(({ remote, ...counts }) => ({ name: remote, ...counts }))
      : summary.by_connector.map(({ connector, ...counts }) => ({ name: connector, ...counts }));
  const names =
    kind === 'remotes' ? { head: 'Remote side', none: 'not named' } : { head: 'Connector', none: 'not named' };
  return (
    <Table heads={[names.head, 'Sessions', 'Failed']} shown={rows.length} all={summary.totals[kind]}>
      {rows.map(({ name, sessions, failed }) => (
        <tr key={name}>
          <td>
            {/* Who did not say a name cannot be asked for by it. */}
            {kind === 'remotes' && name === '' ? (
              names.none
            ) : (
              <Narrow part={kind === 'remotes' ? { remote: name } : { connector: name }}>{name || names.none}</Narrow>
            )}
          </td>
          <td className={styles.number}>{count(sessions)}</td>
          <td className={styles.number}>{count(failed)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Replies({ summary }: { summary: SessionsSummary }) {
  const { by_reply: rows, totals } = summary;
  if (rows.length === 0)
    return <p className={styles.empty}>{summary.sessions > 0 ? 'Nothing failed in these sessions.' : 'No session.'}</p>;
  return (
    <Table heads={['Stage and reply', 'Sessions']} shown={rows.length} all={totals.replies}>
      {rows.map(({ reply, stage, count: sessions, remote, first, last }) => (
        <tr key={`${stage} ${reply}`}>
          <td>
            <Narrow part={{ stages: [stage], reply }}>
              <StageBadge stage={stage} /> {reply || 'no answer'}
            </Narrow>
            <div className={styles.quiet}>
              {remote === null ? 'several servers' : remote || 'not named'} ·{' '}
              {utcSpan(Date.parse(first), Date.parse(last))}
            </div>
          </td>
          <td className={styles.number}>{count(sessions)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Narrow({ part, children }: { part: Parameters<typeof changeFilter>[0]; children: ReactNode }) {
  return (
    <button
      type="button"
      className={styles.narrow}
      onClick={() => changeFilter({ ...useSessions.getState().filter, ...part })}
    >
      {children}
    </button>
  );
}

function Table(props: { heads: string[]; shown: number; all: number; children: ReactNode }) {
  const { heads, shown, all, children } = props;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={head} scope="col" className={cx(index > 0 && styles.number)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {all > shown && (
        <p className={styles.empty}>
          The {count(shown)} largest of {count(all)}. Narrow the list down to see others.
        </p>
      )}
    </>
  );
}
