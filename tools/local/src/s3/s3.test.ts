import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openS3, type S3 } from './s3.ts';

const Bucket = 'lake';
let dir: string;
let s3: S3;
let server: Server;
let client: S3Client;

const open = async (): Promise<void> => {
  s3 = await openS3({ dir });
  server = createServer((request, response) => void s3.service(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
};
const close = async (): Promise<void> => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
};
const reopen = async (): Promise<void> => {
  await close();
  await open();
};
const body = async (Key: string): Promise<Buffer> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from(await (Body as NonNullable<typeof Body>).transformToByteArray());
};
const objectFile = (key: string): string => join(dir, 's3', 'buckets', Bucket, 'objects', key);

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 's3-'));
  await open();
  s3.createBucket(Bucket);
});
afterEach(async () => {
  await close();
  rmSync(dir, { recursive: true });
});

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

  it('refuses a key that would lie outside its bucket', async () => {
    await expect(s3.put(Bucket, '../../outside', Buffer.from('x'))).rejects.toMatchObject({ code: 'InvalidArgument' });
    expect(existsSync(join(dir, 's3', 'buckets', 'outside.data'))).toBe(false);
  });

  it('says what is missing', async () => {
    await expect(s3.put('no-such-bucket', 'x', Buffer.from('x'))).rejects.toMatchObject({ code: 'NoSuchBucket' });
    await expect(
      client.send(new PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'x', Body: 'x' })),
    ).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

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
  }, 30_000);

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

  it.each(['/a', 'a//b', '//'])('refuses the key %s, which would be the file of another', async (key) => {
    await s3.put(Bucket, 'a/b', Buffer.from('kept'));
    await expect(s3.put(Bucket, key, Buffer.from('x'))).rejects.toMatchObject({ code: 'InvalidArgument' });
    await expect(client.send(new DeleteObjectCommand({ Bucket, Key: key }))).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
    expect((await body('a/b')).toString()).toBe('kept');
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

const keyOf = (entry: { Key?: string; Prefix?: string }): string => entry.Key ?? entry.Prefix ?? '';
