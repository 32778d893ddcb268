import { createReadStream, existsSync, globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ledgerFolder, ledgerHourOf } from '@acme/lake-layout';
import { objectsFolder } from '@acme/laptop-aws/sql';
import type { Columns } from './columns.ts';
import { mayHoldRowsOf, mayTellOf, type Window } from './window.ts';

/** A bucket's objects as files: the laptop's own, or a copy of what AWS has. */
export interface Objects {
  readonly dir: string;
  readonly bucket: string;
  /** Copies these too, where objects are a copy: which ones are needed shows only on the way. */
  readonly bring?: (keys: readonly string[]) => Promise<void>;
  /** What the store says of objects; without it nothing is compared. */
  readonly etags?: Etags;
  /** Files that cannot be read, and are named: nothing reads them again. */
  readonly leftOut?: Set<string>;
}

export interface Etags {
  /** What an object's ETag may be, without quotes; none where the store does not say. */
  of(key: string): readonly string[];
  /** Asks the store anew. */
  refresh(): Promise<void>;
}

/** Where an object lies, or would lie. */
export const fileOf = ({ dir, bucket }: Objects, key: string): string =>
  join(objectsFolder(dir, bucket), `${key}.data`);

/** The key of the object that lies in a file. */
export const keyOf = ({ dir, bucket }: Objects, file: string): string =>
  relative(objectsFolder(dir, bucket), file).replaceAll('\\', '/').slice(0, -'.data'.length);

/** The files of the objects under a prefix, whose key below it passes. */
export const filesOf = (
  { dir, bucket, leftOut }: Objects,
  prefix: string,
  passes: (key: string) => boolean = () => true,
): string[] => {
  const folder = join(objectsFolder(dir, bucket), prefix);
  if (!existsSync(folder)) return [];
  return globSync('**/*.data', { cwd: folder })
    .filter((file) => passes(file.replaceAll('\\', '/')))
    .sort()
    .map((file) => join(folder, file))
    .filter((file) => leftOut?.has(file) !== true);
};

/** An object as it is read piece by piece. */
export const asRead = (objects: Objects, file: string) => ({
  key: keyOf(objects, file),
  bytes: createReadStream(file, { highWaterMark: 1 << 20 }),
});

/** The ledger entries of a writer that may tell of the window. */
export const ledgerFiles = (objects: Objects, writer: string, window: Window): string[] =>
  filesOf(objects, ledgerFolder(writer), (key) => {
    const hour = ledgerHourOf(`${ledgerFolder(writer)}${key}`);
    return hour !== undefined && mayTellOf(window, hour);
  });

/** The objects with the rows of a sink, as Athena chooses them: names that start with _ or . are left out. */
export const rowFiles = (objects: Objects, prefix: string, window: Window): string[] =>
  filesOf(objects, prefix, (key) => !key.split('/').some((part) => /^[._]/.test(part)) && mayHoldRowsOf(window, key));

/** What reads objects of one JSON value per line, with the `filename` of each; without objects it gives no rows. */
export const readJson = (files: readonly string[], columns: Columns, compression: 'zstd' | 'uncompressed'): string =>
  reading(files, columns, `compression = '${compression}'`);

/**
 * The same for rows of the lake, compressed as their names say. A line that cannot be read gives a row of NULLs: see
 * `rowFindings`, which names it.
 */
export const readRows = (files: readonly string[], columns: Columns): string => {
  const kinds = Object.entries(Object.groupBy(files, (file) => /\.(gz|zst)\.data$/.exec(file)?.[1] ?? ''));
  const ways = { gz: 'gzip', zst: 'zstd', '': 'uncompressed' } as const;
  const read = kinds.map(([kind, some]) =>
    reading(some ?? [], columns, `compression = '${ways[kind as keyof typeof ways]}', ignore_errors = true`),
  );
  if (read.length < 2) return read[0] ?? reading([], columns, '');
  return `(${read.map((each) => `FROM ${each}`).join(' UNION ALL ')})`;
};

const reading = (files: readonly string[], columns: Columns, options: string): string => {
  const fields = Object.entries(columns);
  if (files.length === 0) {
    const nothing = fields.map(([name, type]) => `CAST(NULL AS ${type}) AS "${name}"`);
    return `(SELECT ${nothing.join(', ')}, CAST(NULL AS VARCHAR) AS filename WHERE false)`;
  }
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
  const types = fields.map(([name, type]) => `"${name}": '${type}'`).join(', ');
  return `read_json([${list}], columns = {${types}}, format = 'newline_delimited', filename = true, ${options})`;
};

/** When an event happened, in milliseconds since 1970 as analytics counts them; NULL for what is no time. For SQL. */
export const instantOf = (column: string): string => `(epoch_us(TRY_CAST(${column} AS TIMESTAMP)) // 1000)`;
