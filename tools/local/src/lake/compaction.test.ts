// The loader's compaction on the laptop's own S3 and Athena, with the tables of its stack.
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { changeFiles } from '../../../../apps/lake-loader/src/manifest/index.ts';
import { aLake } from './a-lake.fixture.ts';

jest.setTimeout(60_000);

let lake: Awaited<ReturnType<typeof aLake>>;
beforeEach(async () => {
  lake = await aLake();
}, 60_000);
afterEach(() => lake.close());

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

  it('changes nothing when it runs again, also when it is told to do the hours again', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'b'));
    await lake.compact();
    const before = await lake.manifests();

    expect(await lake.compact()).toMatchObject({ hours: 0, rawBytes: 0, files: 0 });
    expect(await lake.compact({ order: { from: '2026-11-21T00:00:00Z' } })).toMatchObject({
      hours: 1,
      files: 0,
    });
    expect(await lake.manifests()).toEqual(before);
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

  it('keeps seeded rows, and adds none that they hold already', async () => {
    const [date, folder] = ['2026-11-21', 'tables/telemetry/seeded/'];
    const rows = `SELECT 'seeded-1' AS event_id, '${date}T00:00:00Z' AS event_timestamp UNION ALL SELECT 'seeded-2', '${date}T01:00:00Z'`;
    await lake.run(`UNLOAD (${rows}) TO 's3://lake/${folder}' WITH (format = 'PARQUET', compression = 'ZSTD')`);
    const files = (await lake.keys(folder)).map((key) => `s3://lake/${key}`);
    await changeFiles({ s3: lake.s3, bucket: lake.bucket, table: 'telemetry', date, change: () => files });
    await lake.land('2026-11-21T10', on(date, 'seeded-2', 'live'));
    await lake.compact();

    expect((await lake.manifests())[date]).toEqual(expect.arrayContaining(files));
    expect(await lake.telemetry()).toEqual({ [date]: ['live', 'seeded-1', 'seeded-2'] });
  });

  it('takes on schedule only hours that were over, and by hand the one that is filling too', async () => {
    const hour = new Date().toISOString().slice(0, 13);
    await lake.land(hour, on(hour.slice(0, 10), 'a'));

    expect(await lake.compact({ order: { scheduledTime: `${hour}:20:00Z` } })).toMatchObject({
      hours: 0,
      isDone: true,
    });
    expect(await lake.compact()).toMatchObject({ hours: 1, files: 1 });
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

  it('writes more days than one UNLOAD may', async () => {
    const days = Array.from({ length: 230 }, (_, day) =>
      new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
    );
    await lake.land(
      '2026-11-21T09',
      days.flatMap((day) => on(day, `event-${day}`)),
    );

    expect(await lake.compact()).toMatchObject({ files: 230, dates: days });
    expect(Object.keys(await lake.telemetry())).toEqual(days);
  });

  it('leaves in the raw zone what happened before the table’s first day, and says so', async () => {
    await lake.land('2026-11-21T09', [...on('2001-02-03', 'old', 'older'), ...on('2026-11-21', 'a')]);

    expect(await lake.compact()).toMatchObject({ before: 2, dates: ['2026-11-21'] });
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a'] });
  });

  it('does all other hours when one cannot be read, names it, and does it once it can', async () => {
    await lake.put('telemetry/year=2026/month=11/day=21/hour=09/torn.gz', 'no gzip');
    await lake.land('2026-11-21T08', on('2026-11-21', 'a'));
    await lake.land('2026-11-21T10', on('2026-11-21', 'b'));

    await expect(lake.compact()).rejects.toThrow(/1 of the hours failed: 2026-11-21T09; .*query [\w-]+ FAILED/);
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a', 'b'] });
    await lake.land('2026-11-21T09', on('2026-11-21', 'c'), 'torn.gz');
    expect(await lake.compact()).toMatchObject({ hours: 1, isDone: true });
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a', 'b', 'c'] });
  });

  it('stops in time and goes on in the next run', async () => {
    for (const hour of ['08', '09']) await lake.land(`2026-11-21T${hour}`, on('2026-11-21', hour));

    expect(await lake.compact({ deadlineMs: Date.now() + 20_000 })).toMatchObject({ hours: 0, isDone: false });
    expect(await lake.compact()).toMatchObject({ hours: 2, isDone: true });
  });

  it('deletes what a run has left in no manifest, once no run can mean to use it, and nothing else', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a'));
    await lake.compact();
    const seeded = 'tables/telemetry/seeded/date=2026-11-21/0.parquet';
    const left = 'tables/telemetry/run-left/date=2026-11-21/part';
    await lake.put(seeded, 'rows');
    await lake.put(left, 'rows');
    const [file = ''] = (await lake.manifests())['2026-11-21'] ?? [];
    const kept = [seeded, file.slice('s3://lake/'.length)].sort();

    await lake.compact();
    expect(await lake.keys('tables/telemetry/')).toEqual([...kept, left].sort());
    await lake.compact({ nowMs: Date.now() + 3 * 86_400_000 });
    expect((await lake.keys('tables/telemetry/')).sort()).toEqual(kept);
  });

  it('refuses to invent a day for what the loader did not write', async () => {
    await lake.land('2026-11-21T09', [aViewingEvent({ event_timestamp: 'yesterday' })]);

    await expect(lake.compact()).rejects.toThrow('holds events whose event_timestamp is no time');
    expect(await lake.manifests()).toEqual({});
  });
});
