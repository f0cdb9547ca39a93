import { Button, Radio, RadioGroup } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { ExportFormat } from '../../electron/contract.ts';
import { client } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { Modal } from '../parts/modal.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { ScrollPane } from '../parts/scroll-pane.tsx';
import { announce, openDialog } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import { StateChoice } from '../verdict/state-choice.tsx';
import styles from './export.module.css';

const FORMATS: { id: ExportFormat; label: string }[] = [
  { id: 'md', label: 'Markdown' },
  { id: 'html', label: 'HTML, one file' },
  { id: 'txt', label: 'Plain text, for ticket fields' },
  { id: 'summary', label: 'Summary' },
  { id: 'jira', label: 'Jira' },
  { id: 'csv', label: 'CSV' },
  { id: 'json', label: 'JSON' },
  { id: 'letter', label: 'Letter to the other side' },
];
const LONGEST_PREVIEW = 60_000;

type Exported = { name: string; mediaType: string; text: string };

/** The checklist as a file or on the clipboard, with the very text in view before it goes anywhere. */
export function ExportDialog() {
  const id = useCase((state) => state.id);
  const head = useCase((state) => state.view?.head ?? '');
  const [format, setFormat] = useState<ExportFormat>('md');
  const exported = useExport(id, format, head);
  const [copied, setCopied] = useState(false);
  const close = () => openDialog(null);
  const { file, problem } = exported;
  const copy = async () => {
    if (!file) return;
    await navigator.clipboard.writeText(file.text);
    setCopied(true);
    announce('The checklist was copied.');
  };
  return (
    <Modal
      wide
      title="Export for the ticket"
      onClose={close}
      actions={
        <>
          <Button appearance="primary" disabled={!file} onClick={() => file && save(file)}>
            Save file
          </Button>
          <Button disabled={!file} onClick={() => void copy()}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
          <Button onClick={close}>Close</Button>
        </>
      }
    >
      <StateChoice />
      <RadioGroup
        layout="horizontal"
        aria-label="Format"
        value={format}
        onChange={(_, data) => {
          const choice = FORMATS.find((item) => item.id === data.value);
          if (choice) setFormat(choice.id);
          setCopied(false);
        }}
      >
        {FORMATS.map((item) => (
          <Radio key={item.id} value={item.id} label={item.label} />
        ))}
      </RadioGroup>
      <ProblemNote problem={problem} />
      {file && (
        <>
          <p className={styles.name}>{file.name}</p>
          <ScrollPane className={styles.preview} label="Preview">
            {file.text.slice(0, LONGEST_PREVIEW)}
            {file.text.length > LONGEST_PREVIEW && '\n… the rest is in the file'}
          </ScrollPane>
        </>
      )}
    </Modal>
  );
}

/** The export as the case stands now; asked again when something is recorded. */
function useExport(id: string | null, format: ExportFormat, head: string) {
  const [file, setFile] = useState<Exported | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new head of the journal means a new text.
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    client()
      .cases.export({ case: id, format })
      .then((answer) => {
        if (!wanted) return;
        setFile(answer);
        setProblem(null);
      })
      .catch((error: unknown) => wanted && setProblem(problemOf(error)));
    return () => {
      wanted = false;
    };
  }, [id, format, head]);
  return { file, problem };
}

function save(file: Exported): void {
  const url = URL.createObjectURL(new Blob([file.text], { type: file.mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  announce(`${file.name} was saved.`);
}
