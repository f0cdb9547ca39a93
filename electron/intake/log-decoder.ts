import { lookAt } from '../../wizards/engine/decode.ts';
import { NotRead } from './why-unreadable.ts';

/** Null for bytes to be taken as they are. Throws NotRead for what is no text. */
export function decoderFor(bytes: Uint8Array): ((bytes: Uint8Array) => Uint8Array) | null {
  const look = lookAt(bytes);
  if ('other' in look) throw new NotRead(`it is ${look.other}. ${look.hint}`.replace(/\.$/, ''));
  if (look.wide === null) return null;
  const decoder = new TextDecoder(look.wide);
  const encoder = new TextEncoder();
  return (piece) => encoder.encode(decoder.decode(piece, { stream: true }));
}
