import { statSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quotedText } from './column-type.ts';

/** The bytes that each column takes in a Parquet file, by its name in lower case. */
export type ColumnBytes = ReadonlyMap<string, number>;

/** Objects never change under a name and a time; a footer that was read once is known. */
const known = new Map<string, ColumnBytes>();
const mostKnown = 20_000;

/** What lies in Parquet files, from their footers: of nested columns the bytes of all their parts. */
export const parquetColumns = async (
  connection: DuckDBConnection,
  files: readonly string[],
): Promise<ReadonlyMap<string, ColumnBytes>> => {
  const keys = new Map([...new Set(files)].map((file) => [file, keyOf(file)]));
  const unknown = [...keys].filter(([, key]) => !known.has(key)).map(([file]) => file);
  if (unknown.length > 0) {
    const footers = await connection.runAndReadAll(`
      SELECT file_name, lower(split_part(path_in_schema, ', ', 1)), SUM(total_compressed_size)::DOUBLE
      FROM parquet_metadata([${unknown.map(quotedText).join(', ')}]) GROUP BY ALL
      UNION ALL
      SELECT file_name, lower(name), 0 FROM parquet_schema([${unknown.map(quotedText).join(', ')}])`);
    const found = Map.groupBy(footers.getRows() as [string, string, number][], ([file]) => file);
    if (known.size > mostKnown) known.clear();
    for (const file of unknown) known.set(keys.get(file) as string, sums(found.get(file) ?? []));
  }
  return new Map([...keys].map(([file, key]) => [file, known.get(key) as ColumnBytes]));
};

const sums = (columns: readonly [string, string, number][]): ColumnBytes => {
  const bytes = new Map<string, number>();
  for (const [, column, size] of columns) bytes.set(column, (bytes.get(column) ?? 0) + size);
  return bytes;
};

const keyOf = (file: string): string => {
  const { size, mtimeMs } = statSync(file);
  return `${file}\n${size}\n${mtimeMs}`;
};
