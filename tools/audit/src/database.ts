import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '@acme/laptop-aws/sql';
import type { DuckDBConnection } from '@duckdb/node-api';

/** What the audit may take before it goes on in a temporary folder. */
const memoryLimit = '1500MB';

/** A DuckDB on the disk, for as long as it is used. */
export interface Database {
  run(sql: string): Promise<void>;
  /** The rows of a statement; numbers come as numbers. */
  rows<Row>(sql: string): Promise<Row[]>;
  /** Makes a table of texts anew, of the rows that `fill` hands to `add`; a column without a value is NULL. */
  fill(
    table: string,
    columns: readonly string[],
    fill: (add: (row: readonly (string | undefined)[]) => void) => Promise<void>,
  ): Promise<void>;
}

/** Opens an empty database in a temporary folder, and leaves nothing of it behind. */
export const withDatabase = async <Result>(use: (database: Database) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'acme-audit-'));
  const instance = await openDuckDb(join(folder, 'audit.duckdb'), {
    temp_directory: join(folder, 'overflow'),
    memory_limit: memoryLimit,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection: DuckDBConnection = await instance.connect();
  try {
    return await use({
      run: async (sql) => void (await connection.run(sql)),
      rows: async <Row>(sql: string) => {
        const rows = (await connection.runAndReadAll(sql)).getRowObjectsJS();
        return rows.map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
          ),
        ) as Row[];
      },
      fill: async (table, columns, fill) => {
        await connection.run(
          `CREATE OR REPLACE TABLE ${table} (${columns.map((name) => `${name} VARCHAR`).join(', ')})`,
        );
        const appender = await connection.createAppender(table);
        await fill((row) => {
          for (const value of row) {
            if (value === undefined) appender.appendNull();
            else appender.appendVarchar(value);
          }
          appender.endRow();
        });
        appender.closeSync();
      },
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
};
