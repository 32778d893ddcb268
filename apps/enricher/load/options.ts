import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type AwsTarget,
  oneOf,
  readCommandLine,
  targetOptions,
  text,
  UsageError,
  wholeNumber,
} from '@acme/command-kit';
import * as z from 'zod';
import { stageOptions, targetOf } from '../command/place.ts';
import { dimensions } from '../src/dimensions/index.ts';
import { csvLines } from './csv.ts';
import { ndjsonLines } from './ndjson.ts';
import type { Edition } from './plan.ts';
import type { SourceLine } from './source-line.ts';
import { universeDimensions, universeLines } from './universe-lines.ts';

type Known = (typeof dimensions)[number];

/** Rows of one dimension, and where they come from. */
export interface Source {
  readonly dimension: Known;
  /** Names it in messages: a file's name, or `synthetic customers`. */
  readonly name: string;
  readonly lines: () => Iterable<SourceLine> | AsyncIterable<SourceLine>;
}

export interface Options {
  readonly sources: readonly Source[];
  readonly edition: Edition;
  readonly target: AwsTarget;
  /** A stand-alone stack, in place of the target's own enricher. */
  readonly stack: string | undefined;
}

const names = dimensions.map(({ name }) => name);
const command = {
  usage: 'npx nx run enricher:load',
  does: 'Brings rows into the lookup tables of the laptop platform, of a stage on AWS, or of a stand-alone stack. All are checked before the first is written; the same again changes nothing.',
  options: z.strictObject({
    dimension: oneOf(names).optional().describe('What the rows are of. Without it all of the synthetic universe'),
    from: text('synthetic, or a file that ends in .csv, .ndjson or .jsonl').default('synthetic').describe('The rows'),
    seed: wholeNumber(0, 0xffff_ffff).default(1).describe('Of the synthetic universe'),
    version: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional().describe('Of the rows: older ones change nothing'),
    freshUntil: z.iso
      .datetime()
      .transform((until) => Math.floor(Date.parse(until) / 1000))
      .meta({ takes: 'a time in UTC, such as 2026-12-01T00:00:00Z' })
      .optional()
      .describe('Until when the rows are good'),
    ...stageOptions,
    ...targetOptions,
  }),
};

/** @throws UsageError that says what is wrong with the command line */
export const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options => {
  const { dimension, from, seed, version, freshUntil, stage, stack, ...values } = readCommandLine(
    command,
    args,
  ).options;
  const chosen = dimensions.find(({ name }) => name === dimension);
  const target = targetOf({ ...values, stage, stack }, env);
  return {
    sources: from === 'synthetic' ? ofUniverse(chosen, seed) : [ofFile(chosen, from)],
    edition: { version, freshUntil },
    target,
    stack,
  };
};

const ofUniverse = (chosen: Known | undefined, seed: number): Source[] => {
  const found = dimensions.filter(
    (dimension) => universeDimensions.includes(dimension.name) && (!chosen || chosen.name === dimension.name),
  );
  if (found.length === 0)
    throw new UsageError(`the synthetic universe has no ${chosen?.name}: name a file, --from <file.csv|file.ndjson>`);
  return found.map((dimension) => ({
    dimension,
    name: `synthetic ${dimension.name}`,
    lines: () => universeLines(dimension.name, seed),
  }));
};

const ofFile = (dimension: Known | undefined, file: string): Source => {
  if (!dimension) throw new UsageError(`say of what the rows are: --dimension ${names.join('|')}`);
  const isCsv = /\.csv$/i.test(file);
  if (!isCsv && !/\.(ndjson|jsonl)$/i.test(file))
    throw new UsageError('--from must be synthetic, or a file that ends in .csv, .ndjson or .jsonl');
  if (!existsSync(file)) throw new UsageError('the file of --from is not there');
  return {
    dimension,
    name: basename(file),
    lines: () => (isCsv ? csvLines(file, dimension) : ndjsonLines(file)),
  };
};
