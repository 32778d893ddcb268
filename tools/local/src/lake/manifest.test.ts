// The loader's manifests on the laptop's S3: what conditional writes are worth shows only against a real one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { manifestKey } from '@acme/lake-layout';
import { openS3, servedAlone } from '@acme/laptop-aws/testing';
import { changeFiles, listFiles, replaceFiles } from '../../../../apps/lake-loader/src/manifest/index.ts';

const bucket = 'lake';
const table = 'telemetry';
const file = (name: string | number): string => `s3://lake/tables/telemetry/date=2026-11-21/${name}.parquet`;
let dir: string;
let served: Awaited<ReturnType<typeof servedAlone>>;
let s3: S3Client;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'manifest-'));
  const store = await openS3({ dir });
  store.createBucket(bucket);
  served = await servedAlone(store.service);
  s3 = new S3Client(served.client);
});
afterAll(async () => {
  s3.destroy();
  await served.close();
  rmSync(dir, { recursive: true });
});

describe('a manifest', () => {
  it('lists no files for a day that nothing was written for', async () => {
    expect(await listFiles({ s3, bucket, table, date: '2026-01-01' })).toEqual({ files: [] });
  });

  it('holds each file once, sorted, one a line, where the table looks for it', async () => {
    const day = { s3, bucket, table, date: '2026-01-02' };
    await changeFiles({ ...day, change: () => [file('b'), file('a'), file('b')] });

    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: 'manifests/telemetry/date=2026-01-02/files.txt' }),
    );
    expect(await Body?.transformToString()).toBe(`${file('a')}\n${file('b')}\n`);
    expect(await listFiles(day)).toEqual({ files: [file('a'), file('b')], etag: expect.any(String) });
  });

  it('holds a file once that whoever replaces it names twice', async () => {
    const day = { s3, bucket, table, date: '2026-01-20' };
    expect(await replaceFiles(day, [file('b'), file('a'), file('b')], undefined)).toBe(true);
    expect((await listFiles(day)).files).toEqual([file('a'), file('b')]);
  });

  it('loses no file when many writers add theirs at once', async () => {
    const day = { s3, bucket, table, date: '2026-01-03' };
    const names = Array.from({ length: 12 }, (_, writer) => file(writer));
    await Promise.all(names.map((name) => changeFiles({ ...day, change: (files) => [...files, name] })));

    expect((await listFiles(day)).files).toEqual(names.sort());
  });

  it('is not written when nothing changes', async () => {
    const day = { s3, bucket, table, date: '2026-01-04' };
    await changeFiles({ ...day, change: () => [file('a'), file('b')] });
    const readOnly = { send: (command: object) => refusePuts(command) } as S3Client;

    await changeFiles({ ...day, s3: readOnly, change: (files) => [...files, file('a')] });
    await changeFiles({ ...day, s3: readOnly, change: (files) => [...files].reverse() });
    await changeFiles({ ...day, s3: readOnly, date: '2026-01-05', change: (files) => files });
  });

  it('is written when a file goes, and when one takes the place of another', async () => {
    const day = { s3, bucket, table, date: '2026-01-21' };
    await changeFiles({ ...day, change: () => [file('a'), file('b')] });
    await changeFiles({ ...day, change: ([first]) => [first as string] });
    expect((await listFiles(day)).files).toEqual([file('a')]);
    await changeFiles({ ...day, change: () => [file('c')] });
    expect((await listFiles(day)).files).toEqual([file('c')]);
  });

  it('is plain text', async () => {
    const day = { s3, bucket, table, date: '2026-01-22' };
    await changeFiles({ ...day, change: () => [file('a')] });
    const Key = manifestKey(table, day.date);
    expect((await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))).ContentType).toBe('text/plain');
  });

  it('is no empty one, and no lost race, where S3 fails for another reason', async () => {
    const day = { s3, bucket: 'no-such-bucket', table, date: '2026-01-01' };
    await expect(listFiles(day)).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(replaceFiles(day, [file('a')], undefined)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it.each(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'])(
    'has another writer who was quicker when S3 answers %s',
    async (name) => {
      const answers = { send: () => Promise.reject(Object.assign(new Error(name), { name })) } as unknown as S3Client;
      expect(await replaceFiles({ s3: answers, bucket, table, date: '2026-01-01' }, [file('a')], 'etag')).toBe(false);
    },
  );

  it('is replaced only by a writer that has seen what it replaces', async () => {
    const day = { s3, bucket, table, date: '2026-01-06' };

    expect(await replaceFiles(day, [file('a')], undefined)).toBe(true);
    expect(await replaceFiles(day, [file('b')], undefined)).toBe(false);
    const { etag } = await listFiles(day);
    expect(await replaceFiles(day, [file('b')], etag)).toBe(true);
    expect(await replaceFiles(day, [file('c')], etag)).toBe(false);
    expect((await listFiles(day)).files).toEqual([file('b')]);
    expect(await replaceFiles({ ...day, date: '2026-01-07' }, [file('c')], etag)).toBe(false);
  });

  it('takes nothing that a line could not hold', async () => {
    const day = { s3, bucket, table, date: '2026-01-08' };

    await expect(replaceFiles(day, ['tables/telemetry/a.parquet'], undefined)).rejects.toThrow('s3://bucket/key');
    for (const line of [`${file('a')}\n`, `old ${file('a')}`, `${file('a')} ${file('b')}`])
      await expect(replaceFiles(day, [line], undefined)).rejects.toThrow('without white space');
    expect(await listFiles(day)).toEqual({ files: [] });
  });

  it('gives up, having changed nothing, when others are always quicker', async () => {
    const day = { s3, bucket, table, date: '2026-01-09' };
    let others = 0;
    const outrun = {
      send: async (command: object) => {
        if (command instanceof PutObjectCommand) {
          others += 1;
          await changeFiles({ ...day, change: () => [file(`other-${others}`)] });
        }
        return s3.send(command as PutObjectCommand);
      },
    } as S3Client;

    await expect(
      changeFiles({ ...day, s3: outrun, change: (files) => [...files, file('mine')], patienceMs: 300 }),
    ).rejects.toMatchObject({
      name: 'ManifestBusyError',
      message: 'other writers kept changing the manifest of telemetry 2026-01-09; run it again',
    });
    expect((await listFiles(day)).files).toEqual([file(`other-${others}`)]);
  });
});

const refusePuts = (command: object): Promise<unknown> => {
  if (command instanceof PutObjectCommand) throw new Error('nothing was to be written');
  return s3.send(command as GetObjectCommand);
};
