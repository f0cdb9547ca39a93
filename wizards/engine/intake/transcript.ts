/** What the readers of transcripts have in common: one session, as it stands in the pasted text. */
import type { Stage } from '../logs/stages.ts';
import type { Turn } from './conversation-stage.ts';

export type Transcript = {
  /** The program that shows it. */
  tool: 'swaks' | 'telnet' | 'openssl' | 'tcpdump';
  line: number;
  end: number;
  turns: Turn[];
  /** To whom the connection went, as it was typed or shown: a name or an address. */
  host: string | null;
  address: string | null;
  connected: boolean;
  /** Whether it is about SMTP at all: openssl is used for many protocols. */
  smtp: boolean;
  /** What the program itself says went wrong, and where that belongs. */
  failure: { stage: Stage | null; text: string } | null;
  tls: { version?: string; cipher?: string; certificate?: string; verification?: string };
};

export function newTranscript(tool: Transcript['tool'], line: number): Transcript {
  return {
    tool,
    line,
    end: line,
    turns: [],
    host: null,
    address: null,
    connected: false,
    smtp: tool !== 'openssl',
    failure: null,
    tls: {},
  };
}

/** The first failure counts: what follows it is its consequence. */
export function noteFailure(transcript: Transcript, stage: Stage | null, text: string): void {
  transcript.failure ??= { stage, text: text.trim().slice(0, 300) };
}
