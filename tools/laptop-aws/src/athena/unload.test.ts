import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ndjson } from '../sql/lake.fixture.ts';
import { objectsFolder } from '../sql/table-objects.ts';
import { anAthena } from './athena.fixture.ts';

let place: Awaited<ReturnType<typeof anAthena>>;

beforeEach(async () => {
  place = await anAthena();
  place.lake.table('streaming_events', { event_id: 'string', event_timestamp: 'string', seconds: 'int' });
  place.lake.object(
    'streaming_events/x.gz',
    ndjson(
      { event_id: 'a', event_timestamp: '2026-11-20T23:59:59Z', seconds: 1 },
      { event_id: 'b', event_timestamp: '2026-11-21T00:00:00Z', seconds: 2 },
      { event_id: 'c', event_timestamp: '2026-11-21T00:00:01Z' },
    ),
  );
});
afterEach(() => place.close());

const objects = (folder: string): string[] =>
  readdirSync(join(objectsFolder(place.dir, 'lake'), folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.data'))
    .sort();

const unload = (select: string, target: string, properties: string): string =>
  `UNLOAD (${select}) TO 's3://lake/${target}' WITH (${properties})`;

describe('UNLOAD', () => {
  it('writes the types that SELECT reports: a sum of whole numbers is a bigint', async () => {
    const select = 'SELECT sum(CAST(seconds AS bigint)) AS total, count(*) AS "how many" FROM streaming_events';
    expect(await place.run(unload(select, 'sums/', `format = 'PARQUET'`))).toMatchObject({
      Status: { State: 'SUCCEEDED' },
    });

    const connection = await (await DuckDBInstance.create()).connect();
    const file = join(objectsFolder(place.dir, 'lake'), 'sums', objects('sums')[0] as string);
    const read = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
    expect(read.columnTypes().map(String)).toEqual(['BIGINT', 'BIGINT']);
    expect(read.getRowObjects()).toEqual([{ total: 3n, 'how many': 3n }]);
  });

  it('writes Parquet by partition, and a manifest that lists every object', async () => {
    const select =
      'SELECT event_id, seconds, substr(event_timestamp, 1, 10) AS "date" FROM streaming_events ORDER BY event_id';
    const properties = `format = 'PARQUET', compression = 'ZSTD', partitioned_by = ARRAY['date']`;
    const execution = await place.run(unload(select, 'tables/telemetry/', properties));

    expect(execution).toMatchObject({
      StatementType: 'DML',
      SubstatementType: 'UNLOAD',
      Status: { State: 'SUCCEEDED' },
    });
    const keys = objects('tables/telemetry').map((file) => `tables/telemetry/${file.slice(0, -'.data'.length)}`);
    expect(keys.map((key) => key.split('/')[2])).toEqual(['date=2026-11-20', 'date=2026-11-21']);
    const id = execution.QueryExecutionId as string;
    expect(execution.Statistics?.DataManifestLocation).toBe(`s3://lake/athena-results/${id}-manifest.csv`);
    expect(readFileSync(join(objectsFolder(place.dir, 'lake'), `athena-results/${id}-manifest.csv.data`), 'utf8')).toBe(
      keys.map((key) => `s3://lake/${key}\n`).join(''),
    );
    const connection = await (await DuckDBInstance.create()).connect();
    const file = join(objectsFolder(place.dir, 'lake'), `${keys[1] as string}.data`);
    const read = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}', hive_partitioning = false)`);
    expect(read.getRowObjects()).toEqual([
      { event_id: 'b', seconds: 2 },
      { event_id: 'c', seconds: null },
    ]);
    const codecs = await connection.runAndReadAll(`SELECT DISTINCT compression FROM parquet_metadata('${file}')`);
    expect(codecs.getRows()).toEqual([['ZSTD']]);
    expect((await place.rows(id)).rows).toEqual([]);
  });

  it('writes JSON that the lake reads again', async () => {
    await place.run(unload('SELECT * FROM streaming_events', 'copied', `format = 'json'`));
    place.lake.table('copied', { event_id: 'string', event_timestamp: 'string', seconds: 'int' });

    expect(objects('copied')).toEqual([expect.stringMatching(/^\d{8}_\d{6}_00000_\w{5}_[0-9a-f-]{36}\.gz\.data$/)]);
    expect(await place.ask('SELECT event_id, seconds FROM copied ORDER BY 1')).toEqual([
      ['event_id', 'seconds'],
      ['a', '1'],
      ['b', '2'],
      ['c', undefined],
    ]);
  });

  it('writes JSON by partition, without the partition’s column', async () => {
    const select = `SELECT event_id, seconds, CASE WHEN event_id = 'a' THEN 'x/y z' END AS kind FROM streaming_events`;
    const { Status } = await place.run(unload(select, 'kinds', `format = 'JSON', partitioned_by = ARRAY['kind']`));
    expect(Status).toMatchObject({ State: 'SUCCEEDED' });
    const lines = objects('kinds').map((file) => [
      file.split('/')[0],
      gunzipSync(readFileSync(join(objectsFolder(place.dir, 'lake'), 'kinds', file))).toString(),
    ]);
    expect(lines).toEqual([
      ['kind=__HIVE_DEFAULT_PARTITION__', '{"event_id":"b","seconds":2}\n{"event_id":"c","seconds":null}\n'],
      ['kind=x%252Fy%2520z', '{"event_id":"a","seconds":1}\n'],
    ]);
  });

  it('writes nothing where something is already', async () => {
    const again = unload('SELECT 1 AS n', 'streaming_events/', `format = 'PARQUET'`);
    expect((await place.run(again)).Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: expect.stringContaining(
        'HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: s3://lake/streaming_events/',
      ),
    });
    expect(objects('streaming_events')).toEqual(['x.gz.data']);
  });

  it('adds partitions to what is there, as Athena does', async () => {
    const day = unload(
      "SELECT 1 AS n, '2026-11-21' AS date",
      'days',
      `format = 'PARQUET', partitioned_by = ARRAY['date']`,
    );
    await place.run(day);
    expect((await place.run(day)).Status?.State).toBe('SUCCEEDED');
    expect(objects('days')).toHaveLength(2);
  });

  const parquet = `format = 'PARQUET'`;
  it.each([
    [
      unload('SELECT event_id, seconds FROM streaming_events', 'out', `${parquet}, partitioned_by = ARRAY['event_id']`),
      'HIVE_COLUMN_ORDER_MISMATCH',
    ],
    [
      unload('SELECT i AS n, i AS p FROM range(101) AS r(i)', 'out', `${parquet}, partitioned_by = ARRAY['p']`),
      'HIVE_TOO_MANY_OPEN_PARTITIONS',
    ],
    [unload('SELECT 1 AS n', 'out', `format = 'ORC'`), 'the laptop unloads as PARQUET, JSON, TEXTFILE'],
    [
      unload('SELECT 1 AS n', 'out', `${parquet}, compression = 'BZIP2'`),
      'the laptop compresses parquet with GZIP, SNAPPY, ZSTD, LZ4, NONE',
    ],
    [unload('SELECT 1 AS n', 'out', `${parquet}, bucket_count = 3`), 'UNLOAD has no property bucket_count'],
    [
      unload('SELECT 1 AS n', 'out', `${parquet}, partitioned_by = 'date'`),
      "partitioned_by has to be ARRAY['column', …]",
    ],
    [`UNLOAD (SELECT 1 AS n) TO 's3://nowhere/out/' WITH (${parquet})`, 'The specified bucket does not exist: nowhere'],
    [
      `UNLOAD SELECT 1 TO 's3://lake/out/' WITH (${parquet})`,
      "SYNTAX_ERROR: UNLOAD (SELECT …) TO 's3://bucket/prefix/'",
    ],
    [unload('DROP TABLE streaming_events', 'out', parquet), 'Only one reading statement is run here'],
    [unload("COPY (SELECT 1) TO 'x'", 'out', parquet), 'Only one reading statement is run here'],
    [unload("SELECT 1) TO 'x'; --", 'out', parquet), 'SYNTAX_ERROR'],
    [unload('SELECT nope FROM streaming_events', 'out', parquet), 'COLUMN_NOT_FOUND'],
  ])('%p fails, and leaves nothing', async (sql, reason) => {
    expect((await place.run(sql)).Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: expect.stringContaining(reason),
    });
    expect(existsSync(join(objectsFolder(place.dir, 'lake'), 'out'))).toBe(false);
    expect(readdirSync(join(place.dir, 'athena/scratch'))).toEqual([]);
  });
});
