import type { DataSet } from '@acme/synthetic';
import { glueColumnsOf, tables } from '@acme/telemetry-schema';
import type { Contents } from './contents.ts';
import { copyToParquet, openDuckDb } from './parquet.ts';
import type { Part } from './parts.ts';
import { selectList } from './select-list.ts';
import { madeOf } from './telemetry-columns.ts';
import { TelemetryRows } from './telemetry-rows.ts';

/** Writes the events of a part to a Parquet file, and says what it holds. */
export type WritePart = (part: Part, file: string) => Promise<Contents>;

/** One part at a time; in a process of its own, as much memory as a row group takes. */
export const partWriter = async ({ seed, universe, range: { clock } }: DataSet): Promise<WritePart> => {
  const duckDb = await openDuckDb();
  const rows = new TelemetryRows(universe, duckDb);
  const columns = glueColumnsOf(tables.telemetry.schema);
  return async ({ date, range }, file) => {
    rows.open({ ...range, clock }, date);
    await copyToParquet(
      duckDb,
      `SELECT ${selectList(columns, madeOf(seed, date, range.from))} FROM telemetry_rows()`,
      file,
    );
    return rows.contents;
  };
};
