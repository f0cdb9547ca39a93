import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import type { Problem } from '../lib/problem.ts';
import styles from './parts.module.css';

/** What went wrong and what to do, where it happened. */
export function ProblemNote({ problem, onClose }: { problem: Problem | null; onClose?: () => void }) {
  if (!problem) return null;
  return (
    <div className={styles.problem} role="alert">
      <div>
        <strong>{problem.message}</strong>
        {problem.hint && <div>{problem.hint}</div>}
      </div>
      {onClose && (
        <Button
          appearance="subtle"
          size="small"
          icon={<DismissRegular />}
          aria-label="Close this message"
          onClick={onClose}
        />
      )}
    </div>
  );
}
