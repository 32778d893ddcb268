import { type AwsTarget, awsTarget, readCommandLine, targetOptions, text, UsageError } from '@acme/command-kit';
import { type DataSet, dataSet } from '@acme/synthetic';

export interface Options {
  readonly set: DataSet;
  readonly target: AwsTarget;
}

/** @throws UsageError that says what is wrong with the command line */
export const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options => {
  const values = readCommandLine(
    { scale: text, seed: text, from: text, to: text, stage: text, ...targetOptions },
    args,
  );
  const { stage, from, to } = values;
  const target = awsTarget(values, stage === undefined ? env : { ...env, STAGE: stage });
  try {
    const [seed, scale] = [numberOf(values.seed), numberOf(values.scale)];
    const given = Object.entries({ seed, scale, from, to }).filter(([, value]) => value !== undefined);
    return { set: dataSet(Object.fromEntries(given)), target };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--${error.message}`, { cause: error });
    throw error;
  }
};

const numberOf = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  return given.trim() === '' ? Number.NaN : Number(given);
};
