import { Button, Input } from '@fluentui/react-components';
import { type RefObject, useId, useRef, useState } from 'react';
import { chosenFiles } from '../lib/dropped-files.ts';
import { openPath, useFiles } from '../stores/files-store.ts';
import styles from './files.module.css';
import { takeFiles } from './use-file-drop.ts';

/** Three ways to files for those who do not drop them: two dialogs of the system, and a path. */
export function FileChoice() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [asksPath, setAsksPath] = useState(false);
  return (
    <>
      <p className={styles.choice}>
        Logs: drop them anywhere on this page, or choose{' '}
        <button type="button" className={styles.link} aria-label="Choose files…" onClick={() => files.current?.click()}>
          files…
        </button>
        ,{' '}
        <button
          type="button"
          className={styles.link}
          aria-label="Choose a folder…"
          onClick={() => folder.current?.click()}
        >
          a folder…
        </button>{' '}
        or{' '}
        <button
          type="button"
          className={styles.link}
          aria-label="Name a path…"
          aria-expanded={asksPath}
          onClick={() => setAsksPath(!asksPath)}
        >
          a path…
        </button>
      </p>
      {asksPath && <PathField onDone={() => setAsksPath(false)} />}
      <Chooser label="Files to read" field={files} />
      <Chooser label="Folder to read" field={folder} folder />
    </>
  );
}

/** The system's own dialog hides behind a field that nobody sees. */
function Chooser({
  label,
  field,
  folder,
}: {
  label: string;
  field: RefObject<HTMLInputElement | null>;
  folder?: true;
}) {
  return (
    <input
      ref={field}
      type="file"
      multiple
      hidden
      aria-label={label}
      {...(folder ? { webkitdirectory: '' } : {})}
      onChange={({ currentTarget }) => {
        const chosen = chosenFiles(currentTarget.files ?? []);
        // Else the same files could not be chosen once more.
        currentTarget.value = '';
        if (chosen.files.length > 0) void takeFiles(chosen);
      }}
    />
  );
}

function PathField({ onDone }: { onDone: () => void }) {
  const [path, setPath] = useState('');
  const beginning = useFiles((state) => state.beginning);
  const id = useId();
  return (
    <form
      className={styles.path}
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() !== '') void openPath(path).then((opened) => opened && onDone());
      }}
    >
      <label htmlFor={id}>File or folder on the computer that Fieldguide runs on</label>
      <Input
        id={id}
        autoFocus
        className={styles.pathInput}
        value={path}
        maxLength={4000}
        placeholder="C:\Program Files\Microsoft\Exchange Server\V15\TransportRoles\Logs\Hub\ProtocolLog"
        onChange={(_, data) => setPath(data.value)}
      />
      <Button type="submit" disabled={beginning || path.trim() === ''}>
        Read
      </Button>
    </form>
  );
}
