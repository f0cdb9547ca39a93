import { Button, Input } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { findSymptoms, symptomsByTurns } from '../lib/find-symptoms.ts';
import { useApp } from '../stores/app-store.ts';
import { chooseSymptom, useIntake } from '../stores/intake-store.ts';
import styles from './start.module.css';

const FIRST = 12;

/** Nothing to paste: what the person sees, in the wizards' own words. */
export function Symptoms() {
  const wizards = useApp((state) => state.info?.wizards);
  const chosen = useIntake((state) => state.symptom);
  const [query, setQuery] = useState('');
  const symptoms = useMemo(() => symptomsByTurns(wizards ?? []), [wizards]);
  if (!wizards || wizards.length === 0) return null;
  const shown = findSymptoms(symptoms, query, FIRST);
  return (
    <section aria-label="Symptoms">
      <div className={styles.headingRow}>
        <h2 className={styles.heading}>Nothing to paste? What do you see?</h2>
        {symptoms.length > FIRST && (
          <Input
            type="search"
            aria-label="Find a symptom"
            placeholder={`Find among ${symptoms.length}, for example scanner`}
            value={query}
            onChange={(_, data) => setQuery(data.value)}
          />
        )}
      </div>
      <div className={styles.chips}>
        {shown.map((symptom) => (
          <Button
            key={symptom}
            aria-pressed={symptom === chosen}
            className={symptom === chosen ? styles.chosen : undefined}
            onClick={() => chooseSymptom(symptom === chosen ? null : symptom)}
          >
            {symptom}
          </Button>
        ))}
        {shown.length === 0 && <p>No symptom has all these words. Try one word, or begin with “Where to begin”.</p>}
        <a className={styles.linkChip} href="#/wizards">
          {wizards.length === 1 ? 'The wizard' : `All ${wizards.length} wizards`}
        </a>
      </div>
    </section>
  );
}
