import { create } from 'zustand';
import type { PROBE_TLS, PROBE_UNTIL, ProbeKind, ProbeRequest, ProbeView } from '../../electron/contract-probe.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { probeText } from '../../wizards/engine/probe/probe-text.ts';
import { follow } from '../connection/follow.ts';
import { client, connection } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { announce, goTo, useApp } from './app-store.ts';
import { useCase } from './case-store.ts';

/** What the form holds, of all kinds: going from one to another loses nothing. */
export type ProbeForm = {
  kind: ProbeKind;
  target: string;
  seconds: number;
  until: (typeof PROBE_UNTIL)[number];
  tls: (typeof PROBE_TLS)[number];
  from: string;
  to: string;
  helo: string;
  foreign: string;
  own: string;
  isOwn: boolean;
  followSpf: boolean;
  /** Addresses with blanks or commas between them. */
  resolvers: string;
};

interface ProbeStore {
  /** What is asked for next, as it stands in the form. */
  form: ProbeForm;
  view: ProbeView | null;
  /** The result before the present one, of the same target: for comparing. */
  before: ProbeResult | null;
  problem: Problem | null;
  /** The address names a probe that the core has no longer. */
  gone: boolean;
  kept: boolean;
}

const FORM: ProbeForm = {
  ...{ kind: 'smtp', target: '', seconds: 30, until: 'rcpt', tls: 'starttls', from: '', to: '', helo: '' },
  ...{ foreign: 'example.net', own: '', isOwn: false, followSpf: false, resolvers: '' },
};
/** What Exchange 2003 announces of an ordinary message. */
const BYTES = 1124;
/** Name servers answer at once or never. */
const NAME_SECONDS = 4;

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

export const changeForm = (part: Partial<ProbeForm>): void => set(({ form }) => ({ form: { ...form, ...part } }));

/** The form with what the present case knows, for a probe that is opened from one of its steps. */
export function prepareProbe(kind: ProbeKind, parameters: Record<string, string>): void {
  const { sender, recipient, ehlo_name, domain } = parameters;
  const form = { ...FORM, kind, target: targetOf(kind, parameters), from: sender ?? '', to: recipient ?? '' };
  set({
    form: { ...form, helo: ehlo_name ?? '', own: domain ?? '', seconds: isOfNames(kind) ? NAME_SECONDS : FORM.seconds },
    ...{ before: null, problem: null },
  });
}

function targetOf(kind: ProbeKind, { receiving_host, remote_host, remote_ip, port, ...rest }: Record<string, string>) {
  if (kind === 'dns') return rest.domain ?? '';
  if (kind === 'ip') return rest.outbound_ip ?? remote_ip ?? '';
  const host = receiving_host ?? remote_host ?? remote_ip ?? '';
  return host !== '' && port !== undefined && port !== '25' ? `${host}:${port}` : host;
}

/** Asks name servers, no mail server. */
export const isOfNames = (kind: ProbeKind): boolean => kind === 'dns' || kind === 'ip';

/** Another kind of probe; the time limit goes with it. */
export const changeKind = (kind: ProbeKind): void =>
  changeForm({ kind, seconds: isOfNames(kind) ? NAME_SECONDS : FORM.seconds, isOwn: false });

export async function startProbe(): Promise<void> {
  const { form, view } = useProbe.getState();
  const done = view?.phase === 'done' ? view.result : null;
  set({ problem: null });
  try {
    const { id } = await client().probe.start(requestOf(form));
    const same = done?.kind === form.kind && done.target === form.target.trim();
    set({ before: same ? done : null, kept: false });
    goTo({ screen: 'probe', id });
    announce('The probe is under way.');
  } catch (error) {
    set({ problem: problemOf(error) });
  }
}

function requestOf(form: ProbeForm): ProbeRequest {
  const { kind, seconds, until, tls, followSpf } = form;
  const [target, from, to, helo] = [form.target.trim(), form.from.trim(), form.to.trim(), form.helo.trim()];
  switch (kind) {
    case 'smtp':
      return {
        ...{ kind, target, seconds, until, tls },
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(helo ? { helo } : {}),
        ...(until === 'blob' ? { bytes: BYTES } : {}),
      };
    case 'relay':
      return { kind, target, seconds, foreign: form.foreign.trim(), own: form.own.trim(), isOwn: true };
    case 'dns':
      return { kind, target, seconds, followSpf, ...namesOf(form) };
    case 'ip':
      return { kind, target, seconds, ...(helo ? { helo } : {}), ...namesOf(form) };
  }
}

function namesOf({ resolvers }: ProbeForm): { resolvers?: string[] } {
  const named = resolvers.split(/[\s,;]+/).filter((one) => one !== '');
  return named.length > 0 ? { resolvers: named } : {};
}

/** The form as it stood when the probe was asked for. */
const formOf = (form: ProbeForm, request: ProbeRequest): ProbeForm => ({
  ...form,
  ...request,
  resolvers: ('resolvers' in request && request.resolvers?.join(' ')) || '',
});

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
      set(({ form }) => ({ view, form: form.target === '' ? formOf(form, view.request) : form }));
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

function endWords({ phase, result, fault, request }: ProbeView): string {
  if (phase === 'failed') return `The probe could not be carried out. ${fault?.message ?? ''}`;
  if (phase === 'stopped') return 'The probe was stopped.';
  if (result?.stage === 'none') return 'The probe went well.';
  const failed = result?.stages.find(({ name }) => name === result.stage);
  return isOfNames(request.kind) ? (failed?.why ?? 'The probe failed.') : `The probe failed at ${result?.stage}.`;
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
