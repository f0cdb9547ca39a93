/** What happens in a session, for those who keep a record of it: the protocol log and the transcript. */
export type SessionIds = { session: string; local: string; remote: string };

export type Happening =
  | { kind: 'connect' }
  | { kind: 'received'; text: string }
  /** The lines of one reply. */
  | { kind: 'sent'; lines: readonly string[]; capabilities: boolean }
  | { kind: 'note'; data: string; context: string }
  | { kind: 'disconnect'; by: 'Local' | 'Remote' };

export type Watcher = (ids: SessionIds, happening: Happening) => void;
