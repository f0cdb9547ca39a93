import { useMemo } from 'react';
import { chooseShell } from '../lib/command-choice.ts';
import { nowThenOf } from '../lib/now-then.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './verdict.module.css';

/** A change as now and then: the captured old value beside the new one. */
export function NowThenTable() {
  const commands = useCase((state) => state.view?.step?.commands ?? null);
  const runnable = useCase((state) => state.view?.runnable ?? null);
  const preferred = useCase((state) => state.preferredShell);
  const rows = useMemo(() => {
    const changes = (commands ?? []).filter((command) => command.role === 'change');
    const change = runnable ? chooseShell(changes, runnable, preferred) : undefined;
    return change ? nowThenOf(change) : [];
  }, [commands, runnable, preferred]);
  if (rows.length === 0) return null;
  return (
    <table className={styles.nowThen}>
      <thead>
        <tr>
          <th scope="col">What changes</th>
          <th scope="col">Now (captured)</th>
          <th scope="col">Then</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td className={styles.old}>{row.now ?? 'not captured'}</td>
            <td className={styles.new}>{row.next}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
