import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { describe, expect, it } from '@jest/globals';
import { body, Bucket, client, dir, objectFile, reopen, s3, serveS3 } from './served-s3.fixture.ts';

serveS3();

describe('S3', () => {
  it('gives back what was put, also after a restart', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'a/b c:1.json', Body: '{}', Metadata: { shard: '7' } }));
    await reopen();

    expect((await body('a/b c:1.json')).toString()).toBe('{}');
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'a/b c:1.json' }))).toMatchObject({
      ContentLength: 2,
      Metadata: { shard: '7' },
      ETag: '"99914b932bd37a50b983c5e7c90ae93b"',
    });
  });

  it('stores a stream of the platform itself as a plain file under its key', async () => {
    await s3.put(Bucket, 'telemetry/hour=01/x.gz', Readable.from([Buffer.from('one'), Buffer.from('two')]));

    expect((await body('telemetry/hour=01/x.gz')).toString()).toBe('onetwo');
    expect(existsSync(objectFile('telemetry/hour=01/x.gz.data'))).toBe(true);
  });

  it('stores nothing of a stream that fails half-way', async () => {
    const failing = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('the source broke');
      })(),
    );

    await expect(s3.put(Bucket, 'half', failing)).rejects.toThrow('the source broke');
    expect(await client.send(new ListObjectsV2Command({ Bucket }))).toMatchObject({ KeyCount: 0 });
    expect(readdirSync(join(dir, 's3', 'incoming'))).toEqual([]);
  });

  it('takes an object over 11 MiB in one request and one in parts', async () => {
    const large = randomBytes(12 * 1024 * 1024);
    await client.send(new PutObjectCommand({ Bucket, Key: 'whole', Body: large }));
    await new Upload({ client, params: { Bucket, Key: 'parts', Body: large } }).done();

    expect(large.equals(await body('whole'))).toBe(true);
    expect(large.equals(await body('parts'))).toBe(true);
  });

  it('takes the ETags of parts whose quotes are written by their number, as Go writes them', async () => {
    const Key = 'by number';
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = { Bucket, Key, UploadId };
    const { ETag } = await client.send(new UploadPartCommand({ ...part, PartNumber: 1, Body: 'text' }));
    const complete = new CompleteMultipartUploadCommand({
      ...part,
      MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
    });
    complete.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string };
        expect(request.body).toContain('&quot;');
        request.body = request.body.replaceAll('&quot;', '&#34;');
        return next(args);
      },
      { step: 'serialize', priority: 'low' },
    );
    await client.send(complete);

    expect((await body('by number')).toString()).toBe('text');
  });

  it('lists every key once and in byte order, whatever the pages', async () => {
    const keys = ['B', '_', 'a', 'b-1', 'b/1', 'b/2', 'b1', 'c/1', 'é', '\u{1f600}'];
    for (const key of keys) await s3.put(Bucket, key, Buffer.from(key));

    const pages = async (options: object): Promise<string[]> => {
      const seen: string[] = [];
      for await (const page of paginateListObjectsV2({ client, pageSize: 2 }, { Bucket, ...options })) {
        seen.push(...[...(page.Contents ?? []), ...(page.CommonPrefixes ?? [])].map((entry) => keyOf(entry)));
      }
      return seen;
    };
    expect(await pages({})).toEqual(keys);
    expect((await pages({ Delimiter: '/' })).sort()).toEqual([
      'B',
      '_',
      'a',
      'b-1',
      'b/',
      'b1',
      'c/',
      'é',
      '\u{1f600}',
    ]);
    expect(await pages({ Prefix: 'b/' })).toEqual(['b/1', 'b/2']);
  });

  it('deletes', async () => {
    await s3.put(Bucket, 'gone', Buffer.from('x'));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));

    await expect(body('gone')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(existsSync(objectFile('gone.data'))).toBe(false);
  });

  it('writes a key once when asked to with If-None-Match', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'first', IfNoneMatch: '*' }));

    await expect(
      client.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'second', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect((await body('once')).toString()).toBe('first');
  });

  it('replaces an object only while it has the ETag that If-Match names, with quotes or without', async () => {
    const put = (Key: string, Body: string, IfMatch?: string) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body, ...(IfMatch ? { IfMatch } : {}) }));
    const { ETag: first = '' } = await put('list', 'first');
    const { ETag: second = '' } = await put('list', 'second', first);

    await expect(put('list', 'late', first)).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect((await body('list')).toString()).toBe('second');
    await put('list', 'third', second.replaceAll('"', ''));
    expect((await body('list')).toString()).toBe('third');
    await expect(put('nothing', 'x', first)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('lets one of many writers through who hold the same ETag', async () => {
    const { ETag: IfMatch } = await client.send(new PutObjectCommand({ Bucket, Key: 'list', Body: 'start' }));
    const writers = Array.from({ length: 20 }, (_, writer) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'list', Body: `writer ${writer}`, IfMatch })),
    );

    const settled = await Promise.allSettled(writers);
    const through = settled.flatMap(({ status }, writer) => (status === 'fulfilled' ? [writer] : []));
    expect(through).toHaveLength(1);
    expect((await body('list')).toString()).toBe(`writer ${through[0]}`);
  });

  it('says what is missing', async () => {
    await expect(s3.put('no-such-bucket', 'x', Buffer.from('x'))).rejects.toMatchObject({ code: 'NoSuchBucket' });
    await expect(
      client.send(new PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'x', Body: 'x' })),
    ).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('keeps a key that ends with a slash apart from one that does not', async () => {
    for (const key of ['a', 'a/', 'a/b']) await s3.put(Bucket, key, Buffer.from(key));
    await reopen();
    expect(await Promise.all(['a', 'a/', 'a/b'].map(async (key) => String(await body(key))))).toEqual([
      'a',
      'a/',
      'a/b',
    ]);
  });
});

const keyOf = (entry: { Key?: string; Prefix?: string }): string => entry.Key ?? entry.Prefix ?? '';
