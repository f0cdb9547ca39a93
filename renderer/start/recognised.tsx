import { Button } from '@fluentui/react-components';
import { filledIn } from '../../wizards/engine/intake/finding.ts';
import type { Finding, Suggestion } from '../../wizards/engine/triage.ts';
import { cx } from '../lib/cx.ts';
import { plural } from '../lib/format.ts';
import { withSentencesOnce } from '../lib/symptom-cards.ts';
import { Note } from '../parts/note.tsx';
import { type Labels, useApp, useLabels } from '../stores/app-store.ts';
import { type Beginning, beginningOf, createCase, useIntake } from '../stores/intake-store.ts';
import { CaseFields } from './case-fields.tsx';
import { Hops } from './hops.tsx';
import styles from './start.module.css';

/** What was found in the text or follows from the symptom, and the wizards that fit, best first. */
export function Recognised() {
  const result = useIntake((state) => state.result);
  const symptom = useIntake((state) => state.symptom);
  const wizards = useApp((state) => state.info?.wizards);
  const labels = useLabels();
  if (symptom !== null) {
    const fitting = (wizards ?? []).filter((wizard) => wizard.symptoms?.includes(symptom));
    const offers = fitting.map((wizard) => ({
      id: wizard.id,
      title: wizard.title,
      why: wizard.summary,
      filled: [],
      beginning: { wizard: wizard.id, title: symptom, parameters: {} },
    }));
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
          offers={suggestions.map((suggestion) => ({
            id: `${suggestion.wizard}/${suggestion.step}`,
            title: suggestion.title,
            why: suggestion.why,
            filled: suggestion === suggestions[0] ? filledWords(suggestion, labels) : [],
            beginning: beginningOf(suggestion, result),
          }))}
        />
      )}
      {suggestions.length === 0 && <Unsuggested />}
    </>
  );
}

function filledWords(suggestion: Suggestion, labels: Labels): string[] {
  return Object.entries(filledIn(suggestion)).map(([name, value]) => `${labels[name] ?? name} ${value}`);
}

/** Nothing fits by itself: the first questions still lead somewhere. */
function Unsuggested() {
  const entry = useApp((state) => state.info?.wizards.find((wizard) => wizard.id === 'entry'));
  if (!entry) return null;
  const beginning = { wizard: entry.id, title: entry.title, parameters: {} };
  return (
    <Offers
      heading="Begin with questions instead"
      offers={[{ id: entry.id, title: entry.title, why: entry.summary, filled: [], beginning }]}
    />
  );
}

function FindingCard({ finding }: { finding: Finding }) {
  const labels = useLabels();
  if (finding.kind === 'symptom') return <SymptomCard finding={finding} />;
  const fields = Object.entries(finding.fields).filter(([name, value]) => name !== 'event_id' || value !== finding.id);
  return (
    <article className={styles.finding}>
      <h3>
        {finding.title} <span className={styles.quiet}>line {finding.line}</span>
      </h3>
      <dl className={styles.fields}>
        <Field name="Source" value={finding.source} />
        <Field name="ID" value={finding.id} />
        {fields.map(([name, value]) => (
          <Field key={name} name={labels[name] ?? name} value={value} />
        ))}
        {finding.local && <Field name="Here" value={finding.local} plain />}
        {finding.remote && <Field name="Other side" value={finding.remote} plain />}
      </dl>
      {finding.hops && <Hops hops={finding.hops} />}
    </article>
  );
}

/** What a person said is quoted; where it leads is said by the suggestions. */
function SymptomCard({ finding }: { finding: Finding }) {
  const { sentence = '', words = '' } = finding.fields;
  return (
    <article className={styles.finding}>
      <h3>
        Symptom <span className={styles.quiet}>line {finding.line}</span>
      </h3>
      <dl className={styles.fields}>
        <Field name="Sentence" value={sentence} plain />
        <Field name="Words" value={words} plain />
      </dl>
    </article>
  );
}

function Field({ name, value, plain }: { name: string; value: string; plain?: boolean }) {
  if (!value) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className={cx(!plain && styles.code)}>{value}</dd>
    </div>
  );
}

interface Offer {
  id: string;
  title: string;
  why: string;
  filled: string[];
  beginning: Beginning;
}

function Offers({ heading, offers }: { heading: string; offers: Offer[] }) {
  const creating = useIntake((state) => state.creating);
  const best = offers[0];
  if (!best) return null;
  return (
    <section aria-label={heading}>
      <h2 className={styles.heading}>{heading}</h2>
      <div className={styles.list}>
        {offers.map((offer) => (
          <div key={offer.id} className={cx(styles.row, offer === best && styles.best)}>
            <div className={styles.rowText}>
              <h3>{offer.title}</h3>
              <p>
                {offer.why}
                {offer.filled.length > 0 && ` Filled in: ${offer.filled.join(', ')}.`}
              </p>
            </div>
            <Button
              appearance={offer === best ? 'primary' : 'secondary'}
              aria-label={`Start ${offer.title}`}
              disabled={creating}
              onClick={() => void createCase(offer.beginning)}
            >
              Start
            </Button>
          </div>
        ))}
        <CaseFields proposal={best.beginning.title} />
      </div>
    </section>
  );
}
