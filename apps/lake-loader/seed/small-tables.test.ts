import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openUniverse } from '@acme/synthetic';
import { campaigns, customers, titles } from '@acme/synthetic/tables';
import { glueColumnsOf, tables } from '@acme/telemetry-schema';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openDuckDb } from './parquet.ts';
import { sqlType } from './select-list.ts';
import { smallTableBytes } from './small-tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'acme-seed-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const universe = openUniverse(3);
const rows = {
  customers: customers(universe),
  titles: titles(universe),
  campaigns: campaigns(universe, [{ date: '2026-10-01', advertisements: 123_456 }]),
};

describe('smallTableBytes', () => {
  it.each(['customers', 'titles', 'campaigns'] as const)(
    'of %s hold its rows in the types of its table, the same bytes each time',
    async (name) => {
      const bytes = await smallTableBytes(name, rows[name]);
      expect((await smallTableBytes(name, rows[name])).equals(bytes)).toBe(true);

      const file = join(folder, `${name}.parquet`);
      writeFileSync(file, bytes);
      const duckDb = await openDuckDb();
      const query = async (statement: string) => (await duckDb.runAndReadAll(statement)).getRowObjectsJson();
      expect(await query(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '${file}')`)).toEqual(
        glueColumnsOf(tables[name].schema).map(({ name: column_name, type }) => ({
          column_name,
          column_type: sqlType(type),
        })),
      );
      const read = (await query(`SELECT * FROM '${file}'`)).map((row) => numbersIn(row));
      expect(read).toEqual(rows[name]);
      duckDb.closeSync();
    },
  );
});

/** DuckDB gives a BIGINT as text in JSON. */
const numbersIn = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      name === 'impressions' || name === 'clicks' ? Number(value) : value,
    ]),
  );
