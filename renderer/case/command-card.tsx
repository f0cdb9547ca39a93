import { Select } from '@fluentui/react-components';
import { memo } from 'react';
import type { ByHand } from '../../wizards/engine/model.ts';
import type { CommandView } from '../../wizards/engine/view.ts';
import { chooseShell, runnableOf } from '../lib/command-choice.ts';
import { clock } from '../lib/format.ts';
import { cardPieces, parametersBelow } from '../lib/pieces.ts';
import { SHELL_WORDS } from '../lib/words.ts';
import { Badge } from '../parts/badge.tsx';
import { CertaintyBadge } from '../parts/certainty-badge.tsx';
import { useCase } from '../stores/case-store.ts';
import { CaptureLine } from './capture-line.tsx';
import styles from './case.module.css';
import { CommandActions } from './command-actions.tsx';
import { CommandText } from './command-text.tsx';
import { ParameterRow, RefusedValue } from './parameter-field.tsx';

/** The shell has a badge of its own, or stands in the choice. */
const needsBeside = ({ needs, shell }: CommandView): string[] => needs.filter((need) => need !== SHELL_WORDS[shell]);

/** A command of the catalogue: what it is, its text with the parameters as fields, and what can be done with it. */
export const CommandCard = memo(function CommandCard({ views }: { views: CommandView[] }) {
  const runnable = useCase((state) => state.view?.runnable ?? null);
  const preferred = useCase((state) => state.preferredShell);
  const capture = useCase((state) => state.view?.step?.captures.findLast((item) => item.command === views[0]?.id));
  const byHand = useCase((state) => state.view?.step?.byHand.findLast((item) => item.command === views[0]?.id));
  const command = runnable ? chooseShell(views, runnable, preferred) : undefined;
  if (!runnable || !command) return null;
  // Short windows: what was said before the run makes room for what came of it. A change keeps its warning.
  const compact = capture !== undefined && command.effect === 'read';
  const pieces = cardPieces(command);
  const below = parametersBelow(pieces, command.parameters);
  return (
    <section className={styles.card} aria-label={command.title} data-compact={compact || undefined}>
      <div className={styles.cardHead}>
        <h2>{command.title}</h2>
        <div className={styles.badges}>
          <Effect command={command} />
          {views.length === 1 ? (
            <Badge>{SHELL_WORDS[command.shell]}</Badge>
          ) : (
            <ShellChoice views={views} command={command} />
          )}
          {needsBeside(command).map((need) => (
            <Badge key={need} title="What this command needs">
              {need}
            </Badge>
          ))}
          <CertaintyBadge certainty={command.certainty} />
        </div>
      </div>
      {(command.about ?? command.warning) && (
        <div className={styles.about}>
          {command.about && <p>{command.about}</p>}
          {command.warning && <p className={styles.warning}>Mind: {command.warning}</p>}
        </div>
      )}
      <CommandText pieces={pieces} />
      {command.file && <CommandFile file={command.file} />}
      {below.length > 0 && (
        <div className={styles.below}>
          {below.map((name) => (
            <ParameterRow key={name} name={name} />
          ))}
        </div>
      )}
      <RefusedValue names={command.parameters} />
      {command.refusals.map((refusal) => (
        <p key={refusal} className={styles.fieldProblem} role="alert">
          {refusal}
        </p>
      ))}
      <div className={styles.foot}>
        <CommandActions command={command} runnable={runnableOf(runnable, command)} />
        {byHand && <ByHandLine change={byHand} />}
        {capture && <CaptureLine key={capture.id} capture={capture} />}
      </div>
    </section>
  );
});

function Effect({ command }: { command: CommandView }) {
  if (command.effect === 'read') return <Badge tone="good">Reads only</Badge>;
  return <Badge tone="caution">Changes {command.changes ?? 'the system'}</Badge>;
}

function ShellChoice({ views, command }: { views: CommandView[]; command: CommandView }) {
  return (
    <Select
      size="small"
      aria-label="Shell"
      value={command.shell}
      onChange={(_, data) => {
        const shell = views.find((view) => view.shell === data.value)?.shell;
        if (shell) useCase.setState({ preferredShell: shell });
      }}
    >
      {views.map((view) => (
        <option key={view.shell} value={view.shell}>
          {SHELL_WORDS[view.shell]}
        </option>
      ))}
    </Select>
  );
}

function ByHandLine({ change }: { change: ByHand }) {
  return (
    <div className={styles.capture}>
      Done by hand {clock(change.at)} · recorded by {change.by}
    </div>
  );
}

function CommandFile({ file }: { file: { name: string; text: string } }) {
  return (
    <div className={styles.file}>
      <p>
        Write this file first: <code>{file.name}</code>
      </p>
      <pre className={styles.output}>{file.text}</pre>
    </div>
  );
}
