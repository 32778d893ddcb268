import {
  type AwsTarget,
  awsTarget,
  readCommandLine,
  targetOptions,
  text,
  UsageError,
  wholeNumber,
} from '@acme/command-kit';
import { type DataSet, dataSet } from '@acme/synthetic';
import * as z from 'zod';

export interface Options {
  readonly set: DataSet;
  readonly target: AwsTarget;
}

const day = text('a day, such as 2026-10-01').optional();
const command = {
  usage: 'npx nx run lake-loader:seed',
  does: 'Brings the batch data set into the lake of the laptop platform, or of a stage on AWS; again, it goes on where it was.',
  options: z.strictObject({
    scale: text('a number').transform(Number).optional().describe('How much is watched: 100,000 events each'),
    seed: wholeNumber(0, 0xffff_ffff).optional().describe('The same seed makes the same events. Without it 1'),
    from: day.describe('The first day. Without it 2026-10-01'),
    to: day.describe('The last day. Without it 2026-10-31'),
    stage: text('the name of a stage').optional().describe('A stage on AWS'),
    ...targetOptions,
  }),
};

/** @throws UsageError that says what is wrong with the command line */
export const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options => {
  const { stage, scale, seed, from, to, ...values } = readCommandLine(command, args).options;
  const target = awsTarget(values, stage === undefined ? env : { ...env, STAGE: stage });
  try {
    const given = Object.entries({ seed, scale, from, to }).filter(([, value]) => value !== undefined);
    return { set: dataSet(Object.fromEntries(given)), target };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--${error.message}`, { cause: error });
    throw error;
  }
};
