import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { TableInput } from '../glue/table-input.ts';
import { duckDbType, quotedName, quotedText } from './column-type.ts';

/** The folder of a bucket's objects, under the platform's state folder. */
export const objectsFolder = (dir: string, bucket: string): string => join(dir, 's3', 'buckets', bucket, 'objects');

/** Bucket and key prefix of `s3://bucket/prefix/`. */
export const locationOf = ({ StorageDescriptor: { Location } }: TableInput): { bucket: string; prefix: string } => {
  const [bucket = '', ...prefix] = Location.slice('s3://'.length).split('/');
  return { bucket, prefix: prefix.join('/') };
};

/** The statement that makes a table of the catalog a view over its objects; a table without objects has no rows. */
export const createView = (dir: string, database: string, table: TableInput): string => {
  const columns = [...table.StorageDescriptor.Columns, ...table.PartitionKeys];
  const selects = sources(dir, table).map(
    (source) => `SELECT ${columns.map(({ Name }) => quotedName(Name)).join(', ')} FROM ${source}`,
  );
  const nothing = `SELECT ${columns
    .map(({ Name, Type }) => `CAST(NULL AS ${duckDbType(Type)}) AS ${quotedName(Name)}`)
    .join(', ')} WHERE false`;
  const name = `${quotedName(database)}.${quotedName(table.Name)}`;
  return `CREATE VIEW ${name} AS ${selects.length > 0 ? selects.join(' UNION ALL ') : nothing}`;
};

/** How the objects of a table are read, one call per compression. */
const sources = (dir: string, table: TableInput): string[] => {
  const serde = table.StorageDescriptor.SerdeInfo.SerializationLibrary;
  const files = objectFiles(dir, table);
  const partitions = `hive_partitioning = true, hive_types_autocast = false${hiveTypes(table)}`;
  if (/parquet/i.test(serde)) {
    return files.length > 0 ? [`read_parquet(${list(files)}, union_by_name = true, ${partitions})`] : [];
  }
  if (!/json/i.test(serde))
    throw new Error(`table ${table.Name}: ${serde} is not read here, only JSON and Parquet are`);
  const fields = table.StorageDescriptor.Columns.map(
    ({ Name, Type }) => `${quotedText(Name)}: ${quotedText(duckDbType(Type))}`,
  );
  return Object.entries(Object.groupBy(files, compressionOf)).map(
    ([compression, group]) =>
      `read_json(${list(group)}, format = 'newline_delimited', compression = '${compression}', ` +
      `columns = {${fields.join(', ')}}, ${partitions})`,
  );
};

const compressionOf = (file: string): 'gzip' | 'zstd' | 'uncompressed' =>
  file.endsWith('.gz.data') ? 'gzip' : file.endsWith('.zst.data') ? 'zstd' : 'uncompressed';

/** As Athena chooses: under the location, names starting with _ or . left out, and in a folder of every partition key. */
const objectFiles = (dir: string, table: TableInput): string[] => {
  const { bucket, prefix } = locationOf(table);
  const folder = join(objectsFolder(dir, bucket), prefix);
  if (!existsSync(folder)) return [];
  return globSync('**/*.data', { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.split('/').some((part) => /^[._]/.test(part)))
    .filter((file) => table.PartitionKeys.every(({ Name }) => `/${file}`.includes(`/${Name}=`)))
    .sort()
    .map((file) => join(folder, file));
};

const hiveTypes = ({ PartitionKeys }: TableInput): string =>
  PartitionKeys.length === 0
    ? ''
    : `, hive_types = {${PartitionKeys.map(({ Name, Type }) => `${quotedText(Name)}: ${quotedText(duckDbType(Type))}`).join(', ')}}`;

/** Names with the characters of a pattern are found too: DuckDB looks first for the very file. */
const list = (files: readonly string[]): string => `[${files.map(quotedText).join(', ')}]`;
