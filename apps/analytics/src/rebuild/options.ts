import { type AwsTarget, awsTarget, flag, readCommandLine, targetOptions, UsageError } from '@acme/command-kit';
import { hourAt, hourMs } from '@acme/lake-layout';
import * as z from 'zod';
import type { Hours } from './statement.ts';

export interface Options {
  readonly hours: Hours;
  readonly repairs: boolean;
  readonly target: AwsTarget;
}

/** In ms. */
const hour = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T\d\d(:00(:00)?Z)?)?$/)
  .transform((given) => Date.parse(`${given.slice(0, 10)}T${given.slice(11, 13) || '00'}:00:00Z`))
  .refine((ms) => !Number.isNaN(ms))
  .meta({ takes: 'a whole hour such as 2026-11-21T09, or a day, in UTC' })
  .optional();
const command = {
  usage: 'npx nx run analytics:rebuild',
  does: 'Counts hours of event time anew from the lake and says where the counters that are held differ, and what of the lake cannot be read. On the laptop platform, or on AWS with STAGE=<stage>.',
  options: z.strictObject({
    from: hour.describe('The first hour. Without it a day before the end'),
    to: hour.describe('The end. Without it the last hour that has been over for an hour'),
    repair: flag.describe('Counters that differ are corrected'),
    ...targetOptions,
  }),
};

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
  const { from, to, repair, ...values } = readCommandLine(command, args).options;
  const toMs = to ?? Math.floor(nowMs / hourMs - 1) * hourMs;
  const fromMs = from ?? toMs - defaultHours * hourMs;
  if (fromMs >= toMs) throw new UsageError('--from must lie before --to');
  if (fromMs < nowMs - mostDays * 24 * hourMs)
    throw new UsageError(`--from must lie within ${mostDays} days: counters that are older are gone`);
  return { hours: { from: hourAt(fromMs), to: hourAt(toMs) }, repairs: repair, target: awsTarget(values, env) };
};
