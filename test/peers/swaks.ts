/** What swaks sees of a server, from the transcript that it prints. */
import { run } from './programs.ts';

export type SwaksView = {
  code: number | null;
  /** Lines of the EHLO replies without their codes, the greeting left out. */
  before: string[];
  after: string[] | null;
  tls: { protocol: string; cipher: string } | null;
  /** The last reply to RCPT. */
  rcpt: string | null;
};

export async function swaks(port: number, ...options: string[]): Promise<SwaksView> {
  const { code, stdout, stderr } = await run('swaks', ['--server', '127.0.0.1', '--port', String(port), ...options]);
  return { code, ...readTranscript(`${stdout}${stderr}`) };
}

function readTranscript(text: string): Omit<SwaksView, 'code'> {
  const view: Omit<SwaksView, 'code'> = { before: [], after: null, tls: null, rcpt: null };
  let sent = '';
  for (const line of text.split('\n')) {
    const started = /^=== TLS started with cipher ([^:]+):([^:]+)/.exec(line);
    if (started) {
      view.tls = { protocol: started[1] as string, cipher: started[2] as string };
      view.after = [];
    }
    const [, mark, said = ''] = /^( ->| ~>|<- |<~ |<\*\*|<~\*) ?(.*?)\s*$/.exec(line) ?? [];
    if (mark === ' ->' || mark === ' ~>') sent = said.slice(0, 4).toUpperCase();
    else if (mark !== undefined && sent === 'EHLO') (view.after ?? view.before).push(said.slice(4));
    else if (mark !== undefined && sent === 'RCPT') view.rcpt = said;
  }
  view.before.shift();
  view.after?.shift();
  return view;
}
