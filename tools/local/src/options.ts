import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '@acme/command-kit';
import * as z from 'zod';

/** An option without a value, such as `--json`. */
export const flag: z.ZodDefault<z.ZodBoolean> = z.boolean().default(false);

/** A whole number on the command line, both limits included. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most)
    .meta({ description: `a whole number from ${least} to ${most}` });

const port = (standard: number) => wholeNumber(1, 65_535).default(standard);

/** What every command that touches the platform's state or address takes. `awsPort` is `--aws-port`. */
export const CommonOptions = z.strictObject({
  /** The state folder; one per platform. */
  dir: z
    .string()
    .min(1)
    .transform((dir) => resolve(dir))
    .meta({ description: 'a folder' })
    .default(join(import.meta.dirname, '../../../.local')),
  /** Of the dashboard. */
  port: port(4200),
  /** Of the AWS endpoint. */
  awsPort: port(4566),
});
export type CommonOptions = z.output<typeof CommonOptions>;

/**
 * The command line as options, and what stands beside them.
 *
 * @param schema CommonOptions, or an extension of it; `.meta({ description })` of an option says what it takes
 * @throws UsageError one line that names the option and what it takes, never the value given
 */
export const readOptions = <Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  args: readonly string[],
): { readonly options: z.output<z.ZodObject<Shape>>; readonly rest: readonly string[] } => {
  const names = new Map(Object.keys(schema.shape).map((key) => [asOption(key), key]));
  const { values, positionals } = split(args, schema, names);
  const given = Object.entries(values).map(([name, value]) => [names.get(name), value] as const);
  const result = schema.safeParse(Object.fromEntries(given));
  if (result.success) return { options: result.data, rest: positionals };
  const refused = [...new Set(result.error.issues.map(({ path }) => String(path[0])))];
  throw new UsageError(refused.map((key) => `--${asOption(key)} takes ${taken(schema, key)}`).join('; '));
};

/**
 * The same for a program: prints the error and exits with 2, as commands do on bad usage.
 *
 * @param takesWords whether words may stand beside the options; else they are an error, as `rate 100` without `--` is
 */
export const optionsOrExit = <Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  { takesWords = false }: { readonly takesWords?: boolean } = {},
) => {
  try {
    const read = readOptions(schema, process.argv.slice(2));
    if (read.rest.length > 0 && !takesWords)
      throw new UsageError(`there is a word that is no option; ${knownOptions(schema)}`);
    return read;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
};

const knownOptions = ({ shape }: z.ZodObject): string =>
  `options are ${Object.keys(shape)
    .map((key) => `--${asOption(key)}`)
    .join(', ')}`;

const split = (args: readonly string[], schema: z.ZodObject, names: ReadonlyMap<string, string>) => {
  const options = [...names].map(
    ([name, key]) => [name, { type: schema.shape[key] === flag ? 'boolean' : 'string' }] as const,
  );
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(options), allowPositionals: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem =
      code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
        ? 'there is an unknown option'
        : 'an option lacks its value or has one that it does not take';
    throw new UsageError(`${problem}; ${knownOptions(schema)}`);
  }
};

const taken = ({ shape }: z.ZodObject, key: string): string => {
  const schema = shape[key] as z.ZodType | undefined;
  const inner = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return schema?.description ?? (inner as z.ZodType | undefined)?.description ?? 'another value';
};

const asOption = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
