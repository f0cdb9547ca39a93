import { Button, Checkbox, Input, Select } from '@fluentui/react-components';
import { type FormEvent, useId } from 'react';
import type { ProbeKind } from '../../electron/contract-probe.ts';
import {
  changeForm,
  changeKind,
  type ProbeForm as Form,
  isOfNames,
  startProbe,
  stopProbe,
  useProbe,
} from '../stores/probe-store.ts';
import styles from './probe.module.css';

const KINDS: [value: ProbeKind, words: string][] = [
  ['smtp', 'a mail server (SMTP)'],
  ['relay', 'whether it relays'],
  ['dns', 'a domain (DNS)'],
  ['ip', 'an address: its name, lists'],
];
const TARGETS: Record<ProbeKind, [label: string, example: string]> = {
  smtp: ['Server', 'mail.contoso.com or 192.0.2.10:25'],
  relay: ['Server', 'mail.contoso.com or 192.0.2.10:25'],
  dns: ['Domain', 'contoso.com'],
  ip: ['Address', '192.0.2.25'],
};
const UNTIL: [value: Form['until'], words: string][] = [
  ['banner', 'the greeting'],
  ['ehlo', 'the list of commands'],
  ['starttls', 'encryption'],
  ['mail', 'the sender'],
  ['rcpt', 'the recipient'],
  ['blob', 'XEXCH50 and its data'],
];
const TLS: [value: Form['tls'], words: string][] = [
  ['starttls', 'where it is offered'],
  ['none', 'no'],
  ['implicit', 'from the beginning (465)'],
];

/** Whom to ask, how far, and in whose name. */
export function ProbeForm() {
  const form = useProbe((state) => state.form);
  const running = useProbe((state) => state.view?.phase === 'running');
  const again = useProbe((state) => state.view?.request.kind === state.form.kind);
  // Once there is a wizard to go on with, that is the next thing to do.
  const isNext = useProbe((state) => (state.view?.result?.suggestions.length ?? 0) === 0);
  const start = (event: FormEvent) => {
    event.preventDefault();
    void startProbe();
  };
  const [label, example] = TARGETS[form.kind];
  const ready = form.target.trim() !== '' && (form.kind !== 'relay' || (form.isOwn && form.own.trim() !== ''));
  return (
    <form className={styles.form} onSubmit={start} aria-label="Probe">
      <Choice label="Ask" value={form.kind} choices={KINDS} onChange={changeKind} />
      <Text name="target" label={label} example={example} most={300} wide />
      {form.kind === 'smtp' && <Conversation form={form} />}
      {form.kind === 'relay' && (
        <>
          <Text name="own" label="A domain of the server" example="contoso.com" most={255} />
          <Text name="foreign" label="A domain that is not" example="example.net" most={255} />
          <Checkbox
            checked={form.isOwn}
            onChange={(_, { checked }) => changeForm({ isOwn: checked === true })}
            label="This server is mine, or I run it"
          />
        </>
      )}
      {form.kind === 'dns' && (
        <Checkbox
          checked={form.followSpf}
          onChange={(_, { checked }) => changeForm({ followSpf: checked === true })}
          label="Follow the SPF record"
        />
      )}
      {form.kind === 'ip' && <Text name="helo" label="It introduces itself as" example="mail.contoso.com" most={255} />}
      {isOfNames(form.kind) && (
        <Text name="resolvers" label="Name servers" example="those of this computer" most={500} />
      )}
      <Seconds value={form.seconds} most={isOfNames(form.kind) ? 30 : 600} />
      <div className={styles.formActions}>
        {running ? (
          <Button onClick={() => void stopProbe()}>Stop</Button>
        ) : (
          <Button appearance={isNext ? 'primary' : 'secondary'} type="submit" disabled={!ready}>
            {again ? 'Run again' : 'Run the probe'}
          </Button>
        )}
      </div>
    </form>
  );
}

function Conversation({ form }: { form: Form }) {
  const named = form.until === 'mail' || form.until === 'rcpt' || form.until === 'blob';
  const needed = form.until === 'blob' ? 'needed for XEXCH50' : 'none';
  return (
    <>
      <Choice label="Up to" value={form.until} choices={UNTIL} onChange={(until) => changeForm({ until })} />
      <Choice label="Encrypted" value={form.tls} choices={TLS} onChange={(tls) => changeForm({ tls })} />
      {named && <Text name="from" label="Sender" example="none (null sender)" most={320} />}
      {named && form.until !== 'mail' && <Text name="to" label="Recipient" example={needed} most={320} />}
    </>
  );
}

type ChoiceProps<T> = {
  label: string;
  value: T;
  choices: readonly [value: T, words: string][];
  onChange: (value: T) => void;
};
function Choice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <Select id={id} value={value} onChange={(_, data) => onChange(data.value as T)}>
        {choices.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </Select>
    </div>
  );
}

type TextName = 'target' | 'from' | 'to' | 'helo' | 'own' | 'foreign' | 'resolvers';
type TextProps = { name: TextName; label: string; example: string; most: number; wide?: boolean };
function Text({ name, label, example, most, wide }: TextProps) {
  const id = useId();
  const value = useProbe((state) => state.form[name]);
  return (
    <div className={wide ? styles.wideField : styles.field}>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        placeholder={example}
        maxLength={most}
        onChange={(_, data) => changeForm({ [name]: data.value })}
      />
    </div>
  );
}

function Seconds({ value, most }: { value: number; most: number }) {
  const id = useId();
  return (
    <div className={styles.narrowField}>
      <label htmlFor={id}>Wait, seconds</label>
      <Input
        id={id}
        type="number"
        min={1}
        max={most}
        value={String(value)}
        onChange={(_, data) =>
          changeForm({ seconds: Math.min(most, Math.max(1, Math.round(Number(data.value)) || 1)) })
        }
      />
    </div>
  );
}
