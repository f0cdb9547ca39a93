import { filledIn } from '../../wizards/engine/intake/finding.ts';
import type { Suggestion } from '../../wizards/engine/triage.ts';
import { plural } from '../lib/format.ts';
import { withSentencesOnce } from '../lib/symptom-cards.ts';
import { Note } from '../parts/note.tsx';
import { type Labels, useApp, useLabels } from '../stores/app-store.ts';
import { type Beginning, beginningOf, createCase, useIntake } from '../stores/intake-store.ts';
import { FindingCard } from './finding-card.tsx';
import { type Offer, Offers } from './offers.tsx';
import styles from './start.module.css';

/** What was found in the text or follows from the symptom, and the wizards that fit, best first. */
export function Recognised() {
  const result = useIntake((state) => state.result);
  const symptom = useIntake((state) => state.symptom);
  const wizards = useApp((state) => state.info?.wizards);
  const labels = useLabels();
  if (symptom !== null) {
    const fitting = (wizards ?? []).filter((wizard) => wizard.symptoms?.includes(symptom));
    const offers = fitting.map((wizard) =>
      offerOf(wizard.title, wizard.summary, [], { wizard: wizard.id, title: symptom, parameters: {} }),
    );
    return <Offers heading={`You see: ${symptom}`} offers={offers} />;
  }
  if (!result) return null;
  const { suggestions, note } = result;
  const cards = withSentencesOnce(result.findings);
  return (
    <>
      {cards.length > 0 && (
        <section aria-label="Recognised">
          <h2 className={styles.heading}>
            {cards.length === 1 ? 'Recognised' : `Recognised: ${plural(cards.length, 'finding')}`}
          </h2>
          <div className={styles.findings}>
            {cards.slice(0, 20).map((finding) => (
              <FindingCard key={`${finding.line} ${finding.id}`} finding={finding} />
            ))}
            {cards.length > 20 && <p className={styles.more}>and {cards.length - 20} more</p>}
          </div>
        </section>
      )}
      {note && <Note>{note}</Note>}
      {suggestions.length > 0 && (
        <Offers
          heading="Suggested"
          offers={suggestions.map((suggestion) => {
            const filled = suggestion === suggestions[0] ? filledWords(suggestion, labels) : [];
            return offerOf(suggestion.title, suggestion.why, filled, beginningOf(suggestion, result));
          })}
        />
      )}
      {suggestions.length === 0 && <Unsuggested />}
    </>
  );
}

function offerOf(title: string, why: string, filled: string[], beginning: Beginning): Offer {
  const { wizard, step = '', title: caseTitle } = beginning;
  return { id: `${wizard}/${step}`, title, why, filled, caseTitle, start: () => void createCase(beginning) };
}

/** The values that a case begins with, each with what it is called. */
export function filledWords(suggestion: Pick<Suggestion, 'parameters' | 'apart'>, labels: Labels): string[] {
  return Object.entries(filledIn(suggestion)).map(([name, value]) => `${labels[name] ?? name} ${value}`);
}

/** Nothing fits by itself: the first questions still lead somewhere. */
function Unsuggested() {
  const entry = useApp((state) => state.info?.wizards.find((wizard) => wizard.id === 'entry'));
  if (!entry) return null;
  const beginning = { wizard: entry.id, title: entry.title, parameters: {} };
  return (
    <Offers heading="Begin with questions instead" offers={[offerOf(entry.title, entry.summary, [], beginning)]} />
  );
}
