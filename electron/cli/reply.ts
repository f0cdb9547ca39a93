import { explainReply } from '../../wizards/engine/reply.ts';
import { loadContent } from './content.ts';
import type { Output } from './output.ts';
import { plain } from './plain.ts';

const SIDES = {
  us: 'on your side',
  them: 'on the side of the server or client that talks to yours',
  between: 'between the two',
  unknown: 'not to be told from the reply alone',
};

/** What one reply of an SMTP server means, and which wizard takes it further. */
export async function reply(out: Output, text: string): Promise<number> {
  const library = await loadContent(out);
  const { code, enhanced, meaning, culprit, wizard, sources, known, certainty, from, peer } = explainReply(
    library,
    text,
  );
  if (out.json) {
    out.document({ code, enhanced, meaning, culprit, wizard, sources, known, certainty, from, peer });
    return 0;
  }
  out.line(out.style('bold', plain(meaning)));
  if (from !== null) out.line(`  written by: ${plain(from)}`);
  if (peer !== null) out.line(`  the reply came from: ${plain(peer)}`);
  out.line(`  to be mended: ${SIDES[culprit]}`);
  if (certainty !== 'confirmed') out.line(`  certainty: ${certainty}`);
  for (const source of sources) out.line(`  source: ${plain(source)}`);
  if (wizard !== null) out.line(`  fieldguide run ${wizard}`);
  return 0;
}
