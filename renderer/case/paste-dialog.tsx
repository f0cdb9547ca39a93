import { Button, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { bytes, plural } from '../lib/format.ts';
import { SHELL_WORDS } from '../lib/words.ts';
import { Modal } from '../parts/modal.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { pasteOutput } from '../stores/case-actions.ts';
import { type Asking, ask, useCase } from '../stores/case-store.ts';
import styles from './dialogs.module.css';

/** As many characters as the core takes (electron/contract.ts). */
const LARGEST = 6 * 1024 * 1024;
/** A field gets slow with more than this; a longer text is held beside it. */
const LONGEST_EDITED = 200_000;

/** Takes the output of a command that ran where the app cannot. */
export function PasteDialog({ asking }: { asking: Extract<Asking, { kind: 'paste' }> }) {
  const [text, setText] = useState(asking.text);
  const problem = useCase((state) => state.problem);
  const pending = useCase((state) => state.pending === 'paste');
  const command = useCase((state) =>
    state.view?.step?.commands.find((item) => item.id === asking.command && item.shell === asking.shell),
  );
  const tooLong = text.length > LARGEST;
  const close = () => ask(null);
  const record = async () => {
    if (await pasteOutput(asking.command, asking.shell, text)) close();
  };
  return (
    <Modal
      wide
      title="Paste the output"
      onClose={close}
      actions={
        <>
          <Button
            appearance="primary"
            disabled={text.trim() === '' || tooLong || pending}
            onClick={() => void record()}
          >
            Record the output
          </Button>
          <Button onClick={close}>Cancel</Button>
        </>
      }
    >
      <p>
        What “{command?.title ?? asking.command}” printed in {SHELL_WORDS[asking.shell]}, from its first line to its
        last. It is recorded as pasted, with your name and the time.
      </p>
      {command?.text && <pre className={styles.command}>{command.text}</pre>}
      {text.length > LONGEST_EDITED ? (
        <div className={styles.held}>
          <strong>
            {bytes(text.length)} of text, {plural(text.split('\n').length, 'line')}
          </strong>
          <pre>{text.slice(0, 1000)}…</pre>
          <Button size="small" onClick={() => setText('')}>
            Clear
          </Button>
        </div>
      ) : (
        <Textarea
          aria-label="Output"
          className={styles.area}
          textarea={{ className: styles.areaText, spellCheck: false, wrap: 'off' }}
          resize="vertical"
          autoFocus
          value={text}
          onChange={(_, data) => setText(data.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && event.ctrlKey && text.trim() !== '' && !pending) void record();
          }}
        />
      )}
      {tooLong && (
        <p className={styles.problem} role="alert">
          This is {bytes(text.length)}; at most {bytes(LARGEST)} can be recorded. Paste the part that matters.
        </p>
      )}
      <ProblemNote problem={problem} />
    </Modal>
  );
}
