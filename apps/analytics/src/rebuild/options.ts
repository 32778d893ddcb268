import { type AwsTarget, awsTarget, readCommandLine, targetOptions, text, UsageError } from '@acme/command-kit';
import { hourAt, hourMs } from '@acme/lake-layout';
import type { Hours } from './statement.ts';

export interface Options {
  readonly hours: Hours;
  readonly repairs: boolean;
  readonly target: AwsTarget;
}

const options = { from: text, to: text, repair: { type: 'boolean', default: false }, ...targetOptions } as const;

/** Counters of hours are kept so long (`counterDays`), less a day, in which the first of them go. */
const mostDays = 399;
const defaultHours = 24;

/**
 * What `nx run analytics:rebuild` takes; without `--from` and `--to` the day up to the last hour that has been over for
 * an hour.
 *
 * @throws UsageError that says what is wrong with the command line
 */
export const readOptions = (args: readonly string[], nowMs: number, env: NodeJS.ProcessEnv = process.env): Options => {
  const values = readCommandLine(options, args);
  const toMs = pointIn('to', values.to) ?? Math.floor(nowMs / hourMs - 1) * hourMs;
  const fromMs = pointIn('from', values.from) ?? toMs - defaultHours * hourMs;
  if (fromMs >= toMs) throw new UsageError('--from must lie before --to');
  if (fromMs < nowMs - mostDays * 24 * hourMs)
    throw new UsageError(`--from must lie within ${mostDays} days: counters that are older are gone`);
  return { hours: { from: hourAt(fromMs), to: hourAt(toMs) }, repairs: values.repair, target: awsTarget(values, env) };
};

const pointIn = (name: string, given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\d(T\d\d(:00(:00)?Z)?)?$/.test(given) ? Date.parse(whole(given)) : Number.NaN;
  if (Number.isNaN(ms)) throw new UsageError(`--${name} takes a whole hour such as 2026-11-21T09, or a day, in UTC`);
  return ms;
};

const whole = (given: string): string => `${given.slice(0, 10)}T${given.slice(11, 13) || '00'}:00:00Z`;
