import type { DuckDBConnection } from '@duckdb/node-api';
import { withLake } from './lake.ts';
import { plainly } from './sql-error.ts';
import { checkStatement, withoutExplain } from './statement.ts';
import { asksForPath, translate } from './trino/translate.ts';

export interface StatementOptions {
  /** The platform's state folder. */
  readonly dir: string;
  /** Of Athena's dialect, or of DuckDB's where Athena has no other meaning for it. */
  readonly sql: string;
  /** Where tables without a database are looked for first. @default the first of the catalog */
  readonly database?: string | undefined;
  /** A folder that may be written to with COPY. @default none */
  readonly output?: string | undefined;
  /** Ends the statement when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export interface CheckedStatement {
  readonly connection: DuckDBConnection;
  /** The statement in DuckDB's words. */
  readonly sql: string;
  /** The bytes that running it will read: see `openTables`. */
  readonly bytesScanned: number;
}

/**
 * Opens the lake for one statement that only reads, and checks that it does.
 *
 * @throws SqlError NoLakeError as `queryLake` does, for `use` too
 */
export const withStatement = <Result>(
  { dir, sql, database, output, signal }: StatementOptions,
  use: (statement: CheckedStatement) => Promise<Result>,
): Promise<Result> =>
  plainly(dir, async () => {
    const inDuckDb = translate(sql);
    const lake = { dir, sql: withoutExplain(inDuckDb), database, hasPath: asksForPath(sql), output };
    return withLake(lake, async (connection, bytesScanned) => {
      // DuckDB forgets an interruption that comes between two of its calls.
      let again: NodeJS.Timeout | undefined;
      const interrupt = (): void => {
        again ??= setInterval(() => connection.interrupt(), 50);
        connection.interrupt();
      };
      signal?.addEventListener('abort', interrupt);
      try {
        await checkStatement(connection, inDuckDb);
        signal?.throwIfAborted();
        return await use({ connection, sql: inDuckDb, bytesScanned });
      } finally {
        signal?.removeEventListener('abort', interrupt);
        clearInterval(again);
      }
    });
  });
