// Whatever the contract accepts, every reader reads, and reads the same: PyArrow, Jackson, Trino's reader of OpenX JSON and
// org.json, with those that Node has. READERS_SEED and READERS_RECORDS repeat and lengthen a run.
import { families } from '@acme/telemetry-schema';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EventTable, eventTables } from './columns.ts';
import { landed } from './landed.ts';
import { firstDifference, type Reading, type Row } from './reading.ts';
import { duckDb } from './readers/duckdb.ts';
import { jsonParse } from './readers/json-parse.ts';
import { enginesOf, programReaders, readByPrograms } from './readers/programs.ts';
import { strict } from './readers/strict.ts';
import { aRecord } from './senders/records.ts';

const seed = Number(process.env['READERS_SEED'] ?? Date.now() % 1_000_000_000);
const records = Number(process.env['READERS_RECORDS'] ?? 5_000);

/** Of each table, all objects joined, and the rows in their order. */
const objects = new Map<EventTable, Buffer>();
const rowsOf = new Map<EventTable, Row[]>();
let readByProgram: Awaited<ReturnType<typeof readByPrograms>>;

beforeAll(async () => {
  for (const family of families) {
    for (const { table, object, rows } of await landed(
      family,
      fc.sample(aRecord(family), { seed, numRuns: records }),
    )) {
      objects.set(table, Buffer.concat([objects.get(table) ?? Buffer.of(), object]));
      rowsOf.set(table, [...(rowsOf.get(table) ?? []), ...rows]);
    }
  }
  readByProgram = await readByPrograms(objects, enginesOf(process.env));
}, 900_000);

describe.each(eventTables)('what lands in %s', (table) => {
  const isRead = async (read: (object: Buffer) => Promise<readonly Reading[]> | readonly Reading[]): Promise<void> => {
    const rows = rowsOf.get(table) as Row[];
    const difference = firstDifference(rows, await read(objects.get(table) as Buffer));
    expect([difference, `READERS_SEED=${seed}`]).toEqual([undefined, `READERS_SEED=${seed}`]);
    expect(rows.length).toBeGreaterThan(records / 2);
  };

  it.each(programReaders)('is read by %s as the contract parsed it', async (reader) =>
    isRead(() => readByProgram(reader, table)),
  );

  it.each([
    ['DuckDB', duckDb],
    ['JSON.parse', jsonParse],
    ['the strict reader', strict],
  ] as const)('is read by %s as the contract parsed it', async (_, read) => isRead((object) => read(table, object)));
});
