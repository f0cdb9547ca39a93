import type { CaseStatus } from '../../wizards/engine/model.ts';
import { STATE_WORDS } from '../lib/words.ts';
import { Badge, type Tone } from './badge.tsx';

const TONES: Record<CaseStatus, Tone> = { open: 'plain', waiting: 'caution', closed: 'good' };

export function StateBadge({ state }: { state: CaseStatus }) {
  return <Badge tone={TONES[state]}>{STATE_WORDS[state]}</Badge>;
}
