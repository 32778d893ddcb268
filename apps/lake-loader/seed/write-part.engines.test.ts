// A stock reader of Parquet, PyArrow, on what seeding writes.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dataSet, viewingEvents } from '@acme/synthetic';
import { customers } from '@acme/synthetic/tables';
import { afterAll, describe, expect, it } from '@jest/globals';
import { rowGroupRows } from './parquet.ts';
import { partsOf } from './parts.ts';
import { smallTableBytes } from './small-tables.ts';
import { partWriter } from './write-part.ts';

const folder = mkdtempSync(join(tmpdir(), 'acme-pyarrow-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = `
import json, sys
import pyarrow.parquet as parquet
file = parquet.ParquetFile(sys.argv[1])
groups = [file.metadata.row_group(g) for g in range(file.metadata.num_row_groups)]
columns = [group.column(c) for group in groups for c in range(group.num_columns)]
rows = file.read().to_pylist()
print(json.dumps({
    'types': {field.name: str(field.type) for field in file.schema_arrow},
    'groups': [group.num_rows for group in groups],
    'compression': sorted({column.compression for column in columns}),
    'statistics': sorted({column.path_in_schema for column in columns if column.statistics and column.statistics.has_min_max}),
    'rows': rows[:300] + rows[-300:],
}))`;

const read = async (file: string) => {
  const python = process.env['PYARROW'];
  if (!python) throw new Error('PYARROW must be the path of a Python with pyarrow: use npm run test:engines');
  const { stdout } = await promisify(execFile)(python, ['-c', program, file], { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
};

describe('PyArrow', () => {
  it('reads the events of a day as they were made, with their types, zstd, statistics and row groups', async () => {
    const set = dataSet({ scale: 2, from: '2026-10-01', to: '2026-10-01' });
    const file = join(folder, 'part.parquet');
    await (
      await partWriter(set)
    )(partsOf(set)[0]!, file);
    const events = viewingEvents(set.universe, set.range);
    const types = {
      event_id: 'string',
      customer_id: 'string',
      title_id: 'string',
      event_type: 'string',
      watch_duration_seconds: 'int32',
      device_type: 'string',
      quality: 'string',
      event_timestamp: 'string',
      title_type: 'string',
      completion_percentage: 'double',
      session_id: 'string',
    };
    expect(await read(file)).toEqual({
      types,
      groups: [rowGroupRows, 200_000 - rowGroupRows],
      compression: ['ZSTD'],
      statistics: Object.keys(types).sort(),
      rows: [...events.slice(0, 300), ...events.slice(-300)],
    });
  });

  it('reads the customers with their lists of genres', async () => {
    const { universe } = dataSet();
    const file = join(folder, 'customers.parquet');
    const rows = customers(universe);
    writeFileSync(file, await smallTableBytes('customers', rows));
    expect(await read(file)).toMatchObject({
      types: {
        customer_id: 'string',
        email: 'string',
        subscription_tier: 'string',
        country: 'string',
        is_active: 'bool',
        preferred_genres: 'list<element: string>',
        signup_date: 'string',
      },
      groups: [10_000],
      compression: ['ZSTD'],
      rows: [...rows.slice(0, 300), ...rows.slice(-300)],
    });
  });
});
