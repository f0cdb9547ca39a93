/** The case that the crash tests walk. */
import type { SessionOptions } from '../../electron/cases/case-session.ts';
import type { Input } from '../../wizards/engine/walk.ts';
import { FLAGS, MAIN, smallLibrary } from '../unit/engine/small-library.ts';

export const crashOptions: SessionOptions = {
  library: smallLibrary([MAIN, FLAGS]),
  host: 'pc',
  operator: 'tester',
  clock: () => new Date(),
};

export const OPENING: Input = {
  type: 'open',
  case: 'c1',
  title: 'Crash',
  ticket: '',
  operator: 'tester',
  product: 'Fieldguide',
  wizard: 'main',
  evidence: [],
  parameters: {},
};
