import { Button, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useEffect, useId, useState } from 'react';
import type { CommandInfo } from '../../electron/contract.ts';
import { client } from '../connection/session.ts';
import { groupCommands } from '../lib/command-choice.ts';
import { clock, duration } from '../lib/format.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { likelyCommand } from '../lib/typed-match.ts';
import { Modal } from '../parts/modal.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { takeTyped } from '../stores/case-actions.ts';
import { ask, useCase } from '../stores/case-store.ts';
import { useTerminals } from '../stores/terminal-store.ts';
import styles from './dialogs.module.css';

/** The commands of the tab in front, newest first: one of them becomes evidence under its own text. */
export function TypedDialog() {
  const tab = useTerminals((state) => state.active);
  const step = useCase((state) => state.view?.step ?? null);
  const caseProblem = useCase((state) => state.problem);
  const pending = useCase((state) => state.pending === 'use');
  const [commands, setCommands] = useState<CommandInfo[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const id = useId();
  const [stands, setStands] = useState<string | null>(null);
  useEffect(() => {
    if (tab === null) return;
    client()
      .terminal.commands({ tab })
      .then((list) => setCommands(list.filter((item) => item.ended !== null).reverse()))
      .catch((error: unknown) => setProblem(problemOf(error)));
  }, [tab]);
  const known = groupCommands(step?.commands ?? [], ['check', 'proof', 'change', 'preview']);
  const typed = commands?.find((item) => item.id === chosen);
  const as = stands ?? (typed ? (likelyCommand(typed.text ?? '', step?.commands ?? []) ?? '') : '');
  const close = () => ask(null);
  const use = async () => {
    if (tab !== null && chosen !== null && (await takeTyped(tab, chosen, as || null))) close();
  };
  return (
    <Modal
      wide
      title="Use as evidence"
      onClose={close}
      actions={
        <>
          <Button appearance="primary" disabled={chosen === null || pending} onClick={() => void use()}>
            Put it into the case
          </Button>
          <Button onClick={close}>Cancel</Button>
        </>
      }
    >
      {(tab === null || commands?.length === 0) && (
        <p>No command has ended in this terminal yet. Type one there, then come back.</p>
      )}
      {commands && commands.length > 0 && (
        <RadioGroup
          aria-label="Commands of this terminal"
          value={chosen === null ? '' : String(chosen)}
          onChange={(_, data) => {
            setChosen(Number(data.value));
            setStands(null);
          }}
        >
          {commands.slice(0, 50).map((item) => (
            <Radio
              key={item.id}
              value={String(item.id)}
              label={
                <span>
                  <code className={styles.typed}>{item.text ?? 'text not known'}</code>
                  <span className={styles.quiet}>
                    {clock(item.startedAt)}
                    {item.ms === null ? '' : `, ${duration(item.ms)}`}
                    {item.origin === 'sent' ? ', sent by Fieldguide' : ''}
                  </span>
                </span>
              }
            />
          ))}
        </RadioGroup>
      )}
      {typed && known.length > 0 && (
        <div className={styles.row}>
          <label htmlFor={id}>Read it like</label>
          <Select id={id} value={as} onChange={(_, data) => setStands(data.value)}>
            <option value="">nothing: keep it without a reading</option>
            {known.map((group) => (
              <option key={group.id} value={group.id}>
                {group.views[0]?.title ?? group.id}
              </option>
            ))}
          </Select>
        </div>
      )}
      <ProblemNote problem={problem ?? caseProblem} />
    </Modal>
  );
}
