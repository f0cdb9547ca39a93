/** Stages of an SMTP session, in the order in which they follow one another. The same names everywhere. */
export const STAGES = [
  'dns',
  'connect',
  'banner',
  'ehlo',
  'starttls',
  'auth',
  'mail',
  'rcpt',
  'xexch50',
  'blob',
  'data',
  'quit',
] as const;
export type Stage = (typeof STAGES)[number];

/** A session in which everything was answered and nothing refused. */
export type SessionStage = Stage | 'none';

/** As numbers, in compact records. */
export const NONE = STAGES.length;
export const stageName = (index: number): SessionStage => STAGES[index] ?? 'none';
export const stageIndex = (name: SessionStage): number => (name === 'none' ? NONE : STAGES.indexOf(name));
