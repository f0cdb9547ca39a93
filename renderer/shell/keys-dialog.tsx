import { Button } from '@fluentui/react-components';
import { Modal } from '../parts/modal.tsx';
import { openDialog } from '../stores/app-store.ts';
import styles from './dialogs.module.css';

const KEYS: [string[], string][] = [
  [['1', '…', '9'], 'Choose an outcome'],
  [['Enter'], 'Record the chosen outcome and go on'],
  [['Ctrl', 'Enter'], 'Run the command; in a dialog: take what was pasted'],
  [['Ctrl', 'V'], 'Paste an output of another server, anywhere outside of a field'],
  [['F6'], 'Go on to the next part: path, step, terminal'],
  [['Shift', 'F6'], 'Go back to the part before'],
  [['Esc'], 'Close a dialog or an old record; in a field: leave it as it was'],
  [['←', '→', '↑', '↓'], 'On a border between two parts: move it'],
  [['?'], 'Show these keys'],
];

export function KeysDialog() {
  const close = () => openDialog(null);
  return (
    <Modal
      title="Keys"
      onClose={close}
      actions={
        <Button appearance="primary" onClick={close}>
          Close
        </Button>
      }
    >
      <dl className={styles.keys}>
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>In the terminal all keys but F6 belong to the shell.</p>
    </Modal>
  );
}
