// What seeding does to a bucket, on the laptop's S3; beside a whole platform: platform/seed.slow.test.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openS3, servedAlone } from '@acme/laptop-aws/testing';
import { dataSet } from '@acme/synthetic';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lookThrough } from '../../../../apps/lake-loader/seed/other-sets.ts';
import { storedPart, storePart } from '../../../../apps/lake-loader/seed/part-object.ts';
import { partsOf } from '../../../../apps/lake-loader/seed/parts.ts';
import { runWorkers } from '../../../../apps/lake-loader/seed/workers.ts';
import { changeFiles } from '../../../../apps/lake-loader/src/manifest/index.ts';

const dayMs = 24 * 3_600_000;
const table = 'telemetry';
let dir: string;
let served: Awaited<ReturnType<typeof servedAlone>>;
let s3: S3Client;
let createBucket: (name: string) => void;
let bucket = 'lake-0';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'acme-seed-test-'));
  const store = await openS3({ dir });
  createBucket = (name) => store.createBucket(name);
  served = await servedAlone(store.service);
  s3 = new S3Client(served.client);
});
beforeEach(() => createBucket((bucket = bucket.replace(/\d+/, (number) => String(Number(number) + 1)))));
afterAll(async () => {
  s3.destroy();
  await served.close();
  rmSync(dir, { recursive: true });
});

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
const keys = async () =>
  ((await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'tables/' }))).Contents ?? []).map(
    ({ Key }) => Key,
  );

describe('lookThrough', () => {
  it('knows a data set’s own objects and the days of others; others out of the table go when they are a day old', async () => {
    const own = 'tables/telemetry/seed-1-mine/date=2026-10-01/part-00000.parquet';
    const listed = 'tables/telemetry/seed-2-other/date=2026-10-02/part-00000.parquet';
    const replaced = 'tables/telemetry/seed-3-other/date=2026-10-03/part-00000.parquet';
    const live = 'tables/telemetry/run-0123/date=2026-10-03/part-00000.parquet';
    for (const key of [own, listed, replaced, live]) await put(key, 'rows');
    await changeFiles({ s3, bucket, table, date: '2026-10-02', change: () => [`s3://${bucket}/${listed}`] });

    const expected = { own: new Set([own]), otherDates: ['2026-10-02', '2026-10-03'] };
    expect(await lookThrough(s3, bucket, 'tables/telemetry/seed-1-mine/', Date.now())).toEqual(expected);
    expect(await keys()).toEqual([live, own, listed, replaced]);
    expect(await lookThrough(s3, bucket, 'tables/telemetry/seed-1-mine/', Date.now() + 2 * dayMs)).toEqual(expected);
    expect(await keys()).toEqual([live, own, listed]);
  });
});

describe('storedPart', () => {
  const contents = { rows: 2, watchedSeconds: 30, advertisements: 1 };

  it('tells what an object holds from what was noted when it was stored', async () => {
    const stored = await storePart(s3, bucket, 'part', { file: import.meta.filename, contents });
    expect(await storedPart(s3, bucket, 'part')).toEqual({ ...contents, bytes: stored.bytes });
  });

  it('takes no object that somebody else has put in its place', async () => {
    await storePart(s3, bucket, 'part', { file: import.meta.filename, contents });
    await put('part', 'other bytes');
    expect(await storedPart(s3, bucket, 'part')).toBeUndefined();
    expect(await storedPart(s3, bucket, 'nothing')).toBeUndefined();
  });
});

describe('runWorkers', () => {
  it('tells the first failure by its name, and ends', async () => {
    const options = { scale: 0.1, from: '2026-10-01', to: '2026-10-04' };
    const assignment = { options, bucket: 'no-such-bucket', client: served.client };
    await expect(runWorkers(assignment, partsOf(dataSet(options)), 2, () => undefined)).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});
