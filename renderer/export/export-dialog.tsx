import { Button, Radio, RadioGroup } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { ExportFormat, FileFormat } from '../../electron/contract.ts';
import type { RedactHit } from '../../wizards/engine/redact/redact.ts';
import { client } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { Modal } from '../parts/modal.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { ScrollPane } from '../parts/scroll-pane.tsx';
import { announce, openDialog, useApp } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import { StateChoice } from '../verdict/state-choice.tsx';
import styles from './export.module.css';
import { Redaction } from './redaction.tsx';

const FORMATS: { id: ExportFormat | FileFormat; label: string }[] = [
  { id: 'md', label: 'Markdown' },
  { id: 'html', label: 'HTML, one file' },
  { id: 'txt', label: 'Plain text, for ticket fields' },
  { id: 'summary', label: 'Summary' },
  { id: 'jira', label: 'Jira' },
  { id: 'csv', label: 'CSV' },
  { id: 'json', label: 'JSON' },
  { id: 'letter', label: 'Letter to the other side' },
  { id: 'pdf', label: 'PDF' },
  { id: 'case', label: 'Case file, to hand over' },
];
const FILE_WORDS: Record<FileFormat, string> = {
  pdf: 'The HTML export, as the browser prints it. Look at that format to read it here.',
  case: 'The case itself with its journal, outputs and wizards, for a colleague to go on with. Nothing is replaced in it.',
};
const LONGEST_PREVIEW = 60_000;

/** `base64` where it is bytes. */
type Exported = { name: string; mediaType: string; hits: RedactHit[] | null } & ({ text: string } | { base64: string });

/** The checklist as a file or on the clipboard, with the very text in view before it goes anywhere. */
export function ExportDialog() {
  const id = useCase((state) => state.id);
  const head = useCase((state) => state.view?.head ?? '');
  const [format, setFormat] = useState<ExportFormat | FileFormat>('md');
  const exported = useExport(id, format, head);
  const [copied, setCopied] = useState(false);
  const close = () => openDialog(null);
  const { file, problem } = exported;
  const text = file && 'text' in file ? file.text : null;
  const copy = async () => {
    if (text === null) return;
    await navigator.clipboard.writeText(text);
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
          <Button disabled={text === null} onClick={() => void copy()}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
          <Button onClick={close}>Close</Button>
        </>
      }
    >
      <StateChoice />
      <RadioGroup
        className={styles.formats}
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
      {format !== 'case' && <Redaction hits={file?.hits ?? null} />}
      <ProblemNote problem={problem} />
      {file && (
        <>
          <p className={styles.name}>{file.name}</p>
          {text === null ? (
            <p className={styles.quiet}>
              {'base64' in file && file.format === 'pdf' ? FILE_WORDS.pdf : FILE_WORDS.case}
            </p>
          ) : (
            <ScrollPane className={styles.preview} label="Preview">
              {text.slice(0, LONGEST_PREVIEW)}
              {text.length > LONGEST_PREVIEW && '\n… the rest is in the file'}
            </ScrollPane>
          )}
        </>
      )}
    </Modal>
  );
}

/** The export as the case stands now; asked again when something is recorded, or is to be replaced otherwise. */
function useExport(id: string | null, format: ExportFormat | FileFormat, head: string) {
  const { on, keep, words } = useApp((state) => state.settings.redaction);
  const [file, setFile] = useState<(Exported & { format: string }) | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new head of the journal means a new text.
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    const redact = on && format !== 'case' ? { redact: { keep, words } } : {};
    const { cases } = client();
    const answer: Promise<Exported> =
      format === 'pdf' || format === 'case'
        ? cases.exportFile({ case: id, format, ...redact })
        : cases.export({ case: id, format, ...redact });
    answer
      .then((given) => {
        if (!wanted) return;
        setFile({ ...given, format });
        setProblem(null);
      })
      .catch((error: unknown) => {
        if (!wanted) return;
        setFile(null);
        setProblem(problemOf(error));
      });
    return () => {
      wanted = false;
    };
  }, [id, format, head, on, keep, words]);
  return { file, problem };
}

function save(file: Exported): void {
  const url = URL.createObjectURL(
    new Blob(['text' in file ? file.text : bytesOf(file.base64)], { type: file.mediaType }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  announce(`${file.name} was saved.`);
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
