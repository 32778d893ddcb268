import type { DuckDBResult, Json } from '@duckdb/node-api';
import { jsonValue } from './json-value.ts';
import { withLake } from './lake.ts';
import { plainly } from './sql-error.ts';
import { checkStatement } from './statement.ts';

export interface Column {
  readonly name: string;
  /** DuckDB's: VARCHAR, BIGINT, … */
  readonly type: string;
}

export type Row = Readonly<Record<string, Json>>;

export interface Query {
  /** The platform's state folder. */
  readonly dir: string;
  readonly sql: string;
  /** Ends the statement when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export interface QueryResult {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Whether there were more rows than `maxRows`. */
  readonly isCut: boolean;
}

/**
 * Answers one reading statement from the lake's objects, as they lie on the disk now.
 *
 * @param maxRows how many rows to give, and to hold in memory, at most
 * @throws SqlError for SQL that is wrong or does more than read, and for an object that is broken; NoLakeError when
 * the platform never ran in this folder
 */
export const queryLake = ({
  maxRows = 100_000,
  ...query
}: Query & { readonly maxRows?: number }): Promise<QueryResult> =>
  read(query, async (result, columns) => {
    const rows: Row[] = [];
    for await (const part of result.yieldConvertedRowObjects(jsonValue)) {
      query.signal?.throwIfAborted();
      rows.push(...part);
      if (rows.length > maxRows) return { columns, rows: rows.slice(0, maxRows), isCut: true };
    }
    return { columns, rows, isCut: false };
  });

/**
 * Hands the rows of a statement on as they come, however many: see `queryLake`.
 *
 * @returns the columns, which a statement without rows has too
 */
export const streamLake = (
  query: Query,
  take: (rows: readonly Row[], columns: readonly Column[]) => Promise<void>,
): Promise<readonly Column[]> =>
  read(query, async (result, columns) => {
    for await (const part of result.yieldConvertedRowObjects(jsonValue)) {
      query.signal?.throwIfAborted();
      await take(part, columns);
    }
    return columns;
  });

const read = <Result>(
  { dir, sql, signal }: Query,
  use: (result: DuckDBResult, columns: readonly Column[]) => Promise<Result>,
): Promise<Result> =>
  plainly(dir, () =>
    withLake({ dir }, async (connection) => {
      const interrupt = (): void => connection.interrupt();
      signal?.addEventListener('abort', interrupt);
      try {
        await checkStatement(connection, sql);
        signal?.throwIfAborted();
        const result = await connection.stream(sql);
        const columns = result
          .deduplicatedColumnNames()
          .map((name, index) => ({ name, type: result.columnType(index).toString() }));
        return await use(result, columns);
      } finally {
        signal?.removeEventListener('abort', interrupt);
      }
    }),
  );
