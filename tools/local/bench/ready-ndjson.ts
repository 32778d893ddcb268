import { closeSync, openSync, writeSync } from 'node:fs';
import { duckDbType } from '@acme/laptop-aws/sql';
import { type DataSet, viewingBytes } from '@acme/synthetic';
import { glueColumnsOf, tables } from '@acme/telemetry-schema';
import { DuckDBInstance } from '@duckdb/node-api';

const perWrite = 102_400;

/** Writes the first events of a data set as newline-delimited JSON. */
export const writeNdjson = ({ universe, range }: DataSet, events: number, file: string): void => {
  const handle = openSync(file, 'w');
  for (let at = 0; at < events; at += perWrite) {
    writeSync(
      handle,
      viewingBytes(universe, { ...range, from: range.from + at, count: Math.min(perWrite, events - at) }),
    );
  }
  closeSync(handle);
};

/** How long DuckDB's own COPY takes from such a file to Parquet of the same columns, on all cores: milliseconds. */
export const copyNdjson = async (file: string, to: string): Promise<number> => {
  const duckDb = await (await DuckDBInstance.create(':memory:')).connect();
  const columns = glueColumnsOf(tables.telemetry.schema).map(({ name, type }) => ({ name, type: duckDbType(type) }));
  const types = columns.map(({ name, type }) => `${name}: '${type}'`).join(', ');
  const read = `read_json('${file}', format = 'newline_delimited', columns = {${types}})`;
  const startedMs = performance.now();
  await duckDb.run(`COPY (FROM ${read}) TO '${to}' (FORMAT parquet, COMPRESSION zstd)`);
  const ms = performance.now() - startedMs;
  duckDb.closeSync();
  return ms;
};
