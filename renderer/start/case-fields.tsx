import { Input } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { useApp } from '../stores/app-store.ts';
import { keepOperator, useIntake } from '../stores/intake-store.ts';
import styles from './start.module.css';

/** What the new case is called. All of it can be left as it is and changed later. */
export function CaseFields({ proposal }: { proposal: string }) {
  const title = useIntake((state) => state.title);
  const ticket = useIntake((state) => state.ticket);
  const operator = useApp((state) => state.settings.operator);
  const [name, setName] = useState<string | null>(null);
  const id = useId();
  return (
    <div className={styles.caseFields}>
      <label htmlFor={`${id}ticket`}>Ticket</label>
      <Input
        id={`${id}ticket`}
        value={ticket}
        maxLength={80}
        placeholder="optional"
        onChange={(_, data) => useIntake.setState({ ticket: data.value })}
      />
      <label htmlFor={`${id}title`}>Title</label>
      <Input
        id={`${id}title`}
        className={styles.wide}
        value={title ?? proposal}
        maxLength={200}
        onChange={(_, data) => useIntake.setState({ title: data.value })}
      />
      <label htmlFor={`${id}operator`}>Operator</label>
      <Input
        id={`${id}operator`}
        value={name ?? operator}
        maxLength={120}
        onChange={(_, data) => setName(data.value)}
        onBlur={() => {
          if (name !== null) keepOperator(name);
          setName(null);
        }}
      />
    </div>
  );
}
