/** The content and its engine: lint, the rules over a large output, and what a screen shows of a long case. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseDocument } from 'yaml';
import { compileLibrary, readYamlFolder } from '../../electron/content/library-loader.ts';
import { createLibrary } from '../../wizards/engine/library.ts';
import { lintFiles } from '../../wizards/engine/lint.ts';
import { EMPTY_CASE, evolve, type RecordedEvent } from '../../wizards/engine/model.ts';
import { readOutput } from '../../wizards/engine/read.ts';
import { viewOf } from '../../wizards/engine/view.ts';
import { decide, type Input } from '../../wizards/engine/walk.ts';
import { median, milliseconds, percentile, printTable, type Row } from './table.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const MEGABYTE = 1024 * 1024;
const rows: Row[] = [];
const add = (what: string, ms: number, most: number): void => {
  rows.push({ what, value: milliseconds(ms), figure: `<= ${most} ms`, reached: ms <= most });
};
const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const home = mkdtempSync(join(tmpdir(), 'fieldguide-content-'));
const cli = (...args: string[]): number =>
  timed(() =>
    spawnSync(process.execPath, [resolve('dist/cli.js'), ...args], { env: { ...process.env, FIELDGUIDE_HOME: home } }),
  );

add(
  'fieldguide lint --json, all wizards (median of 5)',
  median(Array.from({ length: 5 }, () => cli('lint', '--json'))),
  1500,
);
rows.push({
  what: 'fieldguide wizards --json (median of 5)',
  value: milliseconds(median(Array.from({ length: 5 }, () => cli('wizards', '--json')))),
  figure: '',
  reached: null,
});

const folder = join(home, 'large');
mkdirSync(folder);
const step = (n: number): string => `  - id: s${n}
    kind: question
    title: Question number ${n}
    why: To measure.
    runs_on: anywhere
    outcomes:
      - { id: 'yes', label: 'Yes', next: ${n < 999 ? `s${n + 1}` : 'end'} }
      - { id: unknown, label: I could not tell, next: end }
    sources: [A source]
    certainty: confirmed
`;
const large = `id: large\nversion: 1\ntitle: Large\nsummary: A thousand steps.\nstart: s0\nsteps:\n${Array.from({ length: 1000 }, (_, n) => step(n)).join('')}  - id: end
    kind: verdict
    verdict: large.end
    title: The end
    cause: It ended.
    advice: [Stop.]
    sources: [A source]
    certainty: confirmed
`;
writeFileSync(join(folder, 'large.yaml'), large);
const parse = (): number => timed(() => parseDocument(large, { prettyErrors: false, uniqueKeys: false }));
const lint = (): number => timed(() => lintFiles([{ path: 'trees/large.yaml', text: large }]));
for (let i = 0; i < 3; i += 1) {
  parse();
  lint();
}
const beyond = Array.from({ length: 9 }, () => lint() - parse());
add('lint of a wizard with 1,000 steps beyond the YAML parser (median of 9)', median(beyond), 200);

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const reads: number[] = [];
for (const { command } of library.commands.values()) {
  const sample = command.samples?.find(({ output }) => output.trim() !== '');
  if (!command.reads || !sample) continue;
  const text = sample.output.repeat(Math.ceil(MEGABYTE / sample.output.length)).slice(0, MEGABYTE);
  readOutput(command, text, sample.parameters ?? {});
  const runs = Array.from({ length: 3 }, () => {
    // What the commands before left behind is not this one's.
    collectGarbage();
    return timed(() => readOutput(command, text, sample.parameters ?? {}));
  });
  reads.push(median(runs));
}
add(
  `the rules of a command over 1 MB of its output (median of ${reads.length} commands, each of 3 runs)`,
  median(reads),
  50,
);
add('the same, 95 of 100 commands', percentile(reads, 0.95), 50);
add('the same, slowest command', Math.max(...reads), 50);

let state = EMPTY_CASE;
const events: RecordedEvent[] = [];
const send = (input: Input): void => {
  const decision = decide(library, state, input);
  if ('refusal' in decision) throw new Error(decision.refusal.message);
  for (const event of decision.events) {
    const recorded = { seq: state.seq + 1, at: '2026-01-01T00:00:00.000Z', actor: 'bench', host: 'pc', ...event };
    events.push(recorded as RecordedEvent);
    state = evolve(state, recorded as RecordedEvent);
  }
};
send({
  type: 'open',
  case: 'c',
  title: 'Bench',
  ticket: '',
  operator: 'bench',
  product: '',
  wizard: 'auth-settings',
  evidence: [],
  parameters: {},
});
const outcome = viewOf(library, state).step?.outcomes[0]?.id as string;
while (state.seq < 2000) {
  send({ type: 'choose', outcome });
  send({
    type: 'back',
    to: state.visits.findLast((visit) => !visit.superseded && visit.outcome !== null)?.n as number,
  });
}
const folds = Array.from({ length: 9 }, () =>
  timed(() => {
    let folded = EMPTY_CASE;
    for (const event of events) folded = evolve(folded, event);
    viewOf(library, folded);
  }),
);
add(`state and view of a case with ${events.length} events (median of 9)`, median(folds), 20);

printTable('Content', rows);
rmSync(home, { recursive: true, force: true });
process.exitCode = rows.some(({ reached }) => reached === false) ? 1 : 0;
