/** How the checklist's ids read in a sentence. One place, so that all exports and the screen agree. */
import type { SettingFrom } from '../model.ts';
import type { Certainty, Machine } from '../schema.ts';
import type { CaptureItem, FixStatus, StepItem } from './model.ts';

export const MACHINE_WORDS: Record<Machine, string> = {
  'sending-server': 'the sending server (it owns the queue)',
  'receiving-server': 'the receiving server',
  'exchange-server': 'an Exchange server',
  'domain-controller': 'a domain controller',
  outside: 'a machine outside the firewall',
  anywhere: 'any machine',
};

export const FROM_WORDS: Record<SettingFrom, string> = {
  evidence: 'from the evidence',
  person: 'entered by hand',
  outcome: 'from an answer',
  capture: 'from an output',
  default: 'default',
};

export const SOURCE_WORDS: Record<CaptureItem['source'], string> = {
  run: 'run from Fieldguide',
  pasted: 'run elsewhere, output pasted',
  typed: 'typed by hand in the terminal',
  simulated: 'simulated (practice)',
};

export const FOLLOWED_WORDS: Record<NonNullable<StepItem['followed']>, string> = {
  suggested: 'as the reading suggested',
  against: 'against the reading',
  'no-suggestion': 'no reading suggested an answer',
  disagreement: 'the readings disagreed, so none suggested an answer',
};

export const FIX_WORDS: Record<FixStatus, string> = {
  verified: 'done, proof succeeded',
  'not-verified': 'done, the fault is still there',
  'rolled-back': 'undone again',
  left: 'not done now',
  pending: 'not decided yet',
  'not-tried': 'not tried',
};

/** Empty for confirmed content: only doubt is marked. */
export const CERTAINTY_MARKS: Record<Certainty, string> = {
  confirmed: '',
  reconstructed: 'reconstructed (put together from several sources, not read as a whole in one)',
  unverified: 'unverified (no source confirms it)',
};

export const PRACTICE_WORDS =
  'Practice case: outputs marked as simulated are samples. They were not seen on a server and nothing was changed there.';

export const CHAIN_STATEMENT =
  'The chain head is the hash of the last line of the case journal. It shows whether the journal was altered ' +
  'since this export. It is an integrity check, not a signature: it does not prove who wrote the journal.';

/** Said at the head of each export of this kind. */
export const REDACTED_WORDS =
  'Names and addresses are replaced by stand-ins, each always by the same. The case itself holds the original.';

/** `ok, exit code 0` and its kin. */
export function resultWords(capture: CaptureItem): string {
  if (capture.ended === 'timeout') return 'stopped after the time limit';
  if (capture.ended === 'shell-died') return 'the shell ended while it ran';
  const words = { ok: 'succeeded', failed: 'failed', 'parse-error': 'not understood by the shell', unknown: 'unknown' };
  return capture.exit === null ? words[capture.result] : `${words[capture.result]}, exit code ${capture.exit}`;
}

/** `340 ms`, `2.5 s`, `3 min 20 s`. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `CONTOSO\admin on MAIL01`, as far as it is known. */
export function whoWhere({ user, host }: { user: string | null; host: string | null }): string {
  if (user && host) return `${user} on ${host}`;
  return host ?? user ?? 'not recorded';
}
