import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { queryLake } from '@acme/laptop-aws/sql';
import { aLake } from '@acme/laptop-aws/testing';
import { tables } from '@acme/telemetry-schema';
import { columns, type EventTable } from '../columns.ts';
import type { Reading, Row } from '../reading.ts';

/** DuckDB as the laptop's SQL reads the tables of the catalogue. */
export const duckDb = async (table: EventTable, object: Buffer): Promise<Reading[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'acme-readers-'));
  try {
    const lake = aLake(dir);
    const types = (some: (typeof columns)[EventTable]) =>
      Object.fromEntries(some.map(({ name, type }) => [name, type]));
    lake.table(table, types(columns[table]), types(tables[table].partitionKeys));
    const folder = tables[table].partitionKeys.map(({ name }) => `${name}=${partition[name] ?? '01'}/`).join('');
    const names = columns[table].map(({ name }) => name).join(', ');
    const read = async (part: Buffer): Promise<Row[]> => {
      lake.object(`${table}/${folder}part.gz`, gzipSync(part, { level: 1 }));
      const { rows } = await queryLake({ dir, sql: `SELECT ${names} FROM ${table}` });
      return rows as readonly Row[] as Row[];
    };
    return await lineByLine(object, read);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const partition: Readonly<Record<string, string>> = {
  family: 'viewing',
  year: '2026',
  month: '11',
  day: '21',
  hour: '09',
};

/** All rows in one reading; where that fails, halves of it, down to the first line that cannot be read, which is the last. */
const lineByLine = async (object: Buffer, read: (part: Buffer) => Promise<Row[]>): Promise<Reading[]> => {
  const ends = [...lineEnds(object)];
  if (ends.length === 0) return [];
  let error = '';
  try {
    const rows = await read(object);
    if (rows.length === ends.length) return rows.map((row) => ({ row }));
    error = `${rows.length} rows`;
  } catch (thrown) {
    error = (thrown as Error).message;
  }
  if (ends.length === 1) return [{ error }];
  const half = ends[Math.floor(ends.length / 2) - 1] as number;
  const before = await lineByLine(object.subarray(0, half), read);
  const isRead = before.every((reading) => 'row' in reading);
  return isRead ? [...before, ...(await lineByLine(object.subarray(half), read))] : before;
};

function* lineEnds(object: Buffer): Generator<number> {
  for (let at = object.indexOf('\n'); at >= 0; at = object.indexOf('\n', at + 1)) yield at + 1;
}
