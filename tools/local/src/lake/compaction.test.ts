// What the loader's compaction brings into `telemetry`, on the laptop's own S3 and Athena, with the tables of its stack.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changeFiles } from '../../../../apps/lake-loader/src/manifest/index.ts';
import { aLake } from './a-lake.fixture.ts';

let lake: Awaited<ReturnType<typeof aLake>>;
beforeEach(async () => {
  lake = await aLake();
});
afterEach(() => lake.close());

/** Has the statement that finds conflicting ids. */
const operations = join(import.meta.dirname, '../../../../docs/operations.md');

const on = (date: string, ...ids: string[]) =>
  ids.map((event_id) => aViewingEvent({ event_id, event_timestamp: `${date}T09:30:00.000Z` }));

describe('compaction', () => {
  it('brings each raw event into the day it happened, once, whole, as zstd Parquet', async () => {
    const event = aViewingEvent({
      event_id: 'a',
      event_timestamp: '2026-11-20T23:59:59.999Z',
      watch_duration_seconds: 7,
    });
    await lake.land('2026-11-21T00', [event, ...on('2026-11-21', 'b', 'c'), event]);
    await lake.land('2026-11-21T00', on('2026-11-21', 'b'));

    expect(await lake.compact()).toEqual({
      hours: 1,
      rawBytes: expect.any(Number),
      before: 0,
      aside: { count: 0, names: [] },
      mended: 0,
      dates: ['2026-11-20', '2026-11-21'],
      files: 2,
      bytes: expect.any(Number),
      isDone: true,
    });
    expect(await lake.telemetry()).toEqual({ '2026-11-20': ['a'], '2026-11-21': ['b', 'c'] });
    expect(await lake.rows(`SELECT * FROM telemetry WHERE event_id = 'a'`)).toEqual([
      [
        'a',
        'customer-1',
        'title-1',
        'pause',
        '7',
        'tv',
        'HD',
        '2026-11-20T23:59:59.999Z',
        'movie',
        '25.5',
        'session-1',
        '2026-11-20',
      ],
    ]);
  });

  it('knows an event again that comes in a later hour, and takes what lands late in an hour that was done', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'b'));
    await lake.compact();
    await lake.land('2026-11-21T10', [...on('2026-11-21', 'b', 'c'), ...on('2026-11-18', 'late')]);
    await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'd'));
    const nowMs = Date.parse('2026-11-22T10:00:00Z');

    expect(await lake.compact({ nowMs })).toMatchObject({ hours: 2, before: 0 });
    expect(await lake.telemetry()).toEqual({ '2026-11-18': ['late'], '2026-11-21': ['a', 'b', 'c', 'd'] });
  });

  it('brings in what lands days late in an hour that is on record, at the next run on schedule', async () => {
    const hour = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 13);
    const day = hour.slice(0, 10);
    const order = { scheduledTime: new Date().toISOString() };
    await lake.land(hour, on(day, 'a', 'b'));
    expect(await lake.compact({ order })).toMatchObject({ hours: 1 });
    expect(await lake.compact({ order })).toMatchObject({ hours: 0 });
    await lake.land(hour, on(day, 'b', 'late'));

    expect(await lake.compact({ order })).toMatchObject({ hours: 1, files: 1 });
    expect(await lake.telemetry()).toEqual({ [day]: ['a', 'b', 'late'] });
  });

  it('keeps events apart that share an id and not their instant, whichever hour they come in', async () => {
    const at = (event_timestamp: string, watch_duration_seconds = 1) =>
      aViewingEvent({ event_id: 'a', event_timestamp, watch_duration_seconds });
    // One instant in three spellings, and two others; the last on another day.
    const [same, plain, exact] = ['2026-11-21T09:30:00Z', '2026-11-21T09:30:00.0Z', '2026-11-21T09:30:00.000999Z'];
    await lake.land('2026-11-21T10', [at(plain), at(exact), at('2026-11-21T09:30:00.001Z'), at(same)]);
    await lake.compact();
    await lake.land('2026-11-21T11', [at(same, 7), at(exact, 7), at('2026-11-20T09:30:00Z', 7)]);
    await lake.land('2026-11-21T12', [at(plain, 9), at('2026-11-20T09:30:00.000Z', 9)]);
    await lake.compact();

    expect(
      await lake.rows('SELECT event_timestamp, watch_duration_seconds FROM telemetry ORDER BY date, event_timestamp'),
    ).toEqual([
      ['2026-11-20T09:30:00Z', '7'],
      ['2026-11-21T09:30:00.000999Z', '1'],
      ['2026-11-21T09:30:00.001Z', '1'],
    ]);
    const [, statement = ''] =
      /```sql\n([^`]*HAVING COUNT\(DISTINCT[^`]*);\s*```/.exec(readFileSync(operations, 'utf8')) ?? [];
    const rows = await lake.rows(statement);
    expect(new Set(rows.map(([id, time, , , , object]) => `${id} ${time} ${object?.slice(0, 15)}`)).size).toBe(6);
  });

  it('keeps seeded rows, and adds none that they hold already', async () => {
    const [date, folder] = ['2026-11-21', 'tables/telemetry/seeded/'];
    const rows = `SELECT 'seeded-1' AS event_id, '${date}T00:00:00Z' AS event_timestamp UNION ALL SELECT 'seeded-2', '${date}T09:30:00Z'`;
    await lake.run(`UNLOAD (${rows}) TO 's3://lake/${folder}' WITH (format = 'PARQUET', compression = 'ZSTD')`);
    const files = (await lake.keys(folder)).map((key) => `s3://lake/${key}`);
    await changeFiles({ s3: lake.s3, bucket: lake.bucket, table: 'telemetry', date, change: () => files });
    await lake.land('2026-11-21T10', on(date, 'seeded-2', 'live'));
    await lake.compact();

    expect((await lake.manifests())[date]).toEqual(expect.arrayContaining(files));
    expect(await lake.telemetry()).toEqual({ [date]: ['live', 'seeded-1', 'seeded-2'] });
  });

  it('chooses the same of several events with one id, whatever the order they landed in', async () => {
    const versions = [3, 1, 2].map((watch_duration_seconds) =>
      aViewingEvent({ event_id: 'a', watch_duration_seconds }),
    );
    await lake.land('2026-11-21T09', versions);
    await lake.land(
      '2026-11-20T09',
      [...versions].reverse().map((event) => ({ ...event, event_id: 'b' })),
    );
    await lake.compact();

    const rows = await lake.rows('SELECT event_id, watch_duration_seconds FROM telemetry ORDER BY 1');
    expect(rows.map(([id]) => id)).toEqual(['a', 'b']);
    expect(new Set(rows.map(([, seconds]) => seconds)).size).toBe(1);
  });

  it('leaves in the raw zone what happened before the table’s first day, and says so', async () => {
    await lake.land('2026-11-21T09', [...on('2001-02-03', 'old', 'older'), ...on('2026-11-21', 'a')]);

    expect(await lake.compact()).toMatchObject({ before: 2, dates: ['2026-11-21'] });
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a'] });
  });
});
