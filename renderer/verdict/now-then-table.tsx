import { chooseShell } from '../lib/command-choice.ts';
import { changeMade } from '../lib/primary.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './verdict.module.css';

/** A change as now and then: the captured old value beside the new one; where there is none, the reason. */
export function NowThenTable() {
  const nowThen = useCase(({ view, preferredShell }) => {
    const changes = view?.step?.commands.filter((command) => command.role === 'change') ?? [];
    return (view && chooseShell(changes, view.runnable, preferredShell)?.nowThen) ?? null;
  });
  const made = useCase((state) => (state.view?.step ? changeMade(state.view.step) : false));
  if (!nowThen) return null;
  const { rows, why } = nowThen;
  return (
    <>
      {rows.length > 0 && (
        <table className={styles.nowThen}>
          <thead>
            <tr>
              <th scope="col">What changes</th>
              <th scope="col">{made ? 'Before (captured)' : 'Now (captured)'}</th>
              <th scope="col">{made ? 'After' : 'Then'}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, label, now, next }) => (
              <tr key={name}>
                <th scope="row">{label}</th>
                <td className={now === null ? styles.unknown : styles.old}>{now ?? 'not captured'}</td>
                <td className={next === null ? styles.unknown : styles.new}>
                  {next ?? 'not known before it is set'}
                  {next !== null && next === now && ' (the same)'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {why && <p className={styles.more}>{why}</p>}
    </>
  );
}
