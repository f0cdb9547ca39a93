import { Checkbox, Input } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import type { SessionFilter } from '../../electron/contract-intake.ts';
import { fromUtc, utc } from '../lib/format.ts';
import { chipsOf } from '../lib/session-words.ts';
import { changeFilter, useSessions } from '../stores/sessions-store.ts';
import styles from './sessions.module.css';

/** What the list is narrowed down to: fields in one row, and each part that is set as a chip that can be taken away. */
export function FilterRow() {
  const filter = useSessions((state) => state.filter);
  const change = (part: Partial<SessionFilter>, options?: { pause: boolean }) =>
    changeFilter(withoutEmpty({ ...filter, ...part }), options);
  const chips = chipsOf(filter);
  return (
    <search className={styles.filters} aria-label="Narrow down the sessions">
      <div className={styles.fields}>
        <Input
          type="search"
          className={styles.words}
          aria-label="Words in reply, remote or connector"
          placeholder="Words in reply, remote or connector"
          maxLength={200}
          value={filter.text ?? ''}
          onChange={(_, data) => change({ text: data.value }, { pause: true })}
        />
        <Input
          type="search"
          className={styles.remote}
          aria-label="Remote: a name, an address or a range"
          placeholder="Remote or range"
          maxLength={200}
          value={filter.remote ?? ''}
          onChange={(_, data) => change({ remote: data.value }, { pause: true })}
        />
        <TimeField label="From (UTC)" value={filter.since} onChange={(since) => change({ since })} />
        <TimeField label="Before (UTC)" value={filter.until} onChange={(until) => change({ until })} />
        <Checkbox
          label="Only failed"
          checked={filter.failed ?? false}
          onChange={(_, data) => change({ failed: data.checked === true })}
        />
      </div>
      {chips.length > 0 && (
        <div className={styles.chips}>
          {chips.map(({ id, label, without }) => (
            <button
              key={id}
              type="button"
              className={styles.chip}
              aria-label={`No longer narrow down by: ${label}`}
              title={label}
              onClick={() => changeFilter(without)}
            >
              <span className={styles.chipLabel}>{label}</span>
              <DismissRegular fontSize={12} />
            </button>
          ))}
          {chips.length > 1 && (
            <button
              type="button"
              className={styles.link}
              onClick={() => changeFilter(filter.failed ? { failed: true } : {})}
            >
              Take all away
            </button>
          )}
        </div>
      )}
    </search>
  );
}

/** A half-typed time is no time yet: it counts once the field is left or Enter is pressed. */
function TimeField(props: { label: string; value: number | undefined; onChange: (value: number | undefined) => void }) {
  const { label, value, onChange } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const wrong = draft !== null && draft.trim() !== '' && fromUtc(draft) === null;
  const take = () => {
    if (draft === null || wrong) return;
    const time = fromUtc(draft) ?? undefined;
    setDraft(null);
    if (time !== value) onChange(time);
  };
  return (
    <Input
      className={styles.time}
      aria-label={`${label}, as 2025-01-06 08:15`}
      placeholder={label}
      title={wrong ? 'Write the time as 2025-01-06 08:15, in UTC.' : label}
      aria-invalid={wrong}
      maxLength={30}
      value={draft ?? (value === undefined ? '' : utc(value))}
      onChange={(_, data) => setDraft(data.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}

/** Without the parts that leave nothing out. */
function withoutEmpty(filter: Partial<SessionFilter>): SessionFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([name, value]) => {
      if (value === undefined || value === false) return false;
      return !((name === 'text' || name === 'remote') && value === '');
    }),
  );
}
