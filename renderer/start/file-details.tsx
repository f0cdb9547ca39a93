import { useMemo, useState } from 'react';
import type { IntakeView } from '../../electron/contract-intake.ts';
import type { BadLines, SkippedFile } from '../../wizards/engine/logs/log-summary.ts';
import { count, plural } from '../lib/format.ts';
import { type Unfolding, UnfoldLinks } from '../parts/unfold.tsx';
import { useFiles } from '../stores/files-store.ts';
import styles from './files.module.css';
import { FindingCard } from './finding-card.tsx';

/** Rows that are shown at first, and at most. */
const FIRST_ROWS = 12;
const MOST_ROWS = 1000;
const MOST_CARDS = 20;
const NONE: never[] = [];

/** What else is to be said of the files, each behind a link: findings, what was left out, lines that nobody can read. */
export function FileDetails({ view, openSkipped }: { view: IntakeView; openSkipped: boolean }) {
  const { texts, summary } = view;
  const ours = useFiles((state) => state.skipped);
  const theirs = summary?.skipped ?? NONE;
  const skipped = useMemo(() => [...ours, ...theirs], [ours, theirs]);
  const badLines = summary?.bad_lines ?? 0;
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const items: Unfolding[] = [];
  const findings = texts.reduce((sum, { findings: list }) => sum + list.length, 0);
  if (findings > 0) {
    const label = `${plural(findings, 'finding')} in ${plural(texts.length, 'other file')}`;
    items.push({ id: 'texts', label, content: <Texts view={view} /> });
  }
  if (skipped.length > 0) {
    const label = `${plural(skipped.length, 'file')} left out`;
    items.push({ id: 'skipped', label, content: <Skipped files={skipped} /> });
  }
  if (badLines > 0) {
    const label = `${plural(badLines, 'line')} unreadable`;
    items.push({ id: 'bad', label, content: <Bad lines={summary?.bad ?? NONE} all={badLines} /> });
  }
  const preset =
    openSkipped && skipped.length > 0 ? 'skipped' : findings > 0 && summary?.sessions === 0 ? 'texts' : null;
  return <UnfoldLinks items={items} open={chosen === undefined ? preset : chosen} onOpen={setChosen} />;
}

function Texts({ view: { texts } }: { view: IntakeView }) {
  const cards = texts.flatMap(({ file, findings, note }) => findings.map((finding) => ({ file, finding, note })));
  return (
    <div className={styles.cards}>
      {cards.slice(0, MOST_CARDS).map(({ file, finding, note }, index) => (
        <div key={`${file} ${finding.line} ${finding.id} ${cards[index - 1]?.file === file}`}>
          {cards[index - 1]?.file !== file && (
            <h3 className={styles.file}>
              {file}
              {note && `: ${note}`}
            </h3>
          )}
          <FindingCard finding={finding} />
        </div>
      ))}
      {cards.length > MOST_CARDS && <p className={styles.quiet}>and {count(cards.length - MOST_CARDS)} more</p>}
    </div>
  );
}

function Skipped({ files }: { files: readonly SkippedFile[] }) {
  return (
    <Rows
      names={['File', 'Why it was left out']}
      rows={files.map(({ file, why }) => [file, why])}
      all={files.length}
      what="file"
    />
  );
}

function Bad({ lines, all }: { lines: readonly BadLines[]; all: number }) {
  const told = lines.reduce((sum, line) => sum + line.count, 0);
  return (
    <>
      <Rows
        names={['File, first such line', 'Why', 'Lines']}
        rows={lines.map(({ file, line, why, count: number }) => [`${file}, line ${line}`, why, count(number)])}
        all={lines.length}
        what="row"
      />
      {told < all && <p className={styles.quiet}>and {plural(all - told, 'line')} more</p>}
    </>
  );
}

function Rows(props: { names: string[]; rows: string[][]; all: number; what: string }) {
  const { names, rows, all, what } = props;
  const [most, setMost] = useState(FIRST_ROWS);
  const shown = rows.slice(0, most);
  const next = Math.min(all, MOST_ROWS);
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((cells) => (
            <tr key={cells.join(' ')}>
              {cells.map((cell, index) => (
                <td key={names[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < next && (
        <button type="button" className={styles.link} onClick={() => setMost(MOST_ROWS)}>
          Show all {plural(next, what)}
        </button>
      )}
      {shown.length === next && all > next && <p className={styles.quiet}>and {plural(all - next, what)} more</p>}
    </>
  );
}
