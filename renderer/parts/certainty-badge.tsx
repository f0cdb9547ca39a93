import type { Certainty } from '../../wizards/engine/schema.ts';
import { CERTAINTY_MEANING, CERTAINTY_WORDS } from '../lib/words.ts';
import { Badge } from './badge.tsx';

/** Marks content that nobody confirmed. Confirmed content carries no mark unless `always`. */
export function CertaintyBadge({ certainty, always }: { certainty: Certainty; always?: boolean }) {
  if (certainty === 'confirmed' && !always) return null;
  const tone = certainty === 'confirmed' ? 'good' : certainty === 'unverified' ? 'bad' : 'caution';
  return (
    <Badge tone={tone} title={CERTAINTY_MEANING[certainty]}>
      {CERTAINTY_WORDS[certainty]}
    </Badge>
  );
}
