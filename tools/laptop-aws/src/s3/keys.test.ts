import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { keyOf, pathOf } from './object-paths.ts';
import { body, Bucket, client, dir, objectFile, reopen, reported, s3, serveS3 } from './served-s3.fixture.ts';

serveS3();

const keysThere = async (): Promise<(string | undefined)[]> => {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key);
};

/** Keys that are no paths, and their neighbours. */
const strange = [
  ...['a', 'a/', 'a//b', 'a/b', 'a.data', 'a.data/b', 'a.data/b.data/c', '/a', '//', '.data/x', 'a.dat%61/b'],
  ...['./a', '../../outside', 'a/../b', 'a/./b', '%2e%2e/a', '%_/a', 'long%+/a', 'a%25', 'a\\b', 'a:b?'],
  ...['x'.repeat(250), 'x'.repeat(251), 'x'.repeat(1024), `${'y'.repeat(300)}/${'z'.repeat(400)}`],
  ...['é'.repeat(512), '\u{1f600}'.repeat(256), '?'.repeat(1024), 'tab\tand "quotes" <&>'],
  `${'/'.repeat(40)}a`,
];

describe('a key of S3', () => {
  it('may be any text of up to 1,024 bytes: what was put is there, listed, and there after a restart', async () => {
    for (const Key of strange) await client.send(new PutObjectCommand({ Bucket, Key, Body: `of ${Key}` }));
    for (let start = 0; start < 2; start++) {
      expect((await keysThere()).sort()).toEqual([...strange].sort());
      for (const key of strange) expect((await body(key)).toString()).toBe(`of ${key}`);
      await reopen();
    }
    expect(globSync('**/outside*', { cwd: dir })).toEqual(['s3/buckets/lake/objects/%2e%2e/%2e%2e/outside.data']);
    for (const [at, Key] of strange.entries()) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      expect(await keysThere()).toHaveLength(strange.length - at - 1);
    }
    expect(globSync('**/*', { cwd: objectFile('') })).toEqual([]);
  });

  it('may be so strange in parts, in a copy and in a list to delete too', async () => {
    const key = `${'p'.repeat(300)}.data/../${'q'.repeat(300)}`;
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: key }));
    const { ETag } = await client.send(
      new UploadPartCommand({ Bucket, Key: key, UploadId, PartNumber: 1, Body: 'in parts' }),
    );
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: key, UploadId, MultipartUpload }));
    const CopySource = `${Bucket}/${encodeURIComponent(key)}`;
    await client.send(new CopyObjectCommand({ Bucket, Key: `${key}//copy`, CopySource }));
    expect((await body(`${key}//copy`)).toString()).toBe('in parts');
    const Objects = [key, `${key}//copy`].map((Key) => ({ Key }));
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(await keysThere()).toEqual([]);
  });

  it('of 1,025 bytes is refused as S3 refuses it, whatever is asked', async () => {
    const Key = `${'é'.repeat(512)}x`;
    const refused = { name: 'KeyTooLongError', $metadata: { httpStatusCode: 400 } };
    await expect(client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).rejects.toMatchObject(refused);
    await expect(client.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject(refused);
    await expect(client.send(new DeleteObjectCommand({ Bucket, Key }))).rejects.toMatchObject(refused);
    await expect(client.send(new CreateMultipartUploadCommand({ Bucket, Key }))).rejects.toMatchObject(refused);
    await expect(client.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
    });
    await expect(s3.put(Bucket, Key, Buffer.from('x'))).rejects.toMatchObject({ code: 'KeyTooLongError' });
    expect(await keysThere()).toEqual([]);
  });

  it('that is usual lies where it always lay, and nothing of this machine is in an error', async () => {
    const usual = 'telemetry/year=2026/hour=01/data.x/a b+c=1_2.parquet';
    await s3.put(Bucket, usual, Buffer.from('x'));
    expect(existsSync(objectFile(`${usual}.data`))).toBe(true);

    mkdirSync(objectFile('taken.data/by'), { recursive: true }); // as nothing of S3 would leave it
    const refusal = client.send(new PutObjectCommand({ Bucket, Key: 'taken', Body: 'x' }));
    await expect(refusal).rejects.toMatchObject({
      name: 'InternalError',
      message: 'We encountered an internal error. Please try again.',
    });
    expect(reported[0]).toMatch(/^S3: PUT \/lake\/taken\?x-id=PutObject: EISDIR: .*taken\.data'$/);
  });

  it('of an older state folder is found, although its folder was named as files are', async () => {
    for (const key of ['old.data/b', 'old.data/c.data/d', 'old']) {
      mkdirSync(dirname(objectFile(`${key}.data`)), { recursive: true });
      if (key !== 'old') writeFileSync(objectFile(`${key}.data`), `of ${key}`);
    }
    await reopen();
    expect(await keysThere()).toEqual(['old.data/b', 'old.data/c.data/d']);
    expect((await body('old.data/c.data/d')).toString()).toBe('of old.data/c.data/d');
    await client.send(new PutObjectCommand({ Bucket, Key: 'old', Body: 'x' }));
    await reopen();
    expect(await keysThere()).toEqual(['old', 'old.data/b', 'old.data/c.data/d']);
  });
});

describe('the path of a key', () => {
  const part = fc.oneof(fc.constantFrom('/', '.', '..', '.data', '%', '%+', '%_', '%61', 'a', 'é', ':'), fc.string());
  const key = fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('').slice(0, 300));

  it('leads back to the key, stays within names that disks take, and is of no other key', () => {
    fc.assert(
      fc.property(key, key, fc.integer({ min: 1, max: 90 }), (one, other, times) => {
        const long = one.repeat(times).slice(0, 340);
        for (const each of [one, other, long]) {
          const file = `${pathOf(each)}.data`;
          expect(keyOf(pathOf(each))).toBe(each);
          const names = file.split('/');
          expect(
            names.every(
              (name, at) =>
                Buffer.byteLength(name) <= 255 &&
                !['', '.', '..'].includes(name) &&
                (at === names.length - 1 || !name.endsWith('.data')),
            ),
          ).toBe(true);
        }
        if (one !== other) expect(pathOf(one)).not.toBe(pathOf(other));
      }),
    );
  });
});
