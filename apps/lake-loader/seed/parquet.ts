import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/**
 * Rows per row group, DuckDB's own default: a reader skips whole groups by their statistics, and a writer holds one in
 * memory.
 */
export const rowGroupRows = 122_880;

/** One thread, so that rows and row groups come in the same order each time and the bytes repeat. */
export const openDuckDb = async (): Promise<DuckDBConnection> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '1GB' });
  return instance.connect();
};

/** Writes what a SELECT gives, in its order, as Parquet: zstd, with statistics for every column of every row group. */
export const copyToParquet = async (duckDb: DuckDBConnection, select: string, file: string): Promise<void> => {
  const options = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows}`;
  await duckDb.run(`COPY (${select}) TO ${sqlText(file)} (${options})`);
};

/** Text as SQL writes it. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
