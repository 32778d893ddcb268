import { dirname, join } from 'node:path';
import type { TableInput } from '../glue/table-input.ts';
import { duckDbType, quotedName, quotedText } from './column-type.ts';
import { bearsBadLines, bucketsFolder, isParquet, listsItsObjects } from './table-objects.ts';
import { pathColumn } from './trino/translate.ts';

export { locationOf, objectsFolder } from './table-objects.ts';

export interface ViewOptions {
  /** The platform's state folder. */
  readonly dir: string;
  readonly database: string;
  readonly table: TableInput;
  /** What is read; none makes a table without rows. */
  readonly files: readonly string[];
  /** What is read in place of objects that have lines that cannot be read. */
  readonly copies: readonly ReadableCopy[];
  /** The columns that at least one Parquet file has, in lower case; the others are NULL. */
  readonly present: ReadonlySet<string>;
  /** Whether the table has the column `$path`. */
  readonly hasPath: boolean;
}

/** A copy of an object with all its rows, as `writeReadableCopy` makes it. */
export interface ReadableCopy {
  readonly file: string;
  /** The file of the object. */
  readonly of: string;
}

/** The statement that makes a table of the catalog a view over its objects, its columns of the catalog's types. */
export const createView = (options: ViewOptions): string => {
  const { dir, table, files, copies, present, hasPath } = options;
  const isThere = (name: string): boolean => !isParquet(table) || present.has(name.toLowerCase());
  const columns = table.StorageDescriptor.Columns.map(({ Name, Type }) =>
    typed(Name, isThere(Name) ? quotedName(Name) : 'NULL', Type),
  );
  const place = hasPath ? (copy: ReadableCopy) => copy.of : (copy: ReadableCopy) => dirname(copy.of);
  const ofCopies = [...Map.groupBy(copies, place).values()].map((group) => {
    const { of } = group[0] as ReadableCopy;
    const source = readJson(
      table,
      group.map(({ file }) => file),
      'uncompressed',
    );
    return select([...columns, ...fromPath(dir, table, hasPath, quotedText(of))], source);
  });
  const inPlace = sources(table, files).map((from) => select([...columns, ...fromPath(dir, table, hasPath)], from));
  return viewOf(options, [...inPlace, ...ofCopies]);
};

const select = (columns: readonly string[], from: string): string => `SELECT ${columns.join(', ')} FROM ${from}`;

/**
 * The same view for planning alone: whatever its files hold, they pass for Parquet with the columns of the first one,
 * which is the only one that DuckDB opens then.
 *
 * @param standIn a Parquet file without rows that has the table's columns
 */
export const createPlanView = (options: Omit<ViewOptions, 'present' | 'copies'>, standIn: string): string => {
  const { dir, table, files, hasPath } = options;
  const columns = table.StorageDescriptor.Columns.map(({ Name }) => quotedName(Name));
  // Which objects a list names is not known yet: `$path` may be any.
  const fromList = [
    ...fromPath(dir, table, false),
    ...(hasPath ? [`CAST(random() AS VARCHAR) AS "${pathColumn}"`] : []),
  ];
  const source = `read_parquet(${list([standIn, ...files])}, filename = true, hive_partitioning = false)`;
  const ofPath = listsItsObjects(table) ? fromList : fromPath(dir, table, hasPath);
  return viewOf(options, [select([...columns, ...ofPath], source)]);
};

/** The columns of a table without rows, for a file that stands in for it. */
export const noRows = ({ StorageDescriptor }: TableInput): string =>
  `SELECT ${StorageDescriptor.Columns.map(({ Name, Type }) => typed(Name, 'NULL', Type)).join(', ')} WHERE false`;

/** @param selects give the table's rows; none makes a table without rows */
const viewOf = (
  { database, table, hasPath }: Pick<ViewOptions, 'database' | 'table' | 'hasPath'>,
  selects: readonly string[],
): string => {
  const nothing = [
    ...[...table.StorageDescriptor.Columns, ...table.PartitionKeys].map(({ Name, Type }) => typed(Name, 'NULL', Type)),
    ...(hasPath ? [typed(pathColumn, 'NULL', 'string')] : []),
  ];
  return (
    `CREATE OR REPLACE VIEW ${quotedName(database)}.${quotedName(table.Name)} AS ` +
    (selects.length > 0 ? selects.join(' UNION ALL ') : `SELECT ${nothing.join(', ')} WHERE false`)
  );
};

const typed = (name: string, value: string, type: string): string =>
  `CAST(${value} AS ${duckDbType(type)}) AS ${quotedName(name)}`;

/** How the objects of a table are read, one call per compression. */
const sources = (table: TableInput, files: readonly string[]): string[] => {
  if (files.length === 0) return [];
  if (isParquet(table)) {
    return [`read_parquet(${list(files)}, union_by_name = true, filename = true, hive_partitioning = false)`];
  }
  const serde = table.StorageDescriptor.SerdeInfo.SerializationLibrary;
  if (!/json/i.test(serde))
    throw new Error(`table ${table.Name}: ${serde} is not read here, only JSON and Parquet are`);
  return Object.entries(Object.groupBy(files, compressionOf)).map(([compression, group]) =>
    readJson(table, group, compression),
  );
};

const readJson = (table: TableInput, files: readonly string[], compression: string): string => {
  const fields = table.StorageDescriptor.Columns.map(
    ({ Name, Type }) => `${quotedText(Name)}: ${quotedText(duckDbType(Type))}`,
  );
  return (
    `read_json(${list(files)}, format = 'newline_delimited', compression = '${compression}', ` +
    `columns = {${fields.join(', ')}}, ignore_errors = ${bearsBadLines(table)}, filename = true, hive_partitioning = false)`
  );
};

const compressionOf = (file: string): 'gzip' | 'zstd' | 'uncompressed' =>
  file.endsWith('.gz.data') ? 'gzip' : file.endsWith('.zst.data') ? 'zstd' : 'uncompressed';

/**
 * What a row has from where it lies: its partition, from the folders named `key=value`; and its object's URL.
 *
 * @param file of the object, as SQL
 */
const fromPath = (dir: string, { PartitionKeys }: TableInput, hasPath: boolean, file = 'filename'): string[] => {
  const path = `substr(${file}, ${join(bucketsFolder(dir), '/').length + 1})`;
  const partitions = PartitionKeys.map(({ Name, Type }) => {
    const folder = quotedText(String.raw`[/\\]${Name.replace(/\W/g, '\\$&')}=([^/\\]*)[/\\]`);
    const value = `NULLIF(url_decode(regexp_extract(${path}, ${folder}, 1)), '__HIVE_DEFAULT_PARTITION__')`;
    return `TRY_CAST(${value} AS ${duckDbType(Type)}) AS ${quotedName(Name)}`;
  });
  const object = String.raw`regexp_replace(replace(${path}, '\', '/'), '^(?:.*/\.\./)?([^/]*)/objects/(.*)\.data$', '\1/\2')`;
  return hasPath ? [...partitions, `'s3://' || url_decode(${object}) AS ${quotedName(pathColumn)}`] : partitions;
};

/** Names with the characters of a pattern are found too: DuckDB looks first for the very file. */
const list = (files: readonly string[]): string => `[${files.map(quotedText).join(', ')}]`;
