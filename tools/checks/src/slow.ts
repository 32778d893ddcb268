import { jestSuites } from './jest-suites.ts';
import type { Outcome } from './outcome.ts';

/** The suites that need only Node and take minutes: they start the whole platform, kill it, or wait for a day to end. */
export const slow = (): Promise<Outcome> => jestSuites({ name: 'npm run test:slow', kind: 'slow', workers: 2 });
