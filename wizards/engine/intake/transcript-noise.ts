/** What telnet and openssl say around a session: to whom they connected, how TLS went, that it is over. */
import { noteFailure, type Transcript } from './transcript.ts';

export type Noise = {
  tool: 'telnet' | 'openssl';
  /** A session begins here: in any case (`always`), or unless one has just begun. */
  opens: 'always' | 'if-none' | null;
  closes: boolean;
  apply: (transcript: Transcript) => void;
};
type Rule = {
  pattern: RegExp;
  tool: Noise['tool'];
  opens?: 'always' | 'if-none';
  closes?: true;
  apply: (transcript: Transcript, parts: RegExpExecArray) => void;
};

/** The wording of telnet of Windows and of Linux, and of OpenSSL 1.0 to 3 (facts 2.1.5, L1). */
const RULES: Rule[] = [
  {
    pattern: /(?:^|[>#$%] ?)telnet(?:\.exe)? +(?:-\w+ +)*([\w.:[\]-]+) +(?:25|465|587|717|2525|smtp)$/i,
    tool: 'telnet',
    opens: 'always',
    apply: (one, [, host]) => setHost(one, host),
  },
  {
    pattern: /^Connecting To ([\w.:[\]-]+?)\.\.\.(?:Could not open connection.*port (?:25|465|587|717|2525)\b.*)?$/i,
    tool: 'telnet',
    opens: 'if-none',
    apply: (one, [text, host]) => {
      setHost(one, host);
      if (text.includes('Could not open')) noteFailure(one, 'connect', text.slice(text.indexOf('Could not open')));
    },
  },
  {
    pattern: /^Could not open connection to the host, on port (?:25|465|587|717|2525)\b/i,
    tool: 'telnet',
    opens: 'if-none',
    apply: (one, { input }) => noteFailure(one, 'connect', input),
  },
  {
    pattern: /^Trying ([\da-f.:]{3,45})\.\.\.$/i,
    tool: 'telnet',
    opens: 'if-none',
    apply: (one, [, address]) => {
      one.address = address ?? null;
    },
  },
  {
    pattern: /^telnet: (?:Unable to connect to remote host|connect to address \S+|could not resolve \S+): ?(.*)$/i,
    tool: 'telnet',
    opens: 'if-none',
    apply: (one, [text]) => noteFailure(one, /could not resolve/i.test(text) ? 'dns' : 'connect', text),
  },
  {
    pattern: /^Connected to ([\w.:[\]-]+?)\.?$/,
    tool: 'telnet',
    apply: (one, [, host]) => {
      setHost(one, host);
      one.connected = true;
    },
  },
  { pattern: /^Escape character is /, tool: 'telnet', apply: () => undefined },
  {
    pattern: /^(?:Connection closed by foreign host|Connection to host lost|read:errno=\d+$|closed$|DONE$)/,
    tool: 'telnet',
    closes: true,
    apply: () => undefined,
  },
  {
    pattern: /\bopenssl(?:\.exe)? s_client\b(?=.*-starttls smtp\b).*-connect +([\w.:[\]-]+?):\w+(?: |$)/,
    tool: 'openssl',
    opens: 'always',
    apply: (one, [, host]) => {
      setHost(one, host);
      one.smtp = true;
    },
  },
  {
    pattern: /^(?:CONNECTED\([0-9A-F]{8}\)|CONNECTION ESTABLISHED)$/,
    tool: 'openssl',
    opens: 'if-none',
    apply: (one) => {
      one.connected = true;
    },
  },
  {
    pattern: /^(?:connect:errno=\d+|\S+:error:\S+:.*connect.*|Connection refused)$/i,
    tool: 'openssl',
    apply: (one, [text]) => {
      if (one.tool === 'openssl' && !one.connected) noteFailure(one, 'connect', text);
    },
  },
  {
    pattern: /^Didn't find STARTTLS in server response/,
    tool: 'openssl',
    opens: 'if-none',
    apply: (one) => {
      noteFailure(one, 'starttls', 'STARTTLS is not offered');
      one.smtp = true;
    },
  },
  {
    pattern: /^(?:no peer certificate available|New, \(NONE\), Cipher is \(NONE\))$/,
    tool: 'openssl',
    apply: (one, [text]) => {
      if (one.tool === 'openssl') noteFailure(one, 'starttls', `No TLS: ${text}`);
    },
  },
  {
    pattern: /^Protocol(?: version)? *: *(TLSv[\d.]+|SSLv\d)$/,
    tool: 'openssl',
    apply: ({ tls }, [, version]) => {
      if (version !== undefined) tls.version = version;
    },
  },
  {
    pattern: /^(?:Ciphersuite|Cipher) *: *([\w-]+)$|^New, (TLSv[\d.]+|SSLv\d)[^,]*, Cipher is ([\w-]+)$/,
    tool: 'openssl',
    apply: ({ tls }, [, plain, version, cipher]) => {
      if (version !== undefined) tls.version = version;
      const name = plain ?? cipher;
      if (name !== undefined && name !== '0000') tls.cipher = name;
    },
  },
  {
    pattern: /^(?:Peer certificate: |subject=)(.{1,200})$/,
    tool: 'openssl',
    apply: ({ tls }, [, subject]) => {
      if (subject !== undefined) tls.certificate ??= subject.trim();
    },
  },
  {
    pattern: /^(?:Verify return code: \d+ \((.{1,100})\)|Verification(?: error)?: (.{1,100}))$/,
    tool: 'openssl',
    apply: ({ tls }, [, code, words]) => {
      const text = code ?? words;
      if (text !== undefined) tls.verification = text;
    },
  },
];

/** A line of this kind; null for any other. */
export function readNoise(line: string): Noise | null {
  if (line.length > 1000) return null;
  for (const { pattern, tool, opens, closes, apply } of RULES) {
    const parts = pattern.exec(line);
    if (parts) {
      return { tool, opens: opens ?? null, closes: closes === true, apply: (transcript) => apply(transcript, parts) };
    }
  }
  return null;
}

function setHost(transcript: Transcript, host: string | undefined): void {
  if (host !== undefined) transcript.host ??= host.replace(/^\[(.*)\]$/, '$1');
}
