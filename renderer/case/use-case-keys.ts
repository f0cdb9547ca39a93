import { useEffect } from 'react';
import { chooseShell } from '../lib/command-choice.ts';
import { type Key, keyAction, placeOf } from '../lib/key-action.ts';
import { dueCommand } from '../lib/primary.ts';
import { openDialog } from '../stores/app-store.ts';
import { outcomeInForce, recordOutcome, startDueCommand } from '../stores/case-actions.ts';
import { ask, changeDraft, lookAt, useCase } from '../stores/case-store.ts';
import { cycleRegions } from './regions.ts';

/** The keys of the case screen, and Ctrl+V, which brings an output from another server. */
export function useCaseKeys(): void {
  useEffect(() => {
    // Before the terminal sees them: F6 has to lead out of it as well.
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const { looking, view } = useCase.getState();
  if (event.key === 'Escape' && looking !== null && placeOf(event.target) !== 'terminal') {
    lookAt(null);
    return;
  }
  const pressed: Key = {
    key: event.key,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    shift: event.shiftKey,
    meta: event.metaKey,
  };
  const action = keyAction(pressed, placeOf(event.target));
  if (!action) return;
  // While an old record is shown, the keys must not answer the step behind it.
  if (looking !== null && (action.do === 'outcome' || action.do === 'record' || action.do === 'run')) return;
  if (action.do === 'outcome') {
    const outcome = view?.step?.outcomes[action.index];
    if (!outcome) return;
    changeDraft({ picked: outcome.id });
    document.querySelector<HTMLElement>(`input[type="radio"][value="${CSS.escape(outcome.id)}"]`)?.focus();
  } else if (action.do === 'record') {
    if (outcomeInForce() === null) return;
    void recordOutcome();
  } else if (action.do === 'run') startDueCommand();
  else if (action.do === 'keys') openDialog('keys');
  else cycleRegions(action.do === 'next-region' ? 1 : -1);
  event.preventDefault();
  event.stopPropagation();
}

/** Pasted anywhere but into a field, a text is the output of the command whose turn it is. */
function onPaste(event: ClipboardEvent): void {
  const place = placeOf(event.target);
  if (place !== 'page' && place !== 'press') return;
  const { view, draft, looking, preferredShell } = useCase.getState();
  const step = view?.step;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!step || looking !== null || text.trim() === '') return;
  const id = draft.command ?? dueCommand(step);
  const command = chooseShell(
    step.commands.filter((candidate) => candidate.id === id),
    view.runnable,
    preferredShell,
  );
  if (!command) return;
  event.preventDefault();
  ask({ kind: 'paste', command: command.id, shell: command.shell, text });
}
