import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { quotedText } from '../sql/column-type.ts';
import { withStatement } from '../sql/with-statement.ts';
import { headingsOf } from './headings.ts';
import { asText, resultColumn } from './result-type.ts';
import type { RunOptions, RunResult } from './run-options.ts';
import { withoutEnd } from './without-end.ts';

/** Runs a query; its rows become the result object, CSV with every value in quotes and NULL as nothing. */
export const runSelect = async ({ scratch, store, begin, ...options }: RunOptions): Promise<RunResult> =>
  withStatement({ ...options, output: scratch, failsOnBroken: true }, async ({ connection, sql, bytesScanned }) => {
    await begin(bytesScanned);
    const { names, types } = await described(connection, sql, options.sql);
    const file = join(scratch, 'result.csv');
    const values = types.map((type, index) => asText(`c${index}`, type)).join(', ');
    const aliases = types.map((_, index) => `c${index}`).join(', ');
    await connection.run(
      `COPY (SELECT ${values} FROM (\n${withoutEnd(sql)}\n) AS result(${aliases})) ` +
        `TO ${quotedText(file)} (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '')`,
    );
    const heading = `${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\n`;
    await store(
      Readable.from(
        (async function* () {
          yield heading;
          yield* createReadStream(file);
        })(),
        { objectMode: false },
      ),
    );
    return { columns: names.map((name, index) => resultColumn(name, types[index] as DuckDBType)) };
  });

/** @param asked the statement as it was written, whose columns the headings name */
const described = async (
  connection: DuckDBConnection,
  sql: string,
  asked: string,
): Promise<{ names: string[]; types: DuckDBType[] }> => {
  const prepared = await connection.prepare(sql);
  const columns = Array.from({ length: prepared.columnCount }, (_, index) => index);
  const types = columns.map((index) => prepared.columnType(index));
  const names = columns.map((index) => prepared.columnName(index));
  prepared.destroySync();
  const parsed = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [asked]);
  return { names: headingsOf(JSON.parse(String(parsed.getRows()[0]?.[0])), names), types };
};
