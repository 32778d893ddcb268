import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mkdirSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { openGlue } from '../glue/glue.ts';
import { TableInput } from '../glue/table-input.ts';
import { objectsFolder } from './table-objects.ts';

interface TableKind {
  /** @default JSON */
  readonly isParquet?: boolean;
  /** Whether its objects are lists of those that hold its rows. */
  readonly isListed?: boolean;
  /** Whether a bad line is a row of NULLs, as in the tables of the contract. */
  readonly bearsBadLines?: boolean;
  /** @default a folder of its name in the bucket */
  readonly location?: string;
}

const json = 'org.openx.data.jsonserde.JsonSerDe';
const parquet = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe';
const symlinks = 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat';

/** A lake in a state folder, for tests: one bucket, one database. */
export const aLake = (dir: string) => {
  const glue = openGlue({ dir });
  glue.createDatabase('acme_telemetry', {});
  const fileOf = (key: string): string => {
    const file = join(objectsFolder(dir, 'lake'), `${key.replaceAll('%', '%25')}.data`);
    mkdirSync(join(file, '..'), { recursive: true });
    return file;
  };
  return {
    table: (
      name: string,
      columns: Readonly<Record<string, string>>,
      partitionKeys: readonly string[] | Readonly<Record<string, string>> = [],
      { isParquet = false, isListed = false, bearsBadLines = false, location = `s3://lake/${name}/` }: TableKind = {},
    ): void => {
      const keys = Array.isArray(partitionKeys)
        ? partitionKeys.map((key: string) => [key, 'string'])
        : Object.entries(partitionKeys);
      glue.createTable(
        'acme_telemetry',
        TableInput.parse({
          Name: name,
          PartitionKeys: keys.map(([Name, Type]) => ({ Name, Type })),
          StorageDescriptor: {
            Columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
            Location: location,
            ...(isListed ? { InputFormat: symlinks } : {}),
            SerdeInfo: {
              SerializationLibrary: isParquet ? parquet : json,
              ...(bearsBadLines
                ? { Parameters: { 'ignore.malformed.json': 'TRUE', 'use.null.for.invalid.data': 'TRUE' } }
                : {}),
            },
          },
        }),
      );
    },
    object: (key: string, content: string | Buffer): void =>
      writeFileSync(fileOf(key), key.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content),
    /** An object with the rows of a query. */
    parquet: async (key: string, query: string): Promise<void> => {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      await connection.run(`COPY (${query}) TO '${fileOf(key)}' (FORMAT parquet)`);
      connection.closeSync();
      instance.closeSync();
    },
  };
};

export const ndjson = (...rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
