import { Button } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useApp } from '../stores/app-store.ts';
import { chooseSymptom, useIntake } from '../stores/intake-store.ts';
import styles from './start.module.css';

const FIRST = 10;

/** Nothing to paste: what the person sees, in the wizards' own words. */
export function Symptoms() {
  const wizards = useApp((state) => state.info?.wizards);
  const chosen = useIntake((state) => state.symptom);
  const [all, setAll] = useState(false);
  const symptoms = useMemo(() => [...new Set((wizards ?? []).flatMap((wizard) => wizard.symptoms ?? []))], [wizards]);
  if (!wizards || wizards.length === 0) return null;
  return (
    <section aria-label="Symptoms">
      <h2 className={styles.heading}>Nothing to paste? What do you see?</h2>
      <div className={styles.chips}>
        {(all ? symptoms : symptoms.slice(0, FIRST)).map((symptom) => (
          <Button
            key={symptom}
            aria-pressed={symptom === chosen}
            className={symptom === chosen ? styles.chosen : undefined}
            onClick={() => chooseSymptom(symptom === chosen ? null : symptom)}
          >
            {symptom}
          </Button>
        ))}
        {symptoms.length > FIRST && !all && (
          <Button appearance="subtle" onClick={() => setAll(true)}>
            {symptoms.length - FIRST} more
          </Button>
        )}
        <a className={styles.linkChip} href="#/wizards">
          {wizards.length === 1 ? 'The wizard' : `All ${wizards.length} wizards`}
        </a>
      </div>
    </section>
  );
}
