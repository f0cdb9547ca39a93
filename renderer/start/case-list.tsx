import { Input } from '@fluentui/react-components';
import { memo, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { CaseSummary } from '../../electron/contract.ts';
import { ago } from '../lib/format.ts';
import { hashOf } from '../lib/route.ts';
import { searchCases } from '../lib/search-cases.ts';
import { Badge } from '../parts/badge.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { useApp } from '../stores/app-store.ts';
import { importCase } from '../stores/case-import.ts';
import styles from './start.module.css';

const RECENT = 6;
const MOST = 100;

/** The recent cases, each with where it stands. With many there is a field to narrow them down. */
export function CaseList() {
  const cases = useApp((state) => state.cases);
  const [words, setWords] = useState('');
  const [all, setAll] = useState(false);
  const wanted = useDeferredValue(words);
  const found = useMemo(() => searchCases(cases ?? [], wanted), [cases, wanted]);
  const narrow = all || wanted !== '';
  const shown = found.slice(0, narrow ? MOST : RECENT);
  return (
    <section aria-label="Cases">
      <h2 className={styles.sideHeading}>Cases</h2>
      {cases !== null && cases.length > RECENT && (
        <Input
          className={styles.search}
          type="search"
          aria-label="Search cases"
          placeholder="Search title, ticket, host, verdict"
          value={words}
          onChange={(_, data) => setWords(data.value)}
        />
      )}
      {cases === null && <p className={styles.quiet}>Reading the cases…</p>}
      {cases?.length === 0 && <p className={styles.quiet}>No case yet. The first one begins with what you paste.</p>}
      {cases !== null && cases.length > 0 && found.length === 0 && (
        <p className={styles.quiet}>No case has these words.</p>
      )}
      {shown.length > 0 && (
        <ul className={styles.list}>
          {shown.map((item) => (
            <CaseRow key={item.id} item={item} />
          ))}
        </ul>
      )}
      <ImportCase />
      {found.length > shown.length && (
        <p className={styles.more}>
          {narrow ? (
            `${found.length - shown.length} more: add a word to narrow them down`
          ) : (
            <button type="button" className={styles.textButton} onClick={() => setAll(true)}>
              All {found.length} cases
            </button>
          )}
        </p>
      )}
    </section>
  );
}

/** Takes the case file of a colleague; it is checked before it appears. */
function ImportCase() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <p className={styles.more}>
      <button type="button" className={styles.textButton} onClick={() => input.current?.click()}>
        Import a case file…
      </button>
      <input
        ref={input}
        type="file"
        accept=".zip"
        hidden
        aria-label="Case file"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void importCase(file);
          target.value = '';
        }}
      />
    </p>
  );
}

const CaseRow = memo(function CaseRow({ item }: { item: CaseSummary }) {
  return (
    <li className={styles.row}>
      <a className={styles.caseLink} href={hashOf({ screen: 'case', id: item.id })}>
        <span className={styles.caseName}>
          {item.ticket && <strong>{item.ticket} </strong>}
          {item.title || 'Untitled'}
        </span>
        <span className={styles.caseStanding}>
          {item.fault ?? item.standing} · {ago(item.changedAt, new Date())}
        </span>
      </a>
      {item.practice && <Badge tone="accent">practice</Badge>}
      {item.fault ? <Badge tone="bad">damaged</Badge> : <StateBadge state={item.state} />}
    </li>
  );
});
