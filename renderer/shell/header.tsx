import { Button } from '@fluentui/react-components';
import { ENVIRONMENT_WORDS } from '../lib/words.ts';
import { Badge } from '../parts/badge.tsx';
import { EditableText } from '../parts/editable-text.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { openDialog, useApp } from '../stores/app-store.ts';
import { describeCase } from '../stores/case-actions.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './shell.module.css';

/** The product's mark; on the case screen the case's ticket, title and operator, each editable in place. */
export function Header() {
  const onCase = useApp((state) => state.route.screen === 'case');
  return (
    <header className={styles.header}>
      <svg className={styles.mark} viewBox="0 0 24 24" aria-hidden="true">
        <rect width="24" height="24" rx="5" />
        <path d="M9 18V6.5h7M9 12h5.5" />
      </svg>
      {onCase ? <CaseTitle /> : <span className={styles.product}>Fieldguide</span>}
    </header>
  );
}

function CaseTitle() {
  const id = useCase((state) => state.id);
  const title = useCase((state) => state.view?.title);
  const ticket = useCase((state) => state.view?.ticket);
  const operator = useCase((state) => state.view?.operator);
  const status = useCase((state) => state.view?.status);
  const environment = useCase((state) => state.view?.environment);
  const practice = useCase((state) => state.view?.practice);
  const ended = useCase((state) => state.view !== null && state.view.step === null);
  if (title === undefined || status === undefined) return <span className={styles.product}>Fieldguide</span>;
  return (
    <>
      <div className={styles.caseTitle} key={id}>
        <EditableText
          label="Ticket"
          value={ticket ?? ''}
          empty="Add a ticket"
          strong
          onSave={(value) => describeCase({ ticket: value })}
        />
        <EditableText
          label="Title"
          value={title}
          empty="Add a title"
          grow
          onSave={(value) => describeCase({ title: value })}
        />
        {environment && <Badge>{ENVIRONMENT_WORDS[environment]}</Badge>}
        {practice !== null && <Badge tone="caution">Practice, simulated</Badge>}
        <StateBadge state={status} />
      </div>
      <div className={styles.headerSide}>
        <EditableText
          label="Operator"
          value={operator ?? ''}
          empty="Add your name"
          quiet
          onSave={(value) => describeCase({ operator: value })}
        />
        {!ended && <Button onClick={() => openDialog('export')}>Export</Button>}
      </div>
    </>
  );
}
