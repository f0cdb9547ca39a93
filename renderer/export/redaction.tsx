import { Checkbox, Input } from '@fluentui/react-components';
import { useId } from 'react';
import type { RedactHit } from '../../wizards/engine/redact/redact.ts';
import { count } from '../lib/format.ts';
import { Badge } from '../parts/badge.tsx';
import { changeSettings, useApp } from '../stores/app-store.ts';
import styles from './export.module.css';

/** Whether names and addresses are replaced, each with its place and a switch. What is chosen is remembered. */
export function Redaction({ hits }: { hits: readonly RedactHit[] | null }) {
  const { on, keep, words } = useApp((state) => state.settings.redaction);
  const change = (part: Partial<{ on: boolean; keep: string[]; words: string[] }>) =>
    void changeSettings({ redaction: { on, keep, words, ...part } });
  return (
    <section className={styles.redaction} aria-label="Names and addresses">
      <Checkbox
        checked={on}
        onChange={(_, { checked }) => change({ on: checked === true })}
        label="Replace names and addresses by stand-ins"
      />
      {!on && <p className={styles.quiet}>The export holds the names, addresses and accounts as they are.</p>}
      {on && (
        <>
          <ul className={styles.hits} aria-label="What is replaced">
            {(hits ?? []).map((hit) => (
              <Hit
                key={`${hit.kind} ${hit.original}`}
                hit={hit}
                onKeep={() => change({ keep: [...keep, hit.original] })}
              />
            ))}
            {keep.map((value) => (
              <li key={value} className={styles.hit}>
                <Checkbox
                  checked={false}
                  onChange={() => change({ keep: keep.filter((one) => one !== value) })}
                  label={<span className={styles.original}>{value}</span>}
                />
                <span className={styles.quiet}>stays as it is</span>
              </li>
            ))}
            {hits?.length === 0 && keep.length === 0 && (
              <li className={styles.quiet}>Nothing was found that tells who or where.</li>
            )}
          </ul>
          <Words key={words.join()} words={words} onChange={(all) => change({ words: all })} />
          <p className={styles.quiet}>Read it before you pass it on: what nobody named is not found.</p>
        </>
      )}
    </section>
  );
}

function Hit({ hit, onKeep }: { hit: RedactHit; onKeep: () => void }) {
  const { kind, original, pseudonym, contexts } = hit;
  return (
    <li className={styles.hit} title={contexts.join('\n')}>
      <Checkbox
        checked
        onChange={onKeep}
        label={
          <span className={styles.original}>
            {original} → {pseudonym}
          </span>
        }
      />
      <Badge>{kind}</Badge>
      <span className={styles.quiet}>{hit.count === 1 ? 'once' : `${count(hit.count)} times`}</span>
      <code className={styles.context}>{contexts[0]}</code>
    </li>
  );
}

function Words({ words, onChange }: { words: readonly string[]; onChange: (words: string[]) => void }) {
  const id = useId();
  return (
    <div className={styles.words}>
      <label htmlFor={id}>Further words, with commas between them</label>
      <Input
        id={id}
        defaultValue={words.join(', ')}
        maxLength={2000}
        onBlur={({ target }) => {
          const all = target.value
            .split(',')
            .map((word) => word.trim().slice(0, 300))
            .filter((word) => word !== '');
          if (all.join() !== words.join()) onChange(all);
        }}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
      />
    </div>
  );
}
