import { create } from 'zustand';
import type { ProbeRequest, ProbeView } from '../../electron/contract-probe.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { probeText } from '../../wizards/engine/probe/probe-text.ts';
import { follow } from '../connection/follow.ts';
import { client, connection } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { announce, goTo, useApp } from './app-store.ts';
import { useCase } from './case-store.ts';

interface ProbeStore {
  /** What is asked for next, as it stands in the form. */
  form: ProbeRequest;
  view: ProbeView | null;
  /** The result before the present one, of the same target: for comparing. */
  before: ProbeResult | null;
  problem: Problem | null;
  /** The address names a probe that the core has no longer. */
  gone: boolean;
  kept: boolean;
}

const FORM: ProbeRequest = { kind: 'smtp', target: '', until: 'rcpt', tls: 'starttls', bytes: 1124, seconds: 30 };

export const useProbe = create<ProbeStore>(() => ({
  form: FORM,
  view: null,
  before: null,
  problem: null,
  gone: false,
  kept: false,
}));
const set = useProbe.setState;

let watching: { id: string; abort: AbortController } | null = null;

export const changeForm = (part: Partial<ProbeRequest>): void => set(({ form }) => ({ form: { ...form, ...part } }));

/** The form with what the present case knows, for a probe that is opened from one of its steps. */
export function prepareProbe(parameters: Record<string, string>): void {
  const { receiving_host, remote_host, remote_ip, port, sender, recipient, ehlo_name } = parameters;
  const host = receiving_host ?? remote_host ?? remote_ip ?? '';
  const target = host !== '' && port !== undefined && port !== '25' ? `${host}:${port}` : host;
  set({
    form: {
      ...FORM,
      target,
      ...(sender ? { from: sender } : {}),
      ...(recipient ? { to: recipient } : {}),
      ...(ehlo_name ? { helo: ehlo_name } : {}),
    },
    before: null,
    problem: null,
  });
}

export async function startProbe(): Promise<void> {
  const { form, view } = useProbe.getState();
  const done = view?.phase === 'done' ? view.result : null;
  set({ problem: null });
  try {
    const { id } = await client().probe.start(withoutBlanks(form));
    set({ before: done?.target === form.target.trim() ? done : null, kept: false });
    goTo({ screen: 'probe', id });
    announce('The probe is under way.');
  } catch (error) {
    set({ problem: problemOf(error) });
  }
}

function withoutBlanks(form: ProbeRequest): ProbeRequest {
  const { from, to, helo, bytes, ...rest } = form;
  return {
    ...rest,
    target: form.target.trim(),
    ...(from?.trim() ? { from: from.trim() } : {}),
    ...(to?.trim() ? { to: to.trim() } : {}),
    ...(helo?.trim() ? { helo: helo.trim() } : {}),
    ...(form.until === 'blob' && bytes !== undefined ? { bytes } : {}),
  };
}

/** Follows the probe that the address names and no other, until it is over. */
export function followProbe(id: string | null): void {
  if (id === null || watching?.id === id) return;
  useApp.setState({ probe: id });
  watching?.abort.abort();
  const abort = new AbortController();
  watching = { id, abort };
  set({ view: null, gone: false });
  void follow(
    connection(),
    (signal) => client().probe.watch({ probe: id }, { signal }),
    abort.signal,
    (view) => {
      set(({ form }) => ({ view, form: form.target === '' ? { ...form, ...view.request } : form }));
      if (view.phase === 'running') return;
      abort.abort();
      announce(endWords(view));
    },
    () => {
      watching = null;
      useApp.setState({ probe: null });
      set({ view: null, gone: true });
    },
  );
}

function endWords({ phase, result, fault }: ProbeView): string {
  if (phase === 'failed') return `The probe could not be carried out. ${fault?.message ?? ''}`;
  if (phase === 'stopped') return 'The probe was stopped.';
  return result?.stage === 'none' ? 'The probe went well.' : `The probe failed at ${result?.stage}.`;
}

export async function stopProbe(): Promise<void> {
  const id = useProbe.getState().view?.id;
  if (id === undefined) return;
  await client()
    .probe.stop({ probe: id })
    .catch((error: unknown) => set({ problem: problemOf(error) }));
}

/** Puts the result into the case that is open, at the step where its walk stands. */
export async function keepProbe(): Promise<void> {
  const { view } = useProbe.getState();
  const { id } = useCase.getState();
  if (!view || id === null) return;
  try {
    await client().probe.keep({ case: id, probe: view.id });
    set({ kept: true });
    announce('The probe is evidence of the case now.');
  } catch (error) {
    set({ problem: problemOf(error) });
  }
}

export async function copyProbe(): Promise<void> {
  const result = useProbe.getState().view?.result;
  if (!result) return;
  await navigator.clipboard.writeText(probeText(result).join('\n'));
  announce('The probe was copied as text.');
}

export const closeProbeProblem = (): void => set({ problem: null });
