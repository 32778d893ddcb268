import { readCommandLine, UsageError } from '@acme/command-kit';

/** What `npm run bench` takes after `--`. */
export interface Options {
  /** Names of benches; none means all. */
  readonly only: readonly string[];
  /** How many events the platform's throughput is measured with. */
  readonly events: number;
  /** Ends with 1 when something is worse than wanted. */
  readonly strict: boolean;
}

const options = {
  only: { type: 'string', multiple: true, default: [] as string[] },
  events: { type: 'string', default: '1000000' },
  strict: { type: 'boolean', default: false },
} as const;

/** @throws UsageError that says what is wrong with the command line */
export const readOptions = (args: readonly string[]): Options => {
  const values = readCommandLine(options, args);
  if (!/^[1-9]\d{0,8}$/.test(values.events)) throw new UsageError('--events takes a whole number from 1');
  return { ...values, only: values.only.flatMap((names) => names.split(',')), events: Number(values.events) };
};
