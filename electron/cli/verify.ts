import { verifyCase } from '../cases/verify-case.ts';
import { folderOf } from './door.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain.ts';

/**
 * Exit 1 when a fault was found. Takes no lock and writes nothing to the case. It reads the bytes themselves, not the
 * case that the core makes of them, so it goes past the contract.
 */
export async function verify(out: Output, id: string): Promise<number> {
  const result = await verifyCase(folderOf(id));
  if (out.json) out.document(result);
  else {
    for (const { line, kind, message } of result.faults)
      out.line(`line ${line}  ${out.style('red', kind)}  ${plainLine(message)}`);
    const events = `${result.events} events`;
    out.line(
      result.ok
        ? `In order: ${events}, every capture and every wizard copy is as it was recorded.`
        : `${result.faults.length} faults in ${events}.`,
    );
    if (result.torn_bytes > 0)
      out.line(`${result.torn_bytes} bytes of a line that was never finished stand at the end; they do not count.`);
    out.line(
      out.style(
        'dim',
        `Head: ${result.head}. Compare it with one noted elsewhere, such as in an export; it is no signature.`,
      ),
    );
  }
  return result.ok ? 0 : 1;
}
