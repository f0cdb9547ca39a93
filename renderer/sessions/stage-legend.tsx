import { type SessionStage, STAGES } from '../../wizards/engine/logs/stages.ts';
import { cx } from '../lib/cx.ts';
import { count } from '../lib/format.ts';
import { STAGE_MEANING, STAGE_WORDS } from '../lib/session-words.ts';
import { changeFilter, useSessions } from '../stores/sessions-store.ts';
import styles from './sessions.module.css';

const ORDER: readonly SessionStage[] = [...STAGES, 'none'];

/** The stages that occur, each with its colour and pattern in the picture below; pressing one shows it alone. */
export function StageLegend({ all }: { all: Partial<Record<SessionStage, number>> }) {
  const filter = useSessions((state) => state.filter);
  const stages = filter.stages ?? [];
  const toggle = (stage: SessionStage) => {
    const next = stages.includes(stage) ? stages.filter((other) => other !== stage) : [...stages, stage];
    const { stages: _, ...rest } = filter;
    // The sessions in which nothing failed are never among the failed ones.
    if (next.includes('none')) delete rest.failed;
    changeFilter(next.length > 0 ? { ...rest, stages: next } : rest);
  };
  return (
    <fieldset className={styles.legend}>
      <legend className="visually-hidden">Stage at which a session first failed</legend>
      {ORDER.filter((stage) => (all[stage] ?? 0) > 0).map((stage) => (
        <button
          key={stage}
          type="button"
          className={cx(styles.stage, stages.includes(stage) && styles.stageOn)}
          aria-pressed={stages.includes(stage)}
          title={STAGE_MEANING[stage]}
          onClick={() => toggle(stage)}
        >
          <span className={styles.swatch} data-stage={stage} />
          {STAGE_WORDS[stage]} <span className={styles.quiet}>{count(all[stage] ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  );
}
