/**
 * A whole message (a file `.eml`, or its source pasted) as the plain text in which evidence is looked for: its headers,
 * its text, each delivery status as written, and of a returned message the headers. Attachments are named only.
 */
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { htmlText } from './html-text.ts';

/** Bounds against messages that are made to be large: forwarded messages in messages, parts, and what they hold. */
const DEEPEST_MESSAGE = 4;
const DEEPEST_PART = 30;
const MOST_BOUNDARIES = 2000;
const LARGEST_MAIL = 12 * 1024 * 1024;
const LARGEST_HEADERS = 512 * 1024;
const LONGEST_PART = 2 * 1024 * 1024;
const LONGEST_TEXT = 6 * 1024 * 1024;

/** A header block that a mail begins with is no longer than this. */
const HEAD = 256 * 1024;
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,75}:/;
const TYPICAL = [
  'from',
  'to',
  'subject',
  'date',
  'received',
  'message-id',
  'mime-version',
  'return-path',
  'content-type',
];

/** The text of the message, or null where this is none, or none that can be taken apart. Never throws. */
export async function mailText(text: string): Promise<string | null> {
  if (text.length > LARGEST_MAIL || !isMail(text)) return null;
  try {
    const out: string[] = [];
    await addMessage(escapeWide(withoutEnvelope(text)), 0, out);
    return restoreWide(out.join('\n')).slice(0, LONGEST_TEXT);
  } catch {
    // What the parser refuses (too deep, too many headers) is read as the text that it is.
    return null;
  }
}

/**
 * Whether a text is the source of a mail that has to be taken apart: it begins with at least three headers of a mail,
 * and it has parts, or a body that is encoded or HTML. Headers alone, and text in plain letters, are left as they are.
 */
export function isMail(text: string): boolean {
  const head = headOf(withoutEnvelope(text.slice(0, HEAD)));
  if (head === null) return false;
  const values = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (!values.has(name)) values.set(name, line.slice(colon + 1).trim());
  }
  if (TYPICAL.filter((name) => values.has(name)).length < 3) return false;
  const type = values.get('content-type') ?? '';
  const boundary = /^multipart\/[\w-]+.*?\bboundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(type);
  const body = text.slice(text.indexOf(head) + head.length);
  const wanted = boundary?.[1] ?? boundary?.[2];
  if (wanted !== undefined) return body.includes(`\n--${wanted}`) && fewBoundaries(body);
  const encoded = /^(?:base64|quoted-printable)\b/i.test(values.get('content-transfer-encoding') ?? '');
  return (encoded || /^text\/html\b/i.test(type)) && body.trim() !== '';
}

/** The line that mailboxes in one file put before a message. */
const withoutEnvelope = (text: string): string =>
  text.replace(/^\ufeff?(?:[ \t]*\r?\n){0,20}(?:From [^\n]{1,200}\n)?/, '');

/** The header block that a text begins with; null when it begins otherwise or never ends. */
function headOf(text: string): string | null {
  const end = /\r?\n[ \t]*\r?\n/.exec(text)?.index;
  if (end === undefined) return null;
  const head = text.slice(0, end);
  for (const line of head.split(/\r?\n/)) if (!HEADER.test(line) && !/^[ \t]/.test(line)) return null;
  return HEADER.test(head) ? head : null;
}

/** The parser looks through all boundaries at each line that may be one. */
function fewBoundaries(body: string): boolean {
  let count = 0;
  for (let at = body.indexOf('\n--'); at >= 0; at = body.indexOf('\n--', at + 3)) {
    count += 1;
    if (count > MOST_BOUNDARIES) return false;
  }
  return true;
}

async function addMessage(source: string | Uint8Array, depth: number, out: string[]): Promise<void> {
  const mail = await PostalMime.parse(source, {
    forceRfc822Attachments: true,
    maxNestingDepth: DEEPEST_PART,
    maxHeadersSize: LARGEST_HEADERS,
  });
  out.push(...mail.headerLines.map(({ line }) => line), '', bodyOf(mail), '');
  const isReport = mail.headers.some(({ key, value }) => key === 'content-type' && /^multipart\/report\b/i.test(value));
  for (const part of mail.attachments) await addPart(part, isReport, depth, out);
}

/** The text part where there is one that says something, else the text of the HTML part. */
function bodyOf({ text, html }: Email): string {
  const body = text?.trim() ? text : htmlText((html ?? '').slice(0, LONGEST_PART));
  return body.slice(0, LONGEST_PART);
}

async function addPart(part: Attachment, isReport: boolean, depth: number, out: string[]): Promise<void> {
  const bytes =
    typeof part.content === 'string' ? new TextEncoder().encode(part.content) : new Uint8Array(part.content);
  const { mimeType } = part;
  if (mimeType === 'message/delivery-status' || mimeType === 'message/global-delivery-status') {
    out.push('----- Delivery status -----', decode(bytes), '');
  } else if (mimeType === 'text/rfc822-headers' || mimeType === 'message/global-headers') {
    out.push('----- Headers of the returned message -----', headersIn(bytes), '');
  } else if ((mimeType === 'message/rfc822' || mimeType === 'message/global') && isReport) {
    out.push('----- Headers of the returned message -----', headersIn(bytes), '');
  } else if (mimeType === 'message/rfc822' && depth < DEEPEST_MESSAGE && bytes.length <= LARGEST_MAIL) {
    out.push('----- Attached message -----');
    if (fewBoundaries(decode(bytes))) await addMessage(bytes, depth + 1, out);
    else out.push(headersIn(bytes), '');
  } else {
    out.push(`(An attachment was left out: ${part.filename ?? 'without a name'}, ${mimeType}, ${bytes.length} bytes)`);
  }
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, LONGEST_PART));

/** What stands above the first empty line. */
function headersIn(bytes: Uint8Array): string {
  const text = decode(bytes).replace(/^(?:\r?\n)+/, '');
  const end = /\r?\n[ \t]*\r?\n/.exec(text)?.index ?? text.length;
  return text.slice(0, Math.min(end, LARGEST_HEADERS));
}

/**
 * The text was decoded when it was read, so the charset that a part names no longer is that of its letters: those that
 * are not ASCII pass the parser under marks of ASCII. What was encoded (base64, quoted-printable) is decoded by it.
 */
const escapeWide = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks are control characters, which no mail has.
  text.replace(/[^\x00-\x7f]/g, (letter) => `\u0001${letter.charCodeAt(0).toString(16)}\u0002`);
const restoreWide = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
  text.replace(/\u0001([0-9a-f]{2,4})\u0002/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
