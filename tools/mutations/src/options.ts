import { availableParallelism } from 'node:os';
import { readCommandLine, UsageError } from '@acme/command-kit';

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

const options = {
  only: { type: 'string', multiple: true, default: [] as string[] },
  workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
  own: { type: 'boolean', default: false },
  stryker: { type: 'boolean', default: false },
} as const;

/** Without --own and --stryker both are tried; with --only, the own list. @throws UsageError */
export const readOptions = (args: readonly string[]): Options => {
  const { only, workers, own, stryker } = readCommandLine(options, args);
  if (!/^[1-9]\d?$/.test(workers)) throw new UsageError('--workers takes a whole number from 1 to 99');
  if (only.length > 0 && stryker) throw new UsageError('--only chooses of the own list; leave it or --stryker out');
  const both = own === stryker && only.length === 0;
  return { only, workers: Number(workers), own: both || own || only.length > 0, stryker: both || stryker };
};
