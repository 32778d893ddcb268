import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { explained } from './explained.ts';
import { withLake } from './lake.ts';
import type { OpenedTables } from './scan.ts';
import { plainly } from './sql-error.ts';
import { checkParsed, checkPrepared } from './statement.ts';
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
  /** Whether an object that is broken as a whole ends the statement. @default false: it is left out */
  readonly failsOnBroken?: boolean | undefined;
  /** Ends the statement when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export interface CheckedStatement extends OpenedTables {
  readonly connection: DuckDBConnection;
  /** The statement in DuckDB's words, exactly as it was checked. */
  readonly sql: string;
}

/**
 * Opens the lake for one statement that only reads, and checks that it does.
 *
 * @throws SqlError NoLakeError as `queryLake` does, for `use` too
 */
export const withStatement = <Result>(
  { dir, sql, database, output, failsOnBroken, signal }: StatementOptions,
  use: (statement: CheckedStatement) => Promise<Result>,
): Promise<Result> =>
  plainly(dir, async () => {
    const { prefix, statement } = explained(translate(sql));
    const check = (connection: DuckDBConnection): Promise<void> => checkParsed(connection, statement);
    const lake = { dir, sql: statement, check, database, hasPath: asksForPath(sql), output, failsOnBroken };
    return withLake(lake, async (connection, opened) => {
      // DuckDB forgets an interruption that comes between two of its calls.
      let again: NodeJS.Timeout | undefined;
      const interrupt = (): void => {
        again ??= setInterval(() => connection.interrupt(), 50);
        connection.interrupt();
      };
      signal?.addEventListener('abort', interrupt);
      try {
        await checkPrepared(connection, statement);
        if (prefix !== '') await checkPrepared(connection, prefix + statement, StatementType.EXPLAIN);
        signal?.throwIfAborted();
        return await use({ connection, sql: prefix + statement, ...opened });
      } finally {
        signal?.removeEventListener('abort', interrupt);
        clearInterval(again);
      }
    });
  });
