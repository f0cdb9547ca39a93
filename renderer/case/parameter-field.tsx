import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react';
import type { ParameterView } from '../../wizards/engine/view.ts';
import { setParameter } from '../stores/case-actions.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './case.module.css';

const FROM_WORDS: Record<string, string> = {
  evidence: 'from the pasted text',
  person: 'entered',
  outcome: 'from an answer',
  capture: 'from a captured output',
  default: 'the usual value',
};

function useParameter(name: string): ParameterView | undefined {
  return useCase((state) => state.view?.step?.parameters.find((parameter) => parameter.name === name));
}

/** A parameter in its place in the command: its literal as the shell gets it, or a field while it is missing. */
export function InlineParameter({ name, text }: { name: string; text: string | null }) {
  const parameter = useParameter(name);
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const leave = () => {
    setEditing(false);
    requestAnimationFrame(() => {
      // Not from under somebody who has gone on to the next field meanwhile.
      if (document.activeElement === null || document.activeElement === document.body) button.current?.focus();
    });
  };
  if (!parameter) return <span>{text ?? `{${name}}`}</span>;
  if (text !== null && !editing) {
    // Of an unfinished command the text is the template's, so a filled place shows its plain value.
    const shown = text === `{${name}}` ? (parameter.value ?? `‹${parameter.prompt}›`) : text;
    const from = parameter.from ? ` (${FROM_WORDS[parameter.from] ?? parameter.from})` : '';
    return (
      <button
        ref={button}
        type="button"
        className={styles.literal}
        aria-label={`${parameter.prompt}: ${parameter.value ?? text}. Press to change`}
        title={`${parameter.prompt}${from}`}
        onClick={() => setEditing(true)}
      >
        {shown}
      </button>
    );
  }
  return <ValueField parameter={parameter} inline focused={editing} onDone={leave} onCancel={leave} />;
}

/** A parameter without a place of its own in the text. */
export function ParameterRow({ name }: { name: string }) {
  const parameter = useParameter(name);
  if (!parameter || parameter.type === 'secret') return null;
  return <ValueField parameter={parameter} focused={false} />;
}

interface FieldProps {
  parameter: ParameterView;
  inline?: boolean;
  focused: boolean;
  onDone?: () => void;
  onCancel?: () => void;
}

/** The field of one parameter. Enter or leaving it sets the value for the whole case; the core checks it. */
function ValueField({ parameter, inline, focused, onDone, onCancel }: FieldProps) {
  const refused = useCase((state) => (state.refused?.name === parameter.name ? state.refused : null));
  const [draft, setDraft] = useState(refused?.value ?? parameter.value ?? '');
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const id = useId();
  const setting = useRef(false);
  useEffect(() => {
    setDraft((typed) => (refused ? typed : (parameter.value ?? typed)));
  }, [parameter.value, refused]);
  useEffect(() => {
    if (!focused) return;
    field.current?.focus();
    if (field.current instanceof HTMLInputElement) field.current.select();
  }, [focused]);
  const commit = async (value: string) => {
    const wanted = value.trim();
    if (setting.current) return;
    if (wanted === '' || (wanted === parameter.value && !refused)) {
      if (parameter.value !== null) onCancel?.();
      return;
    }
    setting.current = true;
    const taken = await setParameter(parameter.name, wanted);
    setting.current = false;
    if (taken) onDone?.();
  };
  const cancel = () => {
    setDraft(parameter.value ?? '');
    if (refused) useCase.setState({ refused: null });
    if (parameter.value !== null) onCancel?.();
  };
  const common = {
    id,
    'data-parameter': parameter.name,
    'aria-label': inline ? parameter.prompt : undefined,
    'aria-invalid': refused ? true : undefined,
    'aria-describedby': refused ? 'refused-value' : undefined,
  };
  const control =
    parameter.values !== null ? (
      <select
        {...common}
        ref={field as Ref<HTMLSelectElement>}
        className={styles.field}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          void commit(event.target.value);
        }}
        onBlur={() => onCancel?.()}
      >
        <option value="">{parameter.prompt}</option>
        {parameter.values.map((value) => (
          <option key={value}>{value}</option>
        ))}
      </select>
    ) : (
      <input
        {...common}
        ref={field as Ref<HTMLInputElement>}
        className={styles.field}
        value={draft}
        placeholder={inline ? parameter.prompt : `for example ${parameter.example}`}
        title={[parameter.help, `Example: ${parameter.example}`].filter(Boolean).join('\n')}
        spellCheck={false}
        autoComplete="off"
        maxLength={20_000}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter' && !event.ctrlKey) void commit(draft);
          else if (event.key === 'Escape') cancel();
        }}
        onBlur={() => void commit(draft)}
      />
    );
  if (inline) return control;
  return (
    <div className={styles.parameterRow}>
      <label htmlFor={id}>{parameter.prompt}</label>
      {control}
    </div>
  );
}

/** What the core said to the last value of one of these parameters. Stands below the command: nothing in it moves. */
export function RefusedValue({ names }: { names: readonly string[] }) {
  const refused = useCase((state) => state.refused);
  if (!refused || !names.includes(refused.name)) return null;
  return (
    <p id="refused-value" className={styles.fieldProblem} role="alert">
      {refused.problem.message}
      {refused.problem.hint && ` ${refused.problem.hint}`}
    </p>
  );
}
