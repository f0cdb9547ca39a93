import { useEffect, useState } from 'react';
import { client } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { ScrollPane } from '../parts/scroll-pane.tsx';
import { useCase } from '../stores/case-store.ts';
import styles from './case.module.css';

const MOST_LINES = 2000;

/** The stored output of a capture, with the lines that prove something marked. */
export function CaptureOutput({ capture, evidence }: { capture: string; evidence: readonly number[] }) {
  const id = useCase((state) => state.id);
  const [lines, setLines] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    client()
      .walk.output({ case: id, capture })
      .then((output) => wanted && setLines(output.lines))
      .catch((error: unknown) => wanted && setProblem(problemOf(error)));
    return () => {
      wanted = false;
    };
  }, [id, capture]);
  if (problem) return <ProblemNote problem={problem} />;
  if (!lines) return <p className={styles.quiet}>Reading the output…</p>;
  return (
    <OutputLines lines={lines.map((text, index) => ({ n: index + 1, text, evidence: evidence.includes(index + 1) }))} />
  );
}

/** Lines of an output; a jump in the numbers is shown as a gap. */
export function OutputLines({ lines }: { lines: readonly { n: number; text: string; evidence: boolean }[] }) {
  const shown = lines.slice(0, MOST_LINES);
  return (
    <ScrollPane className={styles.output} label="Output">
      {shown.map((line, index) => {
        const gap = line.n > (shown[index - 1]?.n ?? line.n - 1) + 1;
        return (
          <span key={line.n}>
            {gap && '…\n'}
            {line.evidence ? <mark>{line.text}</mark> : line.text}
            {'\n'}
          </span>
        );
      })}
      {lines.length > shown.length && `… ${lines.length - shown.length} more lines`}
      {lines.length === 0 && 'The command printed nothing.'}
    </ScrollPane>
  );
}
