import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adEvents, dailyClock, type DataSet, dataSet, viewingEvents } from '@acme/synthetic';
import { glueColumnsOf, tables, type TelemetryRow } from '@acme/telemetry-schema';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb, rowGroupRows } from './parquet.ts';
import { partsOf } from './parts.ts';
import { sqlType } from './select-list.ts';
import { idRun } from './telemetry-columns.ts';
import { partWriter } from './write-part.ts';

const folder = mkdtempSync(join(tmpdir(), 'acme-seed-test-'));
const file = join(folder, 'part.parquet');
let duckDb: DuckDBConnection;
beforeAll(async () => (duckDb = await openDuckDb()));
afterAll(() => {
  duckDb.closeSync();
  rmSync(folder, { recursive: true });
});
const query = async (statement: string) => (await duckDb.runAndReadAll(statement)).getRowObjectsJson();

/** The rows that a day must have, from the events themselves. */
const rowsOf = ({ universe, range }: DataSet, date: string): TelemetryRow[] =>
  viewingEvents(universe, range).filter(({ event_timestamp }) => event_timestamp.startsWith(date));

const writeAll = async (set: DataSet, date: string) => {
  const writePart = await partWriter(set);
  const rows: unknown[] = [];
  const contents = [];
  for (const part of partsOf(set).filter((one) => one.date === date)) {
    contents.push(await writePart(part, file));
    rows.push(...(await query(`SELECT * FROM '${file}'`)));
  }
  return { rows, contents };
};

describe('partWriter', () => {
  it('writes each event of a day once, in their order, as the schema has it', async () => {
    const set = dataSet({ seed: 7, scale: 0.05, from: '2024-02-28', to: '2024-03-01' });
    for (const date of set.days) {
      const expected = rowsOf(set, date);
      const { rows, contents } = await writeAll(set, date);
      expect(rows).toEqual(expected);
      expect(contents).toEqual([
        {
          rows: expected.length,
          watchedSeconds: expected.reduce((sum, row) => sum + row.watch_duration_seconds, 0),
          advertisements: expected.filter((row) => isOnAdTier(set, row) && adEvents.includes(row.event_type)).length,
        },
      ]);
    }
  });

  it('writes the ids on both sides of where their first digits change', async () => {
    const set = dataSet({ scale: 0.02, from: '2026-10-01', to: '2026-10-01' });
    const from = 600_000 * idRun - 1024;
    const period = { fromMs: Date.UTC(2026, 9, 1), toMs: Date.UTC(2026, 9, 2), from, events: 2000 };
    const across = { ...set, range: { from, count: 2000, clock: dailyClock(period) } };
    expect(partsOf(across).map(({ range }) => range)).toEqual([
      { from, count: 1024 },
      { from: from + 1024, count: 976 },
    ]);
    expect((await writeAll(across, '2026-10-01')).rows).toEqual(rowsOf(across, '2026-10-01'));
  });

  it('writes the same bytes each time', async () => {
    const set = dataSet({ scale: 0.05 });
    const hashes = new Set<string>();
    for (let time = 0; time < 3; time++) {
      const writePart = await partWriter(set);
      for (const part of partsOf(set).slice(3, 5)) {
        await writePart(part, file);
        hashes.add(`${part.date} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`);
      }
    }
    expect(hashes.size).toBe(2);
  });

  it('writes zstd, with statistics of every column, in row groups of a sensible size, in the types of the table', async () => {
    const set = dataSet({ scale: 3, from: '2026-10-01', to: '2026-10-01' });
    await (
      await partWriter(set)
    )(partsOf(set)[0]!, file);
    const columns = glueColumnsOf(tables.telemetry.schema);
    expect(await query(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '${file}')`)).toEqual(
      columns.map(({ name, type }) => ({ column_name: name, column_type: sqlType(type) })),
    );
    expect(
      await query(`SELECT DISTINCT compression, stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL AS known
                   FROM parquet_metadata('${file}')`),
    ).toEqual([{ compression: 'ZSTD', known: true }]);
    expect(
      await query(`SELECT DISTINCT row_group_id::INT AS id, row_group_num_rows::INT AS rows
                   FROM parquet_metadata('${file}') ORDER BY id`),
    ).toEqual([
      { id: 0, rows: rowGroupRows },
      { id: 1, rows: rowGroupRows },
      { id: 2, rows: 300_000 - 2 * rowGroupRows },
    ]);
  });
});

const isOnAdTier = ({ universe }: DataSet, { customer_id }: TelemetryRow): boolean =>
  universe.customers.tier[Number(customer_id.slice(4)) - 1] === 0;
