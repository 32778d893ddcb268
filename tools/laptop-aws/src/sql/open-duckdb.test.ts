import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLake, ndjson } from './lake.fixture.ts';
import { openDuckDb } from './open-duckdb.ts';
import { queryLake } from './query-lake.ts';

/** U+FEFF: a byte-order mark at the start of a file, a character like any other in a value. */
const mark = '\ufeff';
const texts = [mark, `${mark}short`, `${mark}longer than the twelve bytes in place`, `${mark}${mark}`, `in${mark}side`];

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'texts-'));
  const lake = aLake(dir);
  lake.table('texts', { place: 'bigint', value: 'string' });
  lake.object('texts/x.gz', ndjson(...texts.map((value, place) => ({ place, value }))));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('a text that begins with U+FEFF', () => {
  it('comes from an object of the lake as it is', async () => {
    const { rows } = await queryLake({ dir, sql: 'SELECT value, length(value) AS length FROM texts ORDER BY place' });
    expect(rows).toEqual(texts.map((value) => ({ value, length: value.length })));
  });

  it('comes as it is from a statement, in lists and structures, and as the name of a column', async () => {
    const sql = `SELECT '${mark}a' AS text, ['${mark}b'] AS list, {'key': '${mark}c'} AS struct, 1 AS "${mark}d"`;
    expect((await queryLake({ dir, sql })).rows).toEqual([
      { text: `${mark}a`, list: [`${mark}b`], struct: { key: `${mark}c` }, [`${mark}d`]: 1 },
    ]);
  });

  it('is found by a condition, and is not the text without it', async () => {
    const found = async (value: string) =>
      (await queryLake({ dir, sql: `SELECT place FROM texts WHERE value = '${value}'` })).rows;
    expect(await found(`${mark}short`)).toEqual([{ place: 1 }]);
    expect(await found('short')).toEqual([]);
  });

  it('comes as it is whatever asks DuckDB, also in its union type', async () => {
    const instance = await openDuckDb(':memory:');
    const connection = await instance.connect();
    const answer = await connection.runAndReadAll('SELECT $1::VARCHAR, union_value(text := $1::VARCHAR)', [`${mark}a`]);
    expect(answer.getRowsJson()).toEqual([[`${mark}a`, { tag: 'text', value: `${mark}a` }]]);
    connection.closeSync();
    instance.closeSync();
  });
});
