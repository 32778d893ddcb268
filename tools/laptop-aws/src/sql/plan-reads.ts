import { dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quotedText } from './column-type.ts';
import type { LakeTable } from './lake-table.ts';
import { plannedReads } from './scan-plan.ts';
import { createPlanView, noRows } from './table-view.ts';

/** One reading of a table by a statement. */
export interface TableRead {
  /** Of those at the table's location. */
  readonly files: readonly string[];
  /** In lower case; undefined is every column. */
  readonly columns: readonly string[] | undefined;
}

interface PlanOptions {
  /** The platform's state folder. */
  readonly dir: string;
  readonly sql: string;
  /** Whether it asks for `$path`. */
  readonly hasPath: boolean;
  /** For the files that stand in for tables. */
  readonly scratch: string;
  /** The files at the location of each table that the statement may read. */
  readonly listed: ReadonlyMap<LakeTable, readonly string[]>;
}

/**
 * How a statement reads each table, before it does. Its filters choose between partitions, so that one file stands for
 * all in its folder; only where a statement asks for `$path` it is every file.
 *
 * @returns undefined when it cannot be told
 */
export const planReads = async (
  connection: DuckDBConnection,
  { dir, sql, hasPath, scratch, listed }: PlanOptions,
): Promise<ReadonlyMap<LakeTable, readonly TableRead[]> | undefined> => {
  const folders = new Map<LakeTable, ReadonlyMap<string, readonly string[]>>();
  for (const [index, [each, files]] of [...listed].entries()) {
    const together = Map.groupBy(files, hasPath ? (file) => file : dirname);
    folders.set(each, new Map([...together.values()].map((group) => [group[0] as string, group])));
    const standIn = join(scratch, `${index}.parquet`);
    await connection.run(`COPY (${noRows(each.table)}) TO ${quotedText(standIn)} (FORMAT parquet)`);
    const first = [...(folders.get(each)?.keys() ?? [])];
    await connection.run(createPlanView({ dir, hasPath, ...each, files: first }, standIn));
  }
  const reads = await plannedReads(connection, sql);
  if (!reads) return undefined;
  const ofTable = (together: ReadonlyMap<string, readonly string[]>): TableRead[] =>
    reads
      .map(({ files, columns }) => ({ files: files.flatMap((file) => together.get(file) ?? []), columns }))
      .filter(({ files }) => files.length > 0);
  return new Map([...folders].map(([each, together]) => [each, ofTable(together)]));
};
