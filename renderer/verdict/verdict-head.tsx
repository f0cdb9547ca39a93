import { StepHead } from '../case/step-head.tsx';
import { Badge } from '../parts/badge.tsx';
import { CertaintyBadge } from '../parts/certainty-badge.tsx';
import { useCase } from '../stores/case-store.ts';
import styles from './verdict.module.css';

/** The cause that was found, in words, and how sure it is. */
export function VerdictHead() {
  const verdict = useCase((state) => state.view?.verdict ?? null);
  if (!verdict) return null;
  const { step, visit } = verdict;
  const words = wordsOf(step.verdict);
  return (
    <div className={styles.verdict}>
      <StepHead
        visit={visit}
        above={
          <span className={styles.badges}>
            <Badge tone={words.tone}>{words.text}</Badge>
            <CertaintyBadge certainty={step.certainty} always />
            <span className={styles.id}>{step.verdict}</span>
          </span>
        }
        title={step.title}
        text={step.cause}
        certainty="confirmed"
      />
      {step.text && <p className={styles.more}>{step.text}</p>}
    </div>
  );
}

/** `next.x` hands on, `x.not-here` and `x.unsure` end a search; everything else names a cause. */
function wordsOf(verdict: string): { text: string; tone: 'bad' | 'plain' | 'caution' } {
  if (verdict.startsWith('next.')) return { text: 'Goes on elsewhere', tone: 'caution' };
  if (verdict.endsWith('.not-here')) return { text: 'No fault found here', tone: 'plain' };
  if (verdict.endsWith('.unsure')) return { text: 'Could not be settled', tone: 'caution' };
  if (/\.harmless/.test(verdict)) return { text: 'Harmless', tone: 'plain' };
  return { text: 'Cause found', tone: 'bad' };
}
