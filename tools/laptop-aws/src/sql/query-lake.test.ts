import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openGlue } from '../glue/glue.ts';
import { TableInput } from '../glue/table-input.ts';
import { aLake, ndjson } from './lake.fixture.ts';
import { queryLake } from './query-lake.ts';

const hour = (hh: string): string => `streaming_events/year=2026/month=11/day=21/hour=${hh}`;

let dir: string;
let lake: ReturnType<typeof aLake>;

const rows = async (sql: string): Promise<unknown> => (await queryLake({ dir, sql })).rows;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lake-[1]-'));
  lake = aLake(dir);
  lake.table('streaming_events', { event_id: 'string', event_type: 'string', watch_duration_seconds: 'bigint' }, [
    'year',
    'month',
    'day',
    'hour',
  ]);
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('the lake', () => {
  it('answers from the objects as they are now, with partition keys from their keys', async () => {
    const first = { event_id: 'a', event_type: 'start', watch_duration_seconds: 7 };
    lake.object(`${hour('09')}/x.gz`, ndjson(first, { event_id: 'b', event_type: 'stop', new_field: [1] }));
    expect(await rows('SELECT * FROM streaming_events ORDER BY event_id')).toEqual([
      { ...first, year: '2026', month: '11', day: '21', hour: '09' },
      {
        event_id: 'b',
        event_type: 'stop',
        watch_duration_seconds: null,
        year: '2026',
        month: '11',
        day: '21',
        hour: '09',
      },
    ]);

    lake.object(`${hour('10')}/y`, ndjson({ event_id: 'c', event_type: 'stop' }));
    expect(
      await rows("SELECT event_type, COUNT(*) AS n FROM acme_telemetry.streaming_events WHERE hour = '10' GROUP BY 1"),
    ).toEqual([{ event_type: 'stop', n: 1 }]);
  });

  it('has an empty table with its columns while there are no objects', async () => {
    expect(await rows('SELECT COUNT(*) AS n FROM streaming_events')).toEqual([{ n: 0 }]);
    expect((await queryLake({ dir, sql: 'SELECT * FROM streaming_events' })).columns).toEqual([
      { name: 'event_id', type: 'VARCHAR' },
      { name: 'event_type', type: 'VARCHAR' },
      { name: 'watch_duration_seconds', type: 'BIGINT' },
      ...['year', 'month', 'day', 'hour'].map((name) => ({ name, type: 'VARCHAR' })),
    ]);
  });

  it('leaves out what Athena leaves out: hidden objects, and those outside of every partition', async () => {
    lake.object(`${hour('09')}/_temporary.gz`, ndjson({ event_id: 'hidden' }));
    lake.object('streaming_events/loose.gz', ndjson({ event_id: 'loose' }));
    lake.object('streaming_events_2/year=2026/month=1/day=1/hour=1/x.gz', ndjson({ event_id: 'neighbour' }));

    expect(await rows('SELECT event_id FROM streaming_events')).toEqual([]);
  });

  it('gives values as JSON has them', async () => {
    expect(
      await rows(`SELECT 7 / 2 AS quotient, 9007199254740991 AS safe, 9007199254740993 AS unsafe, 1.50 AS decimal,
                  SUM(1) AS sum, NULL AS nothing, [1::BIGINT] AS list, {'a': 1::HUGEINT} AS struct,
                  TIMESTAMP '2026-11-21 10:00:00' AS at`),
    ).toEqual([
      {
        quotient: 3,
        safe: 9007199254740991,
        unsafe: '9007199254740993',
        decimal: 1.5,
        sum: 1,
        nothing: null,
        list: [1],
        struct: { a: 1 },
        at: '2026-11-21 10:00:00',
      },
    ]);
  });

  it('knows the types that Hive nests', async () => {
    lake.table('nested', { tags: 'array<struct<name:string,score:decimal(5,2)>>', attributes: 'map<string,int>' });
    lake.object('nested/x', ndjson({ tags: [{ name: 'a', score: 1.25 }], attributes: { b: 2 } }));

    expect(await rows("SELECT tags[1].score AS score, attributes['b'] AS b FROM nested")).toEqual([
      { score: 1.25, b: 2 },
    ]);
  });

  it('reads a Parquet table', async () => {
    const parquet = join(dir, 'titles.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT 'title_1' AS title_id, 5400 AS duration_seconds) TO '${parquet}' (FORMAT parquet)`,
    );
    connection.closeSync();
    const glue = openGlue({ dir });
    glue.createDatabase('acme_telemetry', {});
    glue.createTable(
      'acme_telemetry',
      TableInput.parse({
        Name: 'titles',
        StorageDescriptor: {
          Columns: [
            { Name: 'title_id', Type: 'string' },
            { Name: 'duration_seconds', Type: 'int' },
          ],
          Location: 's3://lake/tables/titles/',
          SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      }),
    );
    lake.object('tables/titles/part-0.parquet', readFileSync(parquet));

    expect(await rows('SELECT * FROM titles')).toEqual([{ title_id: 'title_1', duration_seconds: 5400 }]);
  });

  it('stops at the rows it was asked for and says so', async () => {
    const { rows: some, isCut } = await queryLake({ dir, sql: 'SELECT * FROM range(10000) AS numbers(n)', maxRows: 2 });
    expect([some, isCut]).toEqual([[{ n: 0 }, { n: 1 }], true]);
    expect(await queryLake({ dir, sql: 'SELECT 1 AS n', maxRows: 1 })).toMatchObject({ isCut: false });
  });

  it.each([
    ['torn', gzipSync(ndjson({ event_id: 'a'.repeat(5000) })).subarray(0, 40)],
    ['not JSON', gzipSync('{"event_id":"a"}\nhello\n')],
    ['not compressed', Buffer.from('{"event_id":"a"}\n')],
  ])('names an object that is %s', async (_, content) => {
    lake.object(`${hour('09')}/good.gz`, ndjson({ event_id: 'a' }));
    lake.object(`${hour('09')}/broken.gz`, content);

    await expect(rows('SELECT event_id FROM streaming_events')).rejects.toMatchObject({
      name: 'SqlError',
      message: expect.stringMatching(
        /^An object of the lake is broken\. .*s3:\/\/lake\/streaming_events\/year=2026\/month=11\/day=21\/hour=09\/broken\.gz(?!\.data)/,
      ),
    });
  });

  it('says what to do when there is none', async () => {
    await expect(queryLake({ dir: join(dir, 'nowhere'), sql: 'SELECT 1' })).rejects.toThrow('run npm start first');
  });
});
