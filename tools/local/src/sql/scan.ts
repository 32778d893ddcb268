import { statSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableInput } from '../glue/table-input.ts';
import { type ColumnBytes, parquetColumns } from './parquet-columns.ts';
import { planReads, type TableRead } from './plan-reads.ts';
import { dataFiles, filesAtLocation, isParquet } from './table-objects.ts';
import { createView } from './table-view.ts';

/** A table of the catalog, with its database. */
export interface LakeTable {
  readonly database: string;
  readonly table: TableInput;
}

export interface ScanOptions {
  /** The platform's state folder. */
  readonly dir: string;
  readonly tables: readonly LakeTable[];
  /** What will be asked, in DuckDB's words. Without one every table is made ready to be read whole. */
  readonly sql: string | undefined;
  readonly hasPath: boolean;
  /** For the files that stand in for tables while a statement is planned. */
  readonly scratch: string;
}

/**
 * Makes the tables that a statement may name views over the objects that it needs, and no others.
 *
 * @returns the bytes it will read, as Athena bills them: of JSON objects all; of Parquet objects the compressed columns
 * that the statement needs, all row groups. Twice when it reads a table twice
 * @throws SqlError for a missing object of a table that lists its objects
 */
export const openTables = async (connection: DuckDBConnection, options: ScanOptions): Promise<number> => {
  const { dir, tables, sql, hasPath } = options;
  const listed = new Map<LakeTable, readonly string[]>();
  for (const each of tables) {
    listed.set(each, sql === undefined || isNamed(sql, each.table) ? await filesAtLocation(dir, each.table) : []);
  }
  const planned = sql === undefined ? undefined : await planReads(connection, { ...options, sql, listed });
  let bytes = 0;
  const views: string[] = [];
  for (const [each, files] of listed) {
    const scan = await scanOf(connection, dir, each.table, planned?.get(each) ?? [{ files, columns: undefined }]);
    bytes += scan.bytes;
    views.push(createView({ dir, hasPath, ...each, ...scan }));
  }
  await connection.run(views.join(';\n'));
  return bytes;
};

/** Whether a statement may read a table: its name is somewhere in it, or is put together in it. */
const isNamed = (sql: string, { Name }: TableInput): boolean =>
  sql.toLowerCase().includes(Name.toLowerCase()) || /\bquery(_table)?\s*\(/i.test(sql);

interface Scan {
  /** Of all readings; one that a list names twice is twice. */
  readonly files: readonly string[];
  /** The columns that at least one Parquet file has. */
  readonly present: ReadonlySet<string>;
  readonly bytes: number;
}

const scanOf = async (
  connection: DuckDBConnection,
  dir: string,
  table: TableInput,
  reads: readonly TableRead[],
): Promise<Scan> => {
  const present = new Set<string>();
  let bytes = 0;
  for (const read of reads) {
    const data = await dataFiles(dir, table, read.files);
    if (!isParquet(table)) {
      bytes += data.reduce((sum, file) => sum + statSync(file).size, 0);
      continue;
    }
    const footers = await parquetColumns(connection, data);
    for (const columns of data.map((file) => footers.get(file) as ColumnBytes)) {
      for (const name of columns.keys()) present.add(name);
      bytes += bytesOf(columns, read.columns);
    }
  }
  const lists = [...new Set(reads.flatMap((read) => read.files))];
  return { files: await dataFiles(dir, table, lists), present, bytes };
};

const bytesOf = (columns: ColumnBytes, wanted: readonly string[] | undefined): number =>
  [...columns].reduce((sum, [name, size]) => sum + (wanted === undefined || wanted.includes(name) ? size : 0), 0);
