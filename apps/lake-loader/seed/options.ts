import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AwsTarget, awsTarget, targetOptions } from '@acme/command-kit';
import { type DataSet, dataSet } from '@acme/synthetic';

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
    const [what] = (error as Error).message.split('. ');
    throw new UsageError(
      `${what}; there are ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(' ')}`,
    );
  }
};

const numberOf = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  return given.trim() === '' ? Number.NaN : Number(given);
};

/** A command line that means nothing. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
