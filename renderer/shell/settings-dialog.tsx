import { Button, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { Settings } from '../../electron/contract.ts';
import { Modal } from '../parts/modal.tsx';
import { changeSettings, openDialog, useApp } from '../stores/app-store.ts';
import styles from './dialogs.module.css';

const THEMES: { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function SettingsDialog() {
  const settings = useApp((state) => state.settings);
  const info = useApp((state) => state.info);
  const shells = useApp((state) => state.shells);
  const [operator, setOperator] = useState(settings.operator);
  const close = () => {
    if (operator.trim() !== settings.operator) void changeSettings({ operator: operator.trim() });
    openDialog(null);
  };
  return (
    <Modal
      title="Settings"
      onClose={close}
      actions={
        <Button appearance="primary" onClick={close}>
          Close
        </Button>
      }
    >
      <Field label="Operator" hint="Your name, as it is recorded in new cases.">
        <Input value={operator} maxLength={120} onChange={(_, data) => setOperator(data.value)} />
      </Field>
      <Field label="Theme">
        <RadioGroup
          layout="horizontal"
          value={settings.theme}
          onChange={(_, data) => {
            const theme = THEMES.find((item) => item.value === data.value);
            if (theme) void changeSettings({ theme: theme.value });
          }}
        >
          {THEMES.map((theme) => (
            <Radio key={theme.value} value={theme.value} label={theme.label} />
          ))}
        </RadioGroup>
      </Field>
      {shells.length > 0 && (
        <section aria-label="Shells">
          <h3 className={styles.heading}>Shells on this machine</h3>
          <ul className={styles.shells}>
            {shells.map((shell) => (
              <li key={shell.shell}>
                {shell.title}{' '}
                <span className={styles.quiet}>
                  {shell.path ? (shell.reason ?? 'found') : (shell.reason ?? 'not here')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {info && (
        <p className={styles.quiet}>
          {info.product} {info.version}. Cases are kept in {info.dataFolder}.
        </p>
      )}
    </Modal>
  );
}
