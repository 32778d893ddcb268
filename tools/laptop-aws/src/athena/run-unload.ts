import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { quotedName, quotedText } from '../sql/column-type.ts';
import { SqlError } from '../sql/sql-error.ts';
import { bucketsFolder, objectsFolder } from '../sql/table-objects.ts';
import { withStatement } from '../sql/with-statement.ts';
import { resultColumn } from './result-type.ts';
import type { RunOptions, RunResult } from './run-options.ts';
import { parseUnload, type Unload } from './unload-statement.ts';
import { withoutEnd } from './without-end.ts';

/** Athena's: docs.aws.amazon.com/athena/latest/ug/unload.html */
const mostPartitions = 100;

/**
 * Writes what a query finds as objects below a prefix, and lists them in the manifest. They are written to
 * a folder first: a query that fails leaves nothing, one that is killed may leave some of the objects.
 */
export const runUnload = async (options: RunOptions): Promise<RunResult> => {
  const { dir, sql, scratch, s3, begin, storeManifest, signal } = options;
  const unload = parseUnload(sql);
  await checkTarget(dir, unload);
  const folder = join(scratch, 'unloaded');
  const statement = {
    dir,
    sql: unload.select,
    database: options.database,
    signal,
    output: scratch,
    failsOnBroken: true,
  };
  await withStatement(statement, async ({ connection, sql: select, bytesScanned }) => {
    await begin(bytesScanned);
    const prepared = await connection.prepare(select);
    const names = Array.from({ length: prepared.columnCount }, (_, index) => prepared.columnName(index));
    const types = names.map((_, index) => prepared.columnType(index));
    prepared.destroySync();
    checkPartitions(names, unload.partitionedBy);
    const typed = inAthenasTypes(withoutEnd(select), names, types);
    if (unload.format === 'json' && unload.partitionedBy.length > 0)
      await jsonByPartition(connection, typed, unload, { scratch, folder });
    else await connection.run(`COPY (${typed}) TO ${quotedText(folder)} (${copyOptions(unload)})`);
  });
  signal.throwIfAborted();
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const partitions = new Set(files.map((file) => join(file, '..')));
  if (partitions.size > mostPartitions)
    throw new SqlError(
      `HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of ${mostPartitions} open writers for partitions`,
    );
  const urls: string[] = [];
  for (const file of files) {
    const key = unload.prefix + objectName(file.slice(folder.length + 1).replaceAll('\\', '/'), unload);
    await s3.put(unload.bucket, key, createReadStream(file));
    urls.push(`s3://${unload.bucket}/${key}`);
  }
  await storeManifest(urls);
  return { columns: [] };
};

/** DuckDB writes no JSON by partition: it writes Parquet so, and then each partition as JSON. */
const jsonByPartition = async (
  connection: DuckDBConnection,
  select: string,
  unload: Unload,
  { scratch, folder }: { readonly scratch: string; readonly folder: string },
): Promise<void> => {
  const between = join(scratch, 'by-partition');
  const parquet = { ...unload, format: 'parquet', compression: 'zstd' } as const;
  await connection.run(`COPY (${select}) TO ${quotedText(between)} (${copyOptions(parquet)})`);
  const folders = (await readdir(between, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(between, entry.parentPath));
  for (const partition of new Set(folders)) {
    await mkdir(join(folder, partition), { recursive: true });
    const rows = `SELECT * FROM read_parquet(${quotedText(join(between, partition, '*.parquet'))}, hive_partitioning = false)`;
    const file = join(folder, partition, `${startOfNames()}_${randomUUID()}.json`);
    await connection.run(`COPY (${rows}) TO ${quotedText(file)} (FORMAT json, COMPRESSION ${unload.compression})`);
  }
};

/** Partitions are added to what is there, as on AWS; else the target has to be empty. */
const checkTarget = async (dir: string, { bucket, prefix, partitionedBy }: Unload): Promise<void> => {
  if (!existsSync(join(bucketsFolder(dir), bucket)))
    throw new SqlError(`GENERIC_USER_ERROR: The specified bucket does not exist: ${bucket}`);
  if (partitionedBy.length > 0) return;
  const folder = join(objectsFolder(dir, bucket), prefix);
  const there = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
  if (there.some((file) => file.endsWith('.data'))) {
    throw new SqlError(
      `HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: s3://${bucket}/${prefix}. ` +
        'You may need to manually clean the data at this location before retrying. Athena will not delete data in your account.',
    );
  }
};

const checkPartitions = (names: readonly string[], partitionedBy: readonly string[]): void => {
  const last = names.slice(names.length - partitionedBy.length);
  if (partitionedBy.length === 0) return;
  if (partitionedBy.length === names.length || last.some((name, index) => name !== partitionedBy[index])) {
    throw new SqlError(
      'HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same order as the table properties: ' +
        `[${partitionedBy.join(', ')}]`,
    );
  }
};

/** Whole numbers as SELECT reports them: DuckDB's sum of bigint is wider, and Parquet would have it as double. */
const inAthenasTypes = (select: string, names: readonly string[], types: readonly DuckDBType[]): string => {
  const columns = types.map((type, index) => {
    const { type: athenas } = resultColumn('', type);
    const value = wholeNumbers.includes(athenas) ? `CAST(c${index} AS ${athenas})` : `c${index}`;
    return `${value} AS ${quotedName(names[index] as string)}`;
  });
  return `SELECT ${columns.join(', ')} FROM (\n${select}\n) AS result(${types.map((_, index) => `c${index}`).join(', ')})`;
};

const wholeNumbers = ['tinyint', 'smallint', 'integer', 'bigint'];

const copyOptions = ({ format, compression, level, delimiter, partitionedBy }: Unload): string =>
  [
    `FORMAT ${format}`,
    `COMPRESSION ${compression}`,
    ...(format === 'parquet' && level !== undefined ? [`COMPRESSION_LEVEL ${level}`] : []),
    ...(format === 'csv' ? ['HEADER false', `DELIMITER ${quotedText(delimiter)}`] : []),
    ...(partitionedBy.length > 0
      ? [`PARTITION_BY (${partitionedBy.map(quotedName).join(', ')})`]
      : ['PER_THREAD_OUTPUT true']),
    `FILENAME_PATTERN '${startOfNames()}_{uuid}'`,
  ].join(', ');

/** Athena begins its objects with when and as what the query ran: 20261121_101500_00003_k4x2m. */
const startOfNames = (): string => {
  const [date = '', time = ''] = new Date().toISOString().replace(/[-:]/g, '').split(/[T.]/);
  return `${date}_${time}_00000_${randomUUID().slice(0, 5)}`;
};

/** Athena gives Parquet no ending, and the others that of their compression. */
const objectName = (file: string, { format, compression }: Unload): string => {
  const name = file.replace(/\.(parquet|json|csv)(\.\w+)?$/, '');
  const ending = { gzip: '.gz', zstd: '.zst' }[compression];
  return format === 'parquet' || ending === undefined ? name : `${name}${ending}`;
};
