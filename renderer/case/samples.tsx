import { useState } from 'react';
import type { CommandView } from '../../wizards/engine/view.ts';
import { cx } from '../lib/cx.ts';
import { ORIGIN_WORDS } from '../lib/words.ts';
import { Badge } from '../parts/badge.tsx';
import { ScrollPane } from '../parts/scroll-pane.tsx';
import styles from './case.module.css';

/** Healthy and faulty outputs of the step's commands, to compare with one's own. */
export function Samples({ commands }: { commands: readonly CommandView[] }) {
  const samples = commands
    .filter((command, index) => commands.findIndex((other) => other.id === command.id) === index)
    .flatMap((command) => command.samples.map((sample) => ({ ...sample, command })));
  const [chosen, setChosen] = useState(0);
  const sample = samples[chosen] ?? samples[0];
  if (!sample) return null;
  return (
    <div>
      <div className={styles.sampleTabs}>
        {samples.map((item, index) => (
          <button
            key={`${item.command.id}/${item.id}`}
            type="button"
            className={cx(styles.sampleTab, item === sample && styles.sampleChosen)}
            aria-pressed={item === sample}
            onClick={() => setChosen(index)}
          >
            {item.kind === 'healthy' ? 'Healthy' : 'Faulty'}: {item.id.replaceAll('-', ' ')}
          </button>
        ))}
      </div>
      <div className={styles.sampleHead}>
        <Badge tone={sample.kind === 'healthy' ? 'good' : 'bad'}>{sample.kind}</Badge>
        <span className={styles.quiet}>
          {sample.command.title}; {ORIGIN_WORDS[sample.origin]}
        </span>
      </div>
      {sample.note && <p>{sample.note}</p>}
      <ScrollPane className={styles.output} label={`Sample output, ${sample.kind}`}>
        {sample.output}
      </ScrollPane>
    </div>
  );
}
