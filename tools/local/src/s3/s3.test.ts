import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
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
