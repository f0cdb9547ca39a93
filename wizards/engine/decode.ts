/** Bytes of a file or of standard input to text, whichever of the usual encodings they are in. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Decoded =
  | { text: string; encoding: Encoding }
  | { refusal: { code: string; message: string; hint: string } };
/** What bytes are by the look of the first of them: text, in UTF-16 or not, or something else. */
export type Look = { wide: 'utf-16le' | 'utf-16be' | null } | { other: string; hint: string };

/**
 * How the events of a log file become text. An .evtx holds no descriptions, only the values for them, so the programs
 * of Windows have to put both together, best on the server that wrote it.
 */
const EVTX_HINT =
  'Export its events as text, best on the server that wrote it: wevtutil qe FILE.evtx /lf:true /f:text > events.txt, or in PowerShell Get-WinEvent -Path FILE.evtx | Format-List * > events.txt. Or open it in Event Viewer, choose "Save All Events As" and there Text or CSV.';
const EVT_HINT =
  'Open it in Event Viewer on the server that wrote it, choose "Save Log File As" and there Text or CSV. On Windows Vista, Server 2008 and later PowerShell reads it too: Get-WinEvent -Path FILE.evt -Oldest | Format-List * > events.txt.';

/** Files that people hand over in place of a text, by their first bytes. */
const KINDS: { bytes: number[]; name: string; hint: string }[] = [
  {
    // `ElfFile` and a NUL.
    bytes: [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00],
    name: 'an event log file (.evtx)',
    hint: EVTX_HINT,
  },
  {
    // The size of its header, 48, then `LfLe` (ELF_LOGFILE_HEADER in the Windows SDK).
    bytes: [0x30, 0x00, 0x00, 0x00, 0x4c, 0x66, 0x4c, 0x65],
    name: 'an event log file of Windows Server 2003 or older (.evt)',
    hint: EVT_HINT,
  },
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'a zip archive', hint: 'Unpack it and hand over the text file in it.' },
  { bytes: [0x1f, 0x8b], name: 'a gzip archive', hint: 'Unpack it and hand over the text file in it.' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7-Zip archive', hint: 'Unpack it and hand over the text file in it.' },
  { bytes: [0x4d, 0x5a, 0x90, 0x00], name: 'a program', hint: 'Hand over what it printed.' },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF', hint: 'Open it, select the text of the event and copy it.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a picture', hint: 'Copy the event as text in Event Viewer.' },
  { bytes: [0xff, 0xd8, 0xff], name: 'a picture', hint: 'Copy the event as text in Event Viewer.' },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    name: 'an Outlook message (.msg) or an old Office document',
    hint: 'In Outlook, save the message as "Text Only" or download it as .eml. Of a document, copy the text.',
  },
];
const LOOKED_AT = 64 * 1024;

/**
 * UTF-8 and UTF-16 with or without a mark at the beginning; bytes that are neither are read as Windows-1252,
 * which never fails. The mark is not part of the text. A refusal names what the bytes are instead of text.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const look = lookAt(bytes);
  if ('other' in look) {
    const { other, hint } = look;
    const message = other === NO_TEXT ? `This is ${NO_TEXT}.` : `This is ${other}, not text.`;
    return { refusal: { code: 'no-text', message, hint } };
  }
  if (look.wide) return decoded(bytes, look.wide);
  try {
    // A character that is cut off at the end of the input is no reason to take the rest for another encoding.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }), encoding: 'utf-8' };
  } catch {
    return decoded(bytes, 'windows-1252');
  }
}

const NO_TEXT = 'no text but the bytes of some other file';

/** The first bytes are enough: up to 64 KB are looked at. */
export function lookAt(bytes: Uint8Array): Look {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { wide: 'utf-16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { wide: 'utf-16be' };
  const kind = KINDS.find((known) => known.bytes.every((byte, i) => bytes[i] === byte));
  if (kind) return { other: kind.name, hint: kind.hint };
  const wide = utf16Of(bytes);
  if (wide === null && looksBinary(bytes))
    return { other: NO_TEXT, hint: 'Open it in the program that wrote it and copy the text out of there.' };
  return { wide };
}

function decoded(bytes: Uint8Array, encoding: Encoding): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/** Latin text in UTF-16 has a NUL in every second byte; which one tells the order. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, LOOKED_AT) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.6 && even < pairs * 0.05) return 'utf-16le';
  return even > pairs * 0.6 && odd < pairs * 0.05 ? 'utf-16be' : null;
}

/** Text has next to no control characters besides tab, line ends and escape. */
function looksBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, LOOKED_AT);
  let control = 0;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i] as number;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) control += 1;
  }
  return control > length / 50;
}
