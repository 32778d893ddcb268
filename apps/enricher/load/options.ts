import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type AwsTarget, readCommandLine, targetOptions, text, UsageError } from '@acme/command-kit';
import * as z from 'zod';
import { targetOf } from '../command/place.ts';
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

const options = {
  dimension: text,
  from: text,
  seed: text,
  version: text,
  'fresh-until': text,
  stage: text,
  stack: text,
  ...targetOptions,
};
const names = dimensions.map(({ name }) => name);
const Seed = z.coerce.number().int().min(0).max(0xffff_ffff);
const Version = z.coerce.number().int().min(1);
const Instant = z.iso.datetime();

/** @throws UsageError that says what is wrong with the command line */
export const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options => {
  const { dimension, from = 'synthetic', seed = '1', stage, stack, ...values } = readCommandLine(options, args);
  const chosen = dimensions.find(({ name }) => name === dimension);
  if (dimension !== undefined && chosen === undefined)
    throw new UsageError(`--dimension must be one of ${names.join(', ')}`);
  const target = targetOf({ ...values, stage, stack }, env);
  return {
    sources: from === 'synthetic' ? ofUniverse(chosen, numberOf('seed', Seed, seed)) : [ofFile(chosen, from)],
    edition: editionOf(values),
    target,
    stack,
  };
};

const editionOf = (given: {
  readonly version?: string | undefined;
  readonly 'fresh-until'?: string | undefined;
}): Edition => {
  const { version, 'fresh-until': until } = given;
  const freshUntil = until === undefined ? undefined : Instant.safeParse(until);
  if (freshUntil?.success === false)
    throw new UsageError('--fresh-until must be a time in UTC, such as 2026-12-01T00:00:00Z');
  return {
    version: version === undefined ? undefined : numberOf('version', Version, version),
    freshUntil: freshUntil && Math.floor(Date.parse(freshUntil.data) / 1000),
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

const numberOf = (name: string, schema: z.ZodType<number>, given: string): number => {
  const parsed = schema.safeParse(given.trim() === '' ? Number.NaN : given);
  if (parsed.success) return parsed.data;
  throw new UsageError(`--${name} must be a whole number from ${name === 'seed' ? '0 to 4294967295' : '1'}`);
};
