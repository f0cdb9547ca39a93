import type { SessionStage } from '../../wizards/engine/logs/stages.ts';
import { STAGE_MEANING, STAGE_WORDS } from '../lib/session-words.ts';
import { Badge } from '../parts/badge.tsx';

/** The stage at which a session first failed, as a word. */
export function StageBadge({ stage }: { stage: SessionStage }) {
  return (
    <Badge tone={stage === 'none' ? 'good' : 'bad'} title={STAGE_MEANING[stage]}>
      {stage === 'none' ? 'none' : STAGE_WORDS[stage]}
    </Badge>
  );
}
