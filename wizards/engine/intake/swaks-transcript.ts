/** The output of swaks (swaks's manual: transcript hints; the samples of facts 2.1.5). */
import { newTranscript, noteFailure, type Transcript } from './transcript.ts';

const MARKED = /^\s{0,2}(===|\*\*\*|<~\*|<\*\*|<-|<~|->|~>)(?:\s+(.*))?$/;
/** Lines without a mark that may stand between two marked ones: wraps of a mail program. */
const MOST_UNMARKED = 3;

/** The sessions in it, in order. `lines` are those of the text, index 0 is line 1. */
export function readSwaks(lines: readonly string[]): Transcript[] {
  const found: Transcript[] = [];
  let current: Transcript | null = null;
  let unmarked = 0;
  for (const [index, line] of lines.entries()) {
    const [, mark, text = ''] = MARKED.exec(line) ?? [];
    if (mark === undefined) {
      if (line.trim() === '' || current === null) continue;
      unmarked += 1;
      const last: Transcript['turns'][number] | undefined = current.turns.at(-1);
      if (unmarked > MOST_UNMARKED) current = null;
      else if (current.end === index && last?.from === 'server') {
        last.text = `${last.text} ${line.trim()}`;
        current.end = index + 1;
      }
      continue;
    }
    unmarked = 0;
    if (current === null || (mark === '===' && text.startsWith('Trying '))) {
      current = newTranscript('swaks', index + 1);
      found.push(current);
    }
    current.end = index + 1;
    if (mark === '===') readInformation(current, text);
    else if (mark === '***') readError(current, text);
    else current.turns.push({ from: mark.startsWith('<') ? 'server' : 'client', text });
  }
  // Marks alone also stand in other texts, as lines of equal signs.
  return found.filter(
    ({ turns, failure, host }) =>
      turns.some(({ from, text }) => from === 'server' && /^[2-5]\d\d(?=[ -]|$)|^Timeout/.test(text)) ||
      (failure?.stage === 'connect' && host !== null),
  );
}

function readInformation(transcript: Transcript, text: string): void {
  const trying = /^Trying (.+?)(?::\d{1,5})?\.{3}/.exec(text)?.[1];
  if (trying !== undefined) transcript.host = trying;
  if (text.startsWith('Connected to ')) transcript.connected = true;
  const cipher = /^TLS started (?:with|w\/) cipher (?:(TLSv[\d.]+|SSLv\d):)?([\w-]+)/.exec(text);
  if (cipher?.[1] !== undefined) transcript.tls.version = cipher[1];
  if (cipher?.[2] !== undefined) transcript.tls.cipher = cipher[2];
  const subject = /^TLS peer.*?(?:DN=|subject=)\[?"?([^"\]]+)/.exec(text)?.[1];
  if (subject !== undefined) transcript.tls.certificate ??= subject;
}

function readError(transcript: Transcript, text: string): void {
  const host = /^Error connecting to (.+?)(?::\d{1,5})?:/.exec(text)?.[1];
  if (host !== undefined) transcript.host ??= host;
  const stage = /\bconnect/i.test(text) && !transcript.connected ? 'connect' : stageOfError(text);
  // The line below says why there is no connection.
  if (transcript.failure?.stage === 'connect' && stage === 'connect') {
    transcript.failure = { stage, text: text.trim().slice(0, 300) };
  } else noteFailure(transcript, stage, text);
}

function stageOfError(text: string): 'starttls' | 'auth' | null {
  if (/\bauth/i.test(text)) return 'auth';
  return /STARTTLS|\bTLS\b/.test(text) ? 'starttls' : null;
}
