import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, ndjson } from './lake.fixture.ts';
import { queryLake } from './query-lake.ts';
import { objectsFolder } from './table-objects.ts';

let dir: string;
let lake: ReturnType<typeof aLake>;

const ask = (sql: string) => queryLake({ dir, sql });
const sizeOf = (key: string): number => statSync(join(objectsFolder(dir, 'lake'), `${key}.data`)).size;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'year=1999-'));
  lake = aLake(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('a query over partitions', () => {
  const keys = ['2026-11-20', '2026-11-21', '2026-11-22'].map((date) => `days/date=${date}/x.gz`);

  beforeEach(() => {
    lake.table('days', { n: 'int', text: 'string' }, { date: 'date' });
    for (const [index, key] of keys.entries()) lake.object(key, ndjson({ n: index, text: 'x'.repeat(index * 100) }));
  });

  it.each([
    ["WHERE date = DATE '2026-11-21'", [1]],
    ["WHERE date >= DATE '2026-11-21' AND n < 2", [1, 2]],
    ["WHERE date BETWEEN DATE '2026-11-20' AND DATE '2026-11-21'", [0, 1]],
    ["WHERE date_format(date, '%d') = '20' OR CAST(date AS varchar) LIKE '%22'", [0, 2]],
    ["WHERE date > date_add('day', 1, DATE '2026-11-22')", []],
    // What may fail is asked of rows, not of partitions.
    ['WHERE day(date) = 20', [0, 1, 2]],
    ['WHERE n = 1', [0, 1, 2]],
    [`WHERE "$path" IN ('s3://lake/${keys[0] as string}', 's3://lake/${keys[2] as string}')`, [0, 2]],
    ["AS a JOIN days AS b ON a.n = b.n WHERE a.date = DATE '2026-11-20' AND b.date > DATE '2026-11-21'", [0, 2]],
    ["AS a JOIN days AS b ON a.n = b.n WHERE a.date = DATE '2026-11-20' AND b.date = DATE '2026-11-20'", [0, 0]],
    ['WHERE date = (SELECT max(date) FROM days)', [0, 1, 2, 0, 1, 2]],
  ])('%s reads the objects %p and no others', async (where, read) => {
    const { bytesScanned } = await ask(`SELECT COUNT(*) FROM days ${where}`);
    expect(bytesScanned).toBe(read.reduce((sum, index) => sum + sizeOf(keys[index] as string), 0));
  });

  it('reads all of a table whose reading cannot be told beforehand', async () => {
    const { rows, bytesScanned } = await ask('SUMMARIZE days');
    expect([rows.length, bytesScanned]).toEqual([3, keys.reduce((sum, key) => sum + sizeOf(key), 0)]);
  });

  it('does not meet a broken object in a partition that it does not need', async () => {
    lake.object(keys[2] as string, Buffer.from('no gzip'));
    const { rows } = await ask("SELECT n, date FROM days WHERE date < DATE '2026-11-22' ORDER BY 1");
    expect(rows).toEqual([
      { n: 0, date: '2026-11-20' },
      { n: 1, date: '2026-11-21' },
    ]);
  });

  it('has the URL of a row’s object as "$path", which * leaves out', async () => {
    const { rows } = await ask(`SELECT d.*, "$path" FROM days AS d WHERE "$path" LIKE '%11-21%'`);
    expect(rows).toEqual([
      { n: 1, text: 'x'.repeat(100), date: '2026-11-21', $path: `s3://lake/${keys[1] as string}` },
    ]);
    expect(
      (await ask(`SELECT * FROM (SELECT "$path" AS url, COUNT(*) AS n FROM days GROUP BY 1) ORDER BY 1`)).rows,
    ).toEqual(keys.map((key) => ({ url: `s3://lake/${key}`, n: 1 })));
  });
});

describe('a Parquet table', () => {
  it('counts the bytes of the columns that are read, old and new objects together', async () => {
    lake.table('titles', { title_id: 'string', title_name: 'string', rating: 'double' }, {}, { isParquet: true });
    await lake.parquet(
      'titles/old',
      "SELECT 't' || i AS title_id, repeat('x', i) AS title_name FROM range(1000) AS r(i)",
    );
    await lake.parquet('titles/new', "SELECT 5.5 AS rating, 't' || i AS title_id FROM range(1000, 1010) AS r(i)");

    const all = await ask('SELECT COUNT(title_id), COUNT(title_name), COUNT(rating), MAX(rating) FROM titles');
    expect(all.rows.map(Object.values)).toEqual([[1010, 1000, 10, 5.5]]);
    const [id, name, rating] = await Promise.all(
      ['title_id', 'title_name', 'rating'].map(
        async (column) => (await ask(`SELECT MAX(${column}) FROM titles`)).bytesScanned,
      ),
    );
    expect((id as number) + (name as number) + (rating as number)).toBe(all.bytesScanned);
    expect(all.bytesScanned).toBeLessThan(sizeOf('titles/old') + sizeOf('titles/new'));
    expect((await ask('SELECT COUNT(*) FROM titles')).bytesScanned).toBe(0);
  });

  it('gives a column that no object has as NULL, and others in the type of the catalog', async () => {
    lake.table('titles', { n: 'bigint', added: 'array<string>' }, {}, { isParquet: true });
    await lake.parquet('titles/a', 'SELECT CAST(1 AS INTEGER) AS n');

    expect(await ask('SELECT * FROM titles')).toMatchObject({
      columns: [
        { name: 'n', type: 'BIGINT' },
        { name: 'added', type: 'VARCHAR[]' },
      ],
      rows: [{ n: 1, added: null }],
    });
  });
});

describe('a table whose objects are listed', () => {
  const list = (date: string): string => `manifests/telemetry/date=${date}/list`;

  beforeEach(async () => {
    lake.table(
      'telemetry',
      { event_id: 'string', added: 'string' },
      { date: 'date' },
      { isParquet: true, isListed: true, location: 's3://lake/manifests/telemetry/' },
    );
    await lake.parquet('tables/telemetry/date=1970-01-01/1', "SELECT 'a' AS event_id");
    await lake.parquet('tables/telemetry/2 %', "SELECT 'b' AS event_id, 'new' AS added");
    await lake.parquet('tables/telemetry/not-listed', "SELECT 'c' AS event_id");
    lake.object(list('2026-11-20'), 's3://lake/tables/telemetry/date=1970-01-01/1\n');
    lake.object(list('2026-11-21'), 's3://lake/tables/telemetry/2 %\r\n\n');
  });

  it('has the rows of the listed objects, each in the partition of its list', async () => {
    expect((await ask('SELECT *, "$path" FROM telemetry ORDER BY 1')).rows).toEqual([
      { event_id: 'a', added: null, date: '2026-11-20', $path: 's3://lake/tables/telemetry/date=1970-01-01/1' },
      { event_id: 'b', added: 'new', date: '2026-11-21', $path: 's3://lake/tables/telemetry/2 %' },
    ]);
    expect((await ask(`SELECT event_id FROM telemetry WHERE "$path" = 's3://lake/tables/telemetry/2 %'`)).rows).toEqual(
      [{ event_id: 'b' }],
    );
  });

  it('reads what the lists of the wanted partitions name, and nothing else', async () => {
    lake.object(list('2026-11-22'), 's3://lake/tables/telemetry/gone\n');
    const day = "SELECT event_id FROM telemetry WHERE date = DATE '2026-11-20'";
    expect((await ask(day)).rows).toEqual([{ event_id: 'a' }]);

    await expect(ask('SELECT * FROM telemetry')).rejects.toMatchObject({
      name: 'SqlError',
      message:
        'HIVE_CANNOT_OPEN_SPLIT: s3://lake/tables/telemetry/gone is missing, and s3://lake/manifests/telemetry/date=2026-11-22/list lists it',
    });
  });

  it('counts the bytes of the days that a filter leaves, and of the columns that are asked for', async () => {
    const bytesOf = async (sql: string): Promise<number> => (await ask(sql)).bytesScanned;
    const days = await Promise.all(
      ['2026-11-20', '2026-11-21'].map((date) =>
        bytesOf(`SELECT MAX(event_id) FROM telemetry WHERE date = DATE '${date}'`),
      ),
    );
    expect(days.reduce((sum, bytes) => sum + bytes)).toBe(await bytesOf('SELECT MAX(event_id) FROM telemetry'));
    expect(days.every((bytes) => bytes > 0)).toBe(true);
    expect(await bytesOf("SELECT MAX(event_id) FROM telemetry WHERE date > DATE '2026-11-21'")).toBe(0);
    expect(await bytesOf('SELECT date, COUNT(*) FROM telemetry GROUP BY date')).toBe(0);
  });

  it('has the rows of an object as often as its lists name it', async () => {
    lake.object(list('2026-11-20'), 's3://lake/tables/telemetry/2 %\ns3://lake/tables/telemetry/2 %\n');
    expect((await ask('SELECT COUNT(*) AS n FROM telemetry')).rows).toEqual([{ n: 3 }]);
  });

  it('names a listed object that is broken', async () => {
    lake.object('tables/telemetry/broken', 'no Parquet');
    lake.object(list('2026-11-20'), 's3://lake/tables/telemetry/broken\n');
    await expect(ask('SELECT * FROM telemetry')).rejects.toMatchObject({
      name: 'SqlError',
      message: expect.stringMatching(/^An object of the lake is broken\. .*s3:\/\/lake\/tables\/telemetry\/broken\b/),
    });
  });

  it('counts an object twice when a query reads it twice, and its rows when two lists name it', async () => {
    const once = (await ask('SELECT event_id FROM telemetry')).bytesScanned;
    expect((await ask('SELECT a.event_id FROM telemetry AS a JOIN telemetry AS b USING (event_id)')).bytesScanned).toBe(
      2 * once,
    );
    lake.object(list('2026-11-22'), 's3://lake/tables/telemetry/2 %\n');
    expect((await ask('SELECT event_id, date FROM telemetry ORDER BY 2')).rows).toEqual([
      { event_id: 'a', date: '2026-11-20' },
      { event_id: 'b', date: '2026-11-21' },
      { event_id: 'b', date: '2026-11-22' },
    ]);
  });
});
