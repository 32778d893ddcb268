import type { Findings } from '@acme/lambda-kit/rows';
import type { DuckDBResult, Json } from '@duckdb/node-api';
import { jsonValue } from './json-value.ts';
import type { OpenedTables } from './scan.ts';
import { withStatement } from './with-statement.ts';

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
  /** What the statement reads of the lake's objects, as Athena counts it: see `openTables`. */
  readonly bytesScanned: number;
  /** What it cannot read of them, by name: a line is a row of NULLs, a broken object is left out. */
  readonly unreadable: Findings;
  /** From the statement to its last row, opening the lake included. */
  readonly elapsedMs: number;
}

/**
 * Answers one reading statement, of Athena's dialect or DuckDB's, from the lake's objects as they lie on the disk now.
 *
 * @param maxRows how many rows to give, and to hold in memory, at most
 * @throws SqlError for SQL that is wrong or does more than read, and for a broken object of Parquet; NoLakeError when
 * the platform never ran in this folder
 */
export const queryLake = ({
  maxRows = 100_000,
  ...query
}: Query & { readonly maxRows?: number }): Promise<QueryResult> => {
  const started = performance.now();
  return read(query, async (result, columns, opened) => {
    const rows: Row[] = [];
    const answer = (isCut: boolean): QueryResult => ({
      columns,
      rows: rows.slice(0, maxRows),
      isCut,
      ...opened,
      elapsedMs: performance.now() - started,
    });
    for await (const part of result.yieldConvertedRowObjects(jsonValue)) {
      query.signal?.throwIfAborted();
      rows.push(...part);
      if (rows.length > maxRows) return answer(true);
    }
    return answer(false);
  });
};

/**
 * Hands the rows of a statement on as they come, however many: see `queryLake`.
 *
 * @returns the columns, which a statement without rows has too, the bytes that it read, and what it could not read
 */
export const streamLake = (
  query: Query,
  take: (rows: readonly Row[], columns: readonly Column[]) => Promise<void>,
): Promise<Pick<QueryResult, 'columns' | 'bytesScanned' | 'unreadable'>> =>
  read(query, async (result, columns, opened) => {
    for await (const part of result.yieldConvertedRowObjects(jsonValue)) {
      query.signal?.throwIfAborted();
      await take(part, columns);
    }
    return { columns, ...opened };
  });

const read = <Result>(
  query: Query,
  use: (result: DuckDBResult, columns: readonly Column[], opened: OpenedTables) => Promise<Result>,
): Promise<Result> =>
  withStatement(query, async ({ connection, sql, bytesScanned, unreadable }) => {
    const result = await connection.stream(sql);
    const columns = result
      .deduplicatedColumnNames()
      .map((name, index) => ({ name, type: result.columnType(index).toString() }));
    return use(result, columns, { bytesScanned, unreadable });
  });
