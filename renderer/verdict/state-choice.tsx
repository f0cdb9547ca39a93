import { Radio, RadioGroup } from '@fluentui/react-components';
import type { CaseStatus } from '../../wizards/engine/model.ts';
import { setState } from '../stores/case-actions.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './verdict.module.css';

const CHOICES: { state: CaseStatus; label: string }[] = [
  { state: 'open', label: 'Open: the fault is still there' },
  { state: 'waiting', label: 'Waiting: for replication, a part, somebody else' },
  { state: 'closed', label: 'Closed: solved and proven' },
];

/** Where the case stands after all. The walk proposes it; the person knows better. */
export function StateChoice() {
  const status = useCase((state) => state.view?.status ?? 'open');
  return (
    <fieldset className={styles.states}>
      <legend>State of the case</legend>
      <RadioGroup
        value={status}
        onChange={(_, data) => {
          const choice = CHOICES.find((candidate) => candidate.state === data.value);
          if (choice) void setState(choice.state);
        }}
      >
        {CHOICES.map((choice) => (
          <Radio key={choice.state} value={choice.state} label={choice.label} />
        ))}
      </RadioGroup>
    </fieldset>
  );
}
