import { flag, readCommandLine, text, wholeNumber } from '@acme/command-kit';
import * as z from 'zod';

/** What `npm run bench` takes after `--`. */
export interface Options {
  /** Names of benches; none means all. */
  readonly only: readonly string[];
  /** How many events the platform's throughput is measured with. */
  readonly events: number;
  /** Ends with 1 when something is worse than wanted. */
  readonly strict: boolean;
}

const command = {
  usage: 'npm run bench --',
  does: 'Measures what is measured, and writes a table and JSON.',
  options: z.strictObject({
    only: z.array(text('names of benches with commas between')).default([]).describe('Only these'),
    events: wholeNumber(1, 999_999_999)
      .default(1_000_000)
      .describe('How many events the throughput of the platform is measured with'),
    strict: flag.describe('Ends with 1 when something is worse than wanted'),
  }),
};

/** @throws UsageError that says what is wrong with the command line */
export const readOptions = (args: readonly string[]): Options => {
  const { only, ...others } = readCommandLine(command, args).options;
  return { ...others, only: only.flatMap((names) => names.split(',')) };
};
