const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export type Line = { text: string } | { tooLong: true };

/**
 * Splits bytes into lines (LF or CRLF, UTF-8, a mark at the beginning ignored). A line above `longest` bytes is given
 * up: it arrives as `tooLong` and takes no memory. What follows the last line feed counts as a line too.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array | string>,
  longest: number,
): AsyncGenerator<Line, void> {
  let parts: Buffer[] = [];
  let size = 0;
  let first = true;
  const take = (): Line => {
    const bytes = Buffer.concat(parts);
    const line: Line = size > longest ? { tooLong: true } : { text: textOf(bytes, first) };
    parts = [];
    size = 0;
    first = false;
    return line;
  };
  const keep = (part: Buffer): void => {
    size += part.length;
    if (size <= longest) parts.push(part);
    else parts = [];
  };
  for await (const chunk of chunks) {
    const bytes =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      keep(bytes.subarray(start, end));
      yield take();
      start = end + 1;
    }
    if (start < bytes.length) keep(bytes.subarray(start));
  }
  if (size > 0) yield take();
}

function textOf(bytes: Buffer, first: boolean): string {
  const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  const text = bytes.toString('utf8', 0, end);
  return first && text.startsWith('\ufeff') ? text.slice(1) : text;
}
