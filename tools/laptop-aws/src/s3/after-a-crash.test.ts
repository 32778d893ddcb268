import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { body, Bucket, client, dir, objectFile, reopen, s3, serveS3 } from './served-s3.fixture.ts';

serveS3();

describe('S3 after a crash or a full disk', () => {
  it('agrees with its files after a crash between an object and its metadata', async () => {
    await s3.put(Bucket, 'overwritten', Buffer.from('old'));
    await s3.put(Bucket, 'half deleted', Buffer.from('x'));
    writeFileSync(objectFile('overwritten.data'), 'longer');
    writeFileSync(objectFile('new%3a1.data'), 'bytes');
    rmSync(objectFile('half deleted.data'));
    await reopen();

    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([
      ['new:1', 5],
      ['overwritten', 6],
    ]);
    expect((await body('new:1')).toString()).toBe('bytes');
  });

  it('knows of an overwritten object what it knew, type and metadata, when the new bytes never came', async () => {
    const put = (Key: string, Body: string, ContentType: string) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, Metadata: { shard: Body } }));
    const headed = async (Key: string) => {
      const { ContentLength, ContentType, Metadata, ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      return { ContentLength, ContentType, Metadata, ETag };
    };
    for (const key of ['longer', 'as long']) await put(key, 'old', 'text/plain');
    const before = [await headed('longer'), await headed('as long')];
    await put('longer', 'newer', 'text/html');
    await put('as long', 'new', 'text/html');
    for (const key of ['longer', 'as long']) writeFileSync(objectFile(`${key}.data`), 'old'); // as if killed before
    await reopen();

    expect([await headed('longer'), await headed('as long')]).toEqual(before);
    await reopen();
    expect([await headed('longer'), await headed('as long')]).toEqual(before);
  });

  it('leaves no bytes behind of an object that could not take its place, and what was there before stays', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ContentType: 'text/plain' }));
    renameSync(objectFile('a.data'), objectFile('kept'));
    mkdirSync(objectFile('a.data')); // so that no file can be moved there
    await expect(s3.put(Bucket, 'a', Buffer.from('longer'))).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'longer' }))).rejects.toThrow();
    expect(readdirSync(join(dir, 's3', 'incoming'))).toEqual([]);

    rmdirSync(objectFile('a.data'));
    renameSync(objectFile('kept'), objectFile('a.data'));
    await reopen();
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).toMatchObject({
      ContentLength: 1,
      ContentType: 'text/plain',
    });
  });

  it('keeps the object that was there when nothing can be noted of the one that shall replace it', async () => {
    const journal = join(dir, 's3', 'objects.ndjson');
    await s3.put(Bucket, 'a', Buffer.from('old'));
    renameSync(journal, `${journal}.away`);
    mkdirSync(journal); // where a file should be: nothing can be noted
    await expect(s3.put(Bucket, 'a', Buffer.from('newer'))).rejects.toMatchObject({ code: 'EISDIR' });
    rmdirSync(journal);
    renameSync(`${journal}.away`, journal);
    expect(readFileSync(objectFile('a.data'), 'utf8')).toBe('old');
    expect(readdirSync(join(dir, 's3', 'incoming'))).toEqual([]);
  });

  it('starts without what a full disk has left of an upload in parts', async () => {
    const begin = async (Key: string) => {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }));
      return join(dir, 's3', '_multipart', UploadId as string);
    };
    const [whole, half, partless] = [await begin('whole'), await begin('half'), await begin('partless')];
    writeFileSync(join(half, '.upload.json'), '');
    writeFileSync(join(partless, 'parts', '1.meta.json'), '{"partNumber"');
    await reopen();

    expect([existsSync(half), readdirSync(join(whole, 'parts')), readdirSync(join(partless, 'parts'))]).toEqual([
      false,
      ['1.data', '1.meta.json'],
      ['1.data'],
    ]);
  });

  it('completes an upload in parts at a second attempt, once the disk takes it', async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'a' }));
    const part = { Bucket, Key: 'a', UploadId, PartNumber: 1, Body: 'part' };
    const { ETag } = await client.send(new UploadPartCommand(part));
    mkdirSync(objectFile('a.data'), { recursive: true }); // so that no file can be moved there
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const complete = () =>
      client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'a', UploadId, MultipartUpload }));
    await expect(complete()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    rmdirSync(objectFile('a.data'));
    await complete();
    expect((await body('a')).toString()).toBe('part');
  });

  it('has a bucket whole or not at all', () => {
    const folder = join(dir, 's3', 'buckets', 'other');
    mkdirSync(join(folder, '.bucket.json'), { recursive: true }); // so that no file can be moved there
    expect(() => s3.createBucket('other')).toThrow('EISDIR');
    rmSync(folder, { recursive: true });
    s3.createBucket('other');
    expect(JSON.parse(readFileSync(join(folder, '.bucket.json'), 'utf8'))).toMatchObject({ name: 'other' });
    expect(readdirSync(join(dir, 's3', 'incoming'))).toEqual([]);
  });

  it('writes its journal anew when most of it is of objects that are gone or were written again', async () => {
    const journal = join(dir, 's3', 'objects.ndjson');
    await s3.put(Bucket, 'kept', Buffer.from('x'), 'text/plain');
    const line = readFileSync(journal, 'utf8');
    appendFileSync(journal, line.repeat(12_000));
    await reopen();

    expect(readFileSync(journal, 'utf8')).toBe(line);
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'kept' }))).toMatchObject({
      ContentLength: 1,
      ContentType: 'text/plain',
    });
  });
});
