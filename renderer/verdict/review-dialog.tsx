import { Button } from '@fluentui/react-components';
import type { Shell } from '../../wizards/engine/schema.ts';
import dialogStyles from '../case/dialogs.module.css';
import { tabFor } from '../lib/tab-choice.ts';
import { RISK_WORDS, SHELL_WORDS } from '../lib/words.ts';
import { Modal } from '../parts/modal.tsx';
import { useLabels } from '../stores/app-store.ts';
import { runCommand } from '../stores/case-actions.ts';
import { ask, useCase } from '../stores/case-store.ts';
import { useTerminals } from '../stores/terminal-store.ts';
import { NowThenTable } from './now-then-table.tsx';

/** The last look before a change: the object by name, the text, where it runs, and the way back. */
export function ReviewDialog({ command: id, shell }: { command: string; shell: Shell }) {
  const view = useCase((state) => state.view);
  const tabs = useTerminals((state) => state.tabs);
  const active = useTerminals((state) => state.active);
  const labels = useLabels();
  const command = view?.step?.commands.find((item) => item.id === id && item.shell === shell);
  const step = view?.step?.step;
  if (!view || !command || command.text === null) return null;
  const object = command.changes ?? 'the system';
  const tab = tabs.find((item) => item.id === tabFor(tabs, active, shell));
  const where =
    view.practice !== null ? 'the simulated server' : (tab?.title ?? `a new ${SHELL_WORDS[shell]} terminal`);
  const close = () => ask(null);
  const run = () => {
    close();
    void runCommand(command.id, shell, true);
  };
  const { rollback } = command;
  return (
    <Modal
      wide
      alert
      title={`Change ${object}?`}
      onClose={close}
      actions={
        <>
          <Button appearance="primary" onClick={run}>
            Run the change
          </Button>
          <Button onClick={close}>Cancel</Button>
        </>
      }
    >
      <p>
        This command changes <strong>{object}</strong>. It is sent to {where}.
      </p>
      <pre className={dialogStyles.command}>{command.text}</pre>
      <NowThenTable />
      <section aria-label="Way back" className={dialogStyles.wayBack}>
        <h3>Way back, written into the case before anything is sent</h3>
        {rollback?.text && <pre className={dialogStyles.command}>{rollback.text}</pre>}
        {rollback?.note && <p>{rollback.note}</p>}
        {step?.kind === 'fix' && <p>{step.rollback}</p>}
        {rollback && rollback.missing.length > 0 && (
          <p className={dialogStyles.problem} role="alert">
            Not captured before, so the way back has no value for:{' '}
            {rollback.missing.map((name) => labels[name] ?? name).join(', ')}. Capture it first, or note it by hand.
          </p>
        )}
        {!rollback && <p className={dialogStyles.problem}>No way back is known for this command.</p>}
      </section>
      {step?.kind === 'fix' && (
        <dl className={dialogStyles.facts}>
          <div>
            <dt>Risk</dt>
            <dd>{RISK_WORDS[step.risk]}</dd>
          </div>
          <div>
            <dt>Interruption</dt>
            <dd>{step.interruption}</dd>
          </div>
          <div>
            <dt>Privilege</dt>
            <dd>{step.privilege}</dd>
          </div>
          <div>
            <dt>Takes effect</dt>
            <dd>{step.effective}</dd>
          </div>
        </dl>
      )}
    </Modal>
  );
}
