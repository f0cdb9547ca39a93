/** The words on badges. Whatever a colour says, a word says too. */
import type { Capture, CaseStatus } from '../../wizards/engine/model.ts';
import type { Certainty, Environment, Machine, Sample, Shell } from '../../wizards/engine/schema.ts';

export const MACHINE_WORDS: Record<Machine, string> = {
  'sending-server': 'On the sending server',
  'receiving-server': 'On the receiving server',
  'exchange-server': 'On an Exchange server',
  'domain-controller': 'On a domain controller',
  outside: 'Outside the firewall',
  anywhere: 'On any machine',
};

export const SHELL_WORDS: Record<Shell, string> = {
  powershell: 'Windows PowerShell 5.1',
  pwsh: 'PowerShell 7',
  ems: 'Exchange Management Shell',
  cmd: 'Command Prompt',
  bash: 'bash',
  zsh: 'zsh',
  device: 'Network device',
  console: 'Management console',
};

export const ENVIRONMENT_WORDS: Record<Environment, string> = {
  '2000-2003': 'Exchange 2000/2003',
  '2007-2010': 'Exchange 2007/2010',
  '2013+': 'Exchange 2013 or later',
};

export const CERTAINTY_WORDS: Record<Certainty, string> = {
  confirmed: 'Confirmed by its sources',
  reconstructed: 'Reconstructed',
  unverified: 'Unverified',
};
export const CERTAINTY_MEANING: Record<Certainty, string> = {
  confirmed: 'Stated in the sources named below.',
  reconstructed: 'Pieced together from several sources; no single one states it.',
  unverified: 'Nobody has confirmed this yet. Check it before you rely on it.',
};

export const STATE_WORDS: Record<CaseStatus, string> = { open: 'open', waiting: 'waiting', closed: 'closed' };

export const ORIGIN_WORDS: Record<Sample['origin'], string> = {
  captured: 'captured from a real server',
  reconstructed: 'reconstructed from documents',
  produced: 'produced for this guide',
};

export const RISK_WORDS = { low: 'Low risk', medium: 'Medium risk', high: 'High risk' } as const;

/** What became of a command, in a few words. */
export function resultWords(capture: Pick<Capture, 'result' | 'exit' | 'ended'>): string {
  if (capture.ended === 'timeout') return 'stopped after its time was up';
  if (capture.ended === 'shell-died') return 'the shell ended in mid command';
  if (capture.result === 'parse-error') return 'the shell could not parse it';
  const exit = capture.exit === null ? '' : ` (exit ${capture.exit})`;
  if (capture.result === 'failed') return `failed${exit}`;
  return capture.result === 'ok' ? 'succeeded' : 'result not known';
}

export const SOURCE_WORDS: Record<Capture['source'], string> = {
  run: 'run here',
  pasted: 'pasted',
  typed: 'typed by hand',
  simulated: 'simulated',
};
