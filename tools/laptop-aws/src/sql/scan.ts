import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Findings, findingsOf, joined, noFindings } from '@acme/lambda-kit/rows';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableInput } from '../glue/table-input.ts';
import { checkedObjects } from './checked-objects.ts';
import { type ColumnBytes, parquetColumns } from './parquet-columns.ts';
import { planReads, type TableRead } from './plan-reads.ts';
import { writeReadableCopy } from './readable-copy.ts';
import { SqlError } from './sql-error.ts';
import { bearsBadLines, dataFiles, filesAtLocation, isParquet, urlOf } from './table-objects.ts';
import { createView, type ReadableCopy } from './table-view.ts';
import type { LakeTable } from './lake-table.ts';

export interface ScanOptions {
  /** The platform's state folder. */
  readonly dir: string;
  readonly tables: readonly LakeTable[];
  /** What will be asked, in DuckDB's words. Without one every table is made ready to be read whole. */
  readonly sql: string | undefined;
  readonly hasPath: boolean;
  /** Whether an object that is broken as a whole ends the statement, as Athena has it; else it is left out. */
  readonly failsOnBroken: boolean;
  /** For the files that stand in for tables while a statement is planned, and for objects that have bad lines. */
  readonly scratch: string;
}

/** What a statement is going to read. */
export interface OpenedTables {
  /**
   * As Athena bills them: of JSON objects all; of Parquet objects the compressed columns that the statement needs, all
   * row groups. Twice when it reads a table twice.
   */
  readonly bytesScanned: number;
  /** What it cannot read: see `checkedObjects`. A line is a row of NULLs then, an object is left out. */
  readonly unreadable: Findings;
}

/**
 * Makes the tables that a statement may name views over the objects that it needs, and no others.
 *
 * @throws SqlError for a missing object of a table that lists its objects, for a broken one if that is asked
 */
export const openTables = async (connection: DuckDBConnection, options: ScanOptions): Promise<OpenedTables> => {
  const { dir, tables, sql, hasPath } = options;
  const listed = new Map<LakeTable, readonly string[]>();
  for (const each of tables) {
    listed.set(each, sql === undefined || isNamed(sql, each.table) ? await filesAtLocation(dir, each.table) : []);
  }
  const planned = sql === undefined ? undefined : await planReads(connection, { ...options, sql, listed });
  let bytesScanned = 0;
  const views: string[] = [];
  const unreadable: Findings[] = [];
  for (const [each, files] of listed) {
    const scan = await scanOf(connection, dir, each.table, planned?.get(each) ?? [{ files, columns: undefined }]);
    const readable = await readableOf(options, each.table, scan.files);
    bytesScanned += scan.bytes;
    unreadable.push(readable.unreadable);
    views.push(createView({ dir, hasPath, ...each, ...scan, ...readable }));
  }
  await connection.run(views.join(';\n'));
  return { bytesScanned, unreadable: joined(unreadable) };
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

interface Readable {
  readonly files: readonly string[];
  readonly copies: readonly ReadableCopy[];
  readonly unreadable: Findings;
}

/** The files of a table of JSON lines that can be read as they are, copies of those that cannot, and what is wrong. */
const readableOf = async (
  { dir, scratch, failsOnBroken }: ScanOptions,
  table: TableInput,
  files: readonly string[],
): Promise<Readable> => {
  if (!bearsBadLines(table)) return { files, copies: [], unreadable: noFindings };
  const found = await checkedObjects(
    dir,
    table,
    files.filter((file) => !file.endsWith('.zst.data')),
  );
  const copies: ReadableCopy[] = [];
  for (const [of, { broken }] of found) {
    if (broken !== undefined) {
      if (failsOnBroken) throw brokenObject(table, urlOf(dir, of), broken);
      continue;
    }
    const file = join(scratch, `${table.Name}-${copies.length}.ndjson`);
    await writeReadableCopy(dir, table, of, file);
    copies.push({ file, of });
  }
  return {
    files: files.filter((file) => !found.has(file) && statSync(file).size > 0),
    copies,
    unreadable: joined(
      [...found].map(([file, { count, first }]) =>
        findingsOf(
          first.map((finding) => ({ object: urlOf(dir, file), ...finding })),
          count,
        ),
      ),
    ),
  };
};

/** As Athena fails (AWS re:Post, "HIVE_CURSOR_ERROR"), and besides what to do. */
const brokenObject = ({ Name }: TableInput, url: string, reason: string): SqlError =>
  new SqlError(
    `HIVE_CURSOR_ERROR: ${url}: ${reason}. Move it out of the folder of ${Name}, or leave it out with "$path" <> '${url}'.`,
  );
