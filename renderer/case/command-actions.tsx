import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { ProbeKind } from '../../electron/contract-probe.ts';
import type { CommandView } from '../../wizards/engine/view.ts';
import type { Runnable } from '../lib/command-choice.ts';
import { duration } from '../lib/format.ts';
import { primaryOf } from '../lib/primary.ts';
import { Key } from '../parts/key.tsx';
import { announce, goTo } from '../stores/app-store.ts';
import { cancelRun, recordByHand, startCommand } from '../stores/case-actions.ts';
import { ask, useCase } from '../stores/case-store.ts';
import styles from './case.module.css';

interface Props {
  command: CommandView;
  runnable: Runnable[string];
}

/** Run it here, or copy it, run it elsewhere and bring the output back. */
export function CommandActions({ command, runnable }: Props) {
  const primary = useCase((state) => (state.view?.step ? primaryOf(state.view.step, state.draft.picked) : 'record'));
  const running = useCase((state) => state.view?.running ?? null);
  const pending = useCase((state) => state.pending === 'run');
  const recording = useCase((state) => state.pending === 'use');
  const [copied, setCopied] = useState(false);
  const due =
    primary !== 'record' && (command.role === 'change') === (primary === 'review') && command.role !== 'preview';
  const mine = running?.command === command.id && running.shell === command.shell;
  const { id, shell, text } = command;
  const copy = async () => {
    if (text === null) return;
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce('The command was copied.');
  };
  const change = command.role === 'change';
  // The one button of this card that is next: keys and focus lead there.
  const next = (here: boolean) => ({
    appearance: due && here ? ('primary' as const) : ('secondary' as const),
    'data-due': (due && here) || undefined,
  });
  return (
    <>
      <div className={styles.actions}>
        {mine ? (
          <Running startedAt={running.startedAt} />
        ) : (
          runnable.runnable && (
            <Button
              {...next(true)}
              disabled={running !== null || pending}
              aria-keyshortcuts="Control+Enter"
              onClick={() => startCommand(command)}
            >
              {change ? 'Review and run…' : command.role === 'proof' ? 'Run the proof' : 'Run'}
              {due && !change && <Key>Ctrl ↵</Key>}
            </Button>
          )
        )}
        {shell === 'console' && change && (
          <Button {...next(true)} disabled={recording} onClick={() => void recordByHand(id)}>
            Record as done by hand
          </Button>
        )}
        {command.probe !== null && <ProbeHere kind={command.probe} />}
        {shell !== 'console' && (
          <Button {...next(!runnable.runnable && !copied)} disabled={text === null} onClick={() => void copy()}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
        {shell !== 'console' && (
          <Button
            {...next(!runnable.runnable && copied)}
            onClick={() => ask({ kind: 'paste', command: id, shell, text: '' })}
          >
            Paste output
          </Button>
        )}
        {shell !== 'console' && (
          <Button appearance="subtle" onClick={() => ask({ kind: 'typed' })}>
            Use as evidence…
          </Button>
        )}
      </div>
      {!runnable.runnable && runnable.reason && (
        <p className={styles.reason}>
          {shell === 'console' ? byHandWords(change) : `Cannot run here. ${runnable.reason}`}
        </p>
      )}
    </>
  );
}

/** The program's own probe, on a screen of its own; what it finds can be kept as the output of this command. */
function ProbeHere({ kind }: { kind: ProbeKind }) {
  const open = () => {
    const parameters = useCase.getState().view?.step?.parameters ?? [];
    void import('../stores/probe-store.ts').then(({ prepareProbe }) => {
      prepareProbe(kind, Object.fromEntries(parameters.flatMap(({ name, value }) => (value ? [[name, value]] : []))));
      goTo({ screen: 'probe', id: null });
    });
  };
  return <Button onClick={open}>Probe from here…</Button>;
}

const byHandWords = (change: boolean): string =>
  change
    ? 'Follow this path by hand, then say that it is done.'
    : 'Follow this path by hand, then record what you found.';

function Running({ startedAt }: { startedAt: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const ms = Math.max(0, now - new Date(startedAt).getTime());
  return (
    <>
      <span className={styles.running}>Running, {ms < 60_000 ? `${Math.floor(ms / 1000)} s` : duration(ms)}</span>
      <Button onClick={() => void cancelRun()}>Cancel</Button>
    </>
  );
}
