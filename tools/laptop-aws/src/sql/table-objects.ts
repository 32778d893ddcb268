import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { TableInput } from '../glue/table-input.ts';
import { projectedPartitions } from './projection.ts';
import { SqlError } from './sql-error.ts';

/** The folder of all buckets, under the platform's state folder. */
export const bucketsFolder = (dir: string): string => join(dir, 's3', 'buckets');

/** The folder of a bucket's objects, under the platform's state folder. */
export const objectsFolder = (dir: string, bucket: string): string => join(bucketsFolder(dir), bucket, 'objects');

/** Bucket and key prefix of `s3://bucket/prefix/`. */
export const locationOf = ({ StorageDescriptor: { Location } }: TableInput): { bucket: string; prefix: string } =>
  placeOf(Location);

/** Bucket and key of `s3://bucket/key`. */
export const placeOf = (url: string): { bucket: string; prefix: string } => {
  const [bucket = '', ...prefix] = url.slice('s3://'.length).split('/');
  return { bucket, prefix: prefix.join('/') };
};

/** Whether the objects of a table's location are lists of its data objects, one URL a line. */
export const listsItsObjects = ({ StorageDescriptor: { InputFormat } }: TableInput): boolean =>
  InputFormat?.endsWith('.SymlinkTextInputFormat') === true;

export const isParquet = ({ StorageDescriptor: { SerdeInfo } }: TableInput): boolean =>
  /parquet/i.test(SerdeInfo.SerializationLibrary);

/**
 * The files at a table's location, as Athena chooses them: names starting with _ or . left out, and in a folder of every
 * partition key, within the ranges of a table that computes its partitions. They hold the table's rows, or (see `listsItsObjects`) name the objects that do.
 */
export const filesAtLocation = async (dir: string, table: TableInput): Promise<string[]> => {
  const { bucket, prefix } = locationOf(table);
  const folder = join(objectsFolder(dir, bucket), prefix);
  if (!existsSync(folder)) return [];
  const hasPartition = projectedPartitions(table, Date.now());
  return (await readdir(folder, { recursive: true }))
    .filter((file) => file.endsWith('.data'))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/(^|\/)[._]/.test(file))
    .filter((file) => {
      const values = partitionOf(table, file);
      return values !== undefined && hasPartition(values);
    })
    .sort()
    .map((file) => join(folder, file));
};

/** The values of the partition keys in the path of a file, or undefined when it is not in a folder of every key. */
export const partitionOf = (table: TableInput, file: string): Record<string, string> | undefined => {
  const values: Record<string, string> = {};
  const folders = file.split('/').slice(0, -1);
  for (const { Name } of table.PartitionKeys) {
    const folder = folders.find((each) => each.startsWith(`${Name}=`));
    if (folder === undefined) return undefined;
    values[Name] = decoded(folder.slice(Name.length + 1));
  }
  return values;
};

/**
 * Whether a line that is no row is a row of NULLs, and a value that its column does not take is NULL, instead of the end
 * of the statement: OpenX's `ignore.malformed.json` and Athena's `use.null.for.invalid.data`.
 */
export const bearsBadLines = ({ StorageDescriptor: { SerdeInfo } }: TableInput): boolean =>
  /json/i.test(SerdeInfo.SerializationLibrary) && isTrue(SerdeInfo.Parameters?.['ignore.malformed.json']);

const isTrue = (parameter: string | undefined): boolean => parameter?.toLowerCase() === 'true';

/** The URL of an object, `s3://bucket/key`, from the file that holds it. */
export const urlOf = (dir: string, file: string): string => {
  const [bucket = '', , ...path] = relative(bucketsFolder(dir), file).split(/[\\/]/);
  return `s3://${bucket}/${decoded(path.join('/').slice(0, -'.data'.length))}`;
};

/** A part of a file's name as it is in the key. */
export const decoded = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/**
 * The files that hold a table's rows. A file that a list names is written as a way from the list to it, because a row's
 * partition is the list's.
 *
 * @param files at the table's location, those that a query needs
 * @throws SqlError for a listed object that is missing, naming it
 */
export const dataFiles = async (dir: string, table: TableInput, files: readonly string[]): Promise<string[]> =>
  listsItsObjects(table) ? (await Promise.all(files.map((list) => listed(dir, list)))).flat() : [...files];

const listed = async (dir: string, list: string): Promise<string[]> => {
  const lines = (await readFile(list, 'utf8')).split('\n').map((line) => line.trim());
  const wayOut = relative(join(list, '..'), bucketsFolder(dir));
  return lines.filter(Boolean).map((url) => {
    const { bucket, prefix } = placeOf(url);
    const object = `${pathOf(prefix)}.data`;
    if (!existsSync(join(objectsFolder(dir, bucket), object))) {
      const name = relative(bucketsFolder(dir), list)
        .replaceAll('\\', '/')
        .replace('/objects/', '/')
        .slice(0, -'.data'.length);
      throw new SqlError(`HIVE_CANNOT_OPEN_SPLIT: ${url} is missing, and s3://${name} lists it`);
    }
    // Joined as text: what `join` would shorten holds the partition.
    return [join(list, '..'), wayOut, bucket, 'objects', object].join('/');
  });
};

/** A key as the name of its file: what some file system refuses is written %xx. */
const pathOf = (key: string): string =>
  key.replace(/[<>:"|?*\\%\x00-\x1f]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
