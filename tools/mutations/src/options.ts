import { availableParallelism } from 'node:os';
import { flag, readCommandLine, text, UsageError, wholeNumber } from '@acme/command-kit';
import * as z from 'zod';

/** What `npm run test:mutations` takes after `--`. */
export interface Options {
  /** Words of names or files; a mutation of the own list that holds one of them is tried. None means all. */
  readonly only: readonly string[];
  /** How many are tried side by side. */
  readonly workers: number;
  /** Whether the own list is tried. */
  readonly own: boolean;
  /** Whether Stryker's changes of the pure modules are tried. */
  readonly stryker: boolean;
}

const command = {
  usage: 'npm run test:mutations --',
  does: 'Breaks the sources in a copy, one promise at a time, and wants a test to fail for each. Without options everything is tried, and docs/mutations.md written.',
  options: z.strictObject({
    only: z.array(text('a word')).default([]).describe('Of the own list those whose name or file holds the word'),
    workers: wholeNumber(1, 99)
      .default(Math.min(4, availableParallelism()))
      .describe('How many are tried side by side'),
    own: flag.describe('The own list alone'),
    stryker: flag.describe('The changes of Stryker alone'),
  }),
};

/** Without --own and --stryker both are tried; with --only, the own list. @throws UsageError */
export const readOptions = (args: readonly string[]): Options => {
  const { only, workers, own, stryker } = readCommandLine(command, args).options;
  if (only.length > 0 && stryker) throw new UsageError('--only chooses of the own list; leave it or --stryker out');
  const both = own === stryker && only.length === 0;
  return { only, workers, own: both || own || only.length > 0, stryker: both || stryker };
};
