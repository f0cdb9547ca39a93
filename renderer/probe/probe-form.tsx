import { Button, Input, Select } from '@fluentui/react-components';
import { type FormEvent, useId } from 'react';
import type { ProbeRequest } from '../../electron/contract-probe.ts';
import { changeForm, startProbe, stopProbe, useProbe } from '../stores/probe-store.ts';
import styles from './probe.module.css';

const UNTIL: [value: ProbeRequest['until'], words: string][] = [
  ['banner', 'the greeting'],
  ['ehlo', 'the list of commands'],
  ['starttls', 'encryption'],
  ['mail', 'the sender'],
  ['rcpt', 'the recipient'],
  ['blob', 'XEXCH50 and its data'],
];
const TLS: [value: ProbeRequest['tls'], words: string][] = [
  ['starttls', 'where it is offered'],
  ['none', 'no'],
  ['implicit', 'from the beginning (465)'],
];

/** Whom to ask, how far, and in whose name. */
export function ProbeForm() {
  const form = useProbe((state) => state.form);
  const running = useProbe((state) => state.view?.phase === 'running');
  const again = useProbe((state) => state.view !== null);
  // Once there is a wizard to go on with, that is the next thing to do.
  const isNext = useProbe((state) => (state.view?.result?.suggestions.length ?? 0) === 0);
  const id = useId();
  const start = (event: FormEvent) => {
    event.preventDefault();
    void startProbe();
  };
  const named = form.until === 'mail' || form.until === 'rcpt' || form.until === 'blob';
  return (
    <form className={styles.form} onSubmit={start} aria-label="Probe">
      <Field id={`${id}target`} label="Server" wide>
        <Input
          id={`${id}target`}
          value={form.target}
          placeholder="mail.contoso.com or 192.0.2.10:25"
          maxLength={300}
          onChange={(_, data) => changeForm({ target: data.value })}
        />
      </Field>
      <Field id={`${id}until`} label="Up to">
        <Select
          id={`${id}until`}
          value={form.until}
          onChange={(_, data) => changeForm({ until: data.value as ProbeRequest['until'] })}
        >
          {UNTIL.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Field id={`${id}tls`} label="Encrypted">
        <Select
          id={`${id}tls`}
          value={form.tls}
          onChange={(_, data) => changeForm({ tls: data.value as ProbeRequest['tls'] })}
        >
          {TLS.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      {named && (
        <>
          <Field id={`${id}from`} label="Sender">
            <Input
              id={`${id}from`}
              value={form.from ?? ''}
              placeholder="none (null sender)"
              maxLength={320}
              onChange={(_, data) => changeForm({ from: data.value })}
            />
          </Field>
          {form.until !== 'mail' && (
            <Field id={`${id}to`} label="Recipient">
              <Input
                id={`${id}to`}
                value={form.to ?? ''}
                placeholder={form.until === 'blob' ? 'needed for XEXCH50' : 'none'}
                maxLength={320}
                onChange={(_, data) => changeForm({ to: data.value })}
              />
            </Field>
          )}
        </>
      )}
      <div className={styles.formActions}>
        {running ? (
          <Button onClick={() => void stopProbe()}>Stop</Button>
        ) : (
          <Button appearance={isNext ? 'primary' : 'secondary'} type="submit" disabled={form.target.trim() === ''}>
            {again ? 'Run again' : 'Run the probe'}
          </Button>
        )}
      </div>
    </form>
  );
}

function Field(props: { id: string; label: string; wide?: boolean; children: React.ReactNode }) {
  return (
    <div className={props.wide ? styles.wideField : styles.field}>
      <label htmlFor={props.id}>{props.label}</label>
      {props.children}
    </div>
  );
}
