import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AwsTarget, awsTarget, targetOptions } from '@acme/command-kit';
import { type DataSet, dataSet } from '@acme/synthetic';

export const usage = `nx run lake-loader:seed [options]
  --scale <number>   times 100,000 events (default 1)
  --seed <number>    of the universe (default 1, as live traffic)
  --from, --to       first and last day, UTC (default 2026-10-01 to 2026-10-31)
  --dir <folder>     of the laptop platform that runs (default .local); --aws-port <port> finds it, too
  --stage <stage>    writes to that stage on AWS instead`;

export interface Options {
  readonly set: DataSet;
  readonly target: AwsTarget;
}

const text = { type: 'string' } as const;

/** @throws UsageError that says what is wrong with the command line */
export const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options => {
  const values = valuesOf(args);
  const { stage, dir, from, to } = values;
  const target = awsTarget(values, stage === undefined ? env : { ...env, STAGE: stage });
  const isOnDir = dir !== undefined && values['aws-port'] === undefined && target.client.endpoint !== undefined;
  if (isOnDir && !existsSync(join(dir, 'platform.json'))) {
    throw new UsageError('no platform runs on the folder of --dir; start one there: npm start -- --dir <folder>');
  }
  try {
    const [seed, scale] = [numberOf(values.seed), numberOf(values.scale)];
    const given = Object.entries({ seed, scale, from, to }).filter(([, value]) => value !== undefined);
    return { set: dataSet(Object.fromEntries(given)), target };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--${error.message}`);
    throw error;
  }
};

const valuesOf = (args: readonly string[]) => {
  const options = { scale: text, seed: text, from: text, to: text, stage: text, ...targetOptions };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

const numberOf = (given: string | undefined): number | undefined =>
  given === undefined || given.trim() !== '' ? (given === undefined ? undefined : Number(given)) : Number.NaN;

/** A command line that means nothing. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
