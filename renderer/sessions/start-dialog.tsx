import { Button } from '@fluentui/react-components';
import { plural } from '../lib/format.ts';
import { rowAt } from '../lib/row-pages.ts';
import { Modal } from '../parts/modal.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Offers } from '../start/offers.tsx';
import { filledWords } from '../start/recognised.tsx';
import { useApp, useLabels } from '../stores/app-store.ts';
import { chosenBeginning } from '../stores/brought-cases.ts';
import { createCase, useIntake } from '../stores/intake-store.ts';
import { stopStarting, useSessions } from '../stores/sessions-store.ts';
import styles from './session.module.css';

/** Which wizard fits the chosen sessions; the one that is started has them as its evidence. */
export function StartDialog() {
  const starting = useSessions((state) => state.starting);
  const intake = useSessions((state) => state.intake);
  const problem = useIntake((state) => state.problem);
  const entry = useApp((state) => state.info?.wizards.find((wizard) => wizard.id === 'entry'));
  const labels = useLabels();
  if (!starting || intake === null) return null;
  const { rows, suggestions } = starting;
  const first = firstOf(rows);
  const fitting = suggestions ?? [];
  const questions = entry
    ? [{ wizard: entry.id, title: entry.title, why: entry.summary, step: '', parameters: {}, apart: [] }]
    : [];
  const offers = (fitting.length > 0 ? fitting.slice(0, 4) : questions).map((suggestion, index) => {
    const beginning = chosenBeginning(suggestion, intake, rows, first);
    return {
      id: suggestion.wizard,
      title: suggestion.title,
      why: suggestion.why,
      filled: index === 0 ? filledWords(suggestion, labels) : [],
      caseTitle: beginning.title,
      start: () => void createCase(beginning).then(() => useIntake.getState().problem === null && stopStarting()),
    };
  });
  return (
    <Modal
      title="Start wizard with this"
      wide
      onClose={stopStarting}
      actions={<Button onClick={stopStarting}>Cancel</Button>}
    >
      <div className={styles.dialog}>
        <p>
          {plural(rows.length, 'session')} will be evidence of the new case, with the lines, the name of the file, its
          size and its SHA-256.
        </p>
        <ProblemNote problem={problem} onClose={() => useIntake.setState({ problem: null })} />
        {suggestions === null ? (
          <p>Looking for wizards that fit…</p>
        ) : (
          <Offers heading={fitting.length > 0 ? 'Suggested' : 'Begin with questions'} offers={offers} />
        )}
      </div>
    </Modal>
  );
}

/** What the first of the rows ran into, if it is still at hand. */
function firstOf(rows: readonly number[]) {
  const { chosen, session, pages, active } = useSessions.getState();
  const [wanted] = rows;
  const known = [...chosen, rowAt(pages, active)].find((row) => row?.row === wanted);
  if (known) return known;
  if (session?.row !== wanted || !session) return null;
  return { stage: session.stage, reply: session.reply ?? '', remote: session.ladder.receiver };
}
