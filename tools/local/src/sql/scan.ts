import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableInput } from '../glue/table-input.ts';
import { quotedText } from './column-type.ts';
import { type ColumnBytes, parquetColumns } from './parquet-columns.ts';
import { type PlannedRead, plannedReads } from './scan-plan.ts';
import { dataFiles, filesAtLocation, isParquet } from './table-objects.ts';
import { createPlanView, createView, noRows } from './table-view.ts';

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
  const wanted = sql === undefined ? tables : tables.filter(({ table }) => isNamed(sql, table));
  const listed = new Map<LakeTable, string[]>();
  for (const each of wanted) listed.set(each, await filesAtLocation(dir, each.table));
  const reads = sql === undefined ? undefined : await plan(connection, options, sql, listed);

  let bytes = 0;
  const views = tables
    .filter((each) => !listed.has(each))
    .map((each) => ({ ...each, files: [] as string[], present: new Set<string>() }));
  for (const [each, files] of listed) {
    const ofTable = (reads ?? [{ files, columns: undefined }]).map((read) => ({
      ...read,
      files: files.filter(isIn(read.files)),
    }));
    const needed = files.filter(isIn(ofTable.flatMap((read) => read.files)));
    const footers = new Map<string, ColumnBytes>();
    for (const read of ofTable) {
      const data = await dataFiles(dir, each.table, read.files);
      if (!isParquet(each.table)) bytes += data.reduce((sum, file) => sum + statSync(file).size, 0);
      else
        for (const [file, columns] of await parquetColumns(connection, data)) {
          footers.set(file, columns);
          bytes += bytesOf(columns, read.columns);
        }
    }
    const present = new Set([...footers.values()].flatMap((columns) => [...columns.keys()]));
    views.push({ ...each, files: await dataFiles(dir, each.table, needed), present });
  }
  await connection.run(views.map((view) => createView({ dir, hasPath, ...view })).join(';\n'));
  return bytes;
};

/** Whether a statement may read a table: its name is somewhere in it, or is put together in it. */
const isNamed = (sql: string, { Name }: TableInput): boolean =>
  sql.toLowerCase().includes(Name.toLowerCase()) || /\bquery(_table)?\s*\(/i.test(sql);

const isIn = (files: readonly string[]): ((file: string) => boolean) => {
  const all = new Set(files);
  return (file) => all.has(file);
};

const bytesOf = (columns: ColumnBytes, wanted: readonly string[] | undefined): number =>
  [...columns].reduce((sum, [name, size]) => sum + (wanted === undefined || wanted.includes(name) ? size : 0), 0);

/** The readings of a statement; undefined when they cannot be told. */
const plan = async (
  connection: DuckDBConnection,
  { dir, tables, hasPath, scratch }: ScanOptions,
  sql: string,
  listed: ReadonlyMap<LakeTable, readonly string[]>,
): Promise<PlannedRead[] | undefined> => {
  if (listed.size === 0) return [];
  for (const [index, { database, table }] of tables.entries()) {
    const standIn = join(scratch, `${index}.parquet`);
    await connection.run(`COPY (${noRows(table)}) TO ${quotedText(standIn)} (FORMAT parquet)`);
    const files = listed.get(tables[index] as LakeTable) ?? [];
    await connection.run(createPlanView({ dir, database, table, files, hasPath }, standIn));
  }
  return plannedReads(connection, sql);
};
