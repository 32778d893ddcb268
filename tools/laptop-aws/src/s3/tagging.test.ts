import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
  type Tag,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { body, Bucket, client, dir, objectFile, reopen, s3, serveS3 } from './served-s3.fixture.ts';

serveS3();

const put = (Key: string, Tagging?: string, Body = 'bytes') =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...(Tagging === undefined ? {} : { Tagging }) }));
const setTags = (Key: string, TagSet: Tag[]) =>
  client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }));
const tagsOf = async (Key: string): Promise<Tag[] | undefined> =>
  (await client.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;
const facts = async (Key: string) => {
  const { ETag, LastModified, ContentLength, Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  return { ETag, LastModified, ContentLength, Metadata, body: String(await body(Key)) };
};
const one = [{ Key: 'one', Value: '1' }];

describe('tags of an object', () => {
  it('come with it, are set, counted and removed, and leave all else of it alone, also after restarts', async () => {
    await put('tagged', 'a=1&b=two%20words');
    const before = await facts('tagged');
    await reopen();
    expect(await tagsOf('tagged')).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: 'two words' },
    ]);
    expect((await client.send(new GetObjectCommand({ Bucket, Key: 'tagged' }))).TagCount).toBe(2);

    const odd = [
      { Key: 'größe/é', Value: '' },
      { Key: 'a+b@c', Value: 'x=1 y:2' },
    ];
    await setTags('tagged', odd);
    expect(await tagsOf('tagged')).toEqual(odd);
    await reopen();
    expect([await tagsOf('tagged'), await facts('tagged')]).toEqual([odd, before]);

    await client.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'tagged' }));
    await reopen();
    expect([await tagsOf('tagged'), await facts('tagged')]).toEqual([[], before]);
    expect((await client.send(new GetObjectCommand({ Bucket, Key: 'tagged' }))).TagCount).toBeUndefined();
  });

  it('are dropped by whoever overwrites the object, the platform itself too', async () => {
    for (const key of ['by a client', 'by the platform']) await put(key, 'one=1');
    await put('by a client');
    await s3.put(Bucket, 'by the platform', Buffer.from('bytes'));
    await reopen();

    expect([await tagsOf('by a client'), await tagsOf('by the platform')]).toEqual([[], []]);
  });

  it('are still those of the old object when a crash kept the new bytes from coming', async () => {
    await put('a', 'one=1', 'old');
    await put('a', 'two=2', 'newer');
    writeFileSync(objectFile('a.data'), 'old'); // as if killed before
    await reopen();

    expect([await tagsOf('a'), String(await body('a'))]).toEqual([one, 'old']);
  });

  it('are as before when a crash cut off the note of others', async () => {
    await put('a', 'one=1');
    const journal = join(dir, 's3', 'objects.ndjson');
    const length = readFileSync(journal).length;
    await setTags('a', [{ Key: 'two', Value: '2' }]);
    const whole = readFileSync(journal);
    writeFileSync(journal, whole.subarray(0, length));
    appendFileSync(journal, whole.subarray(length, length + 30));
    await reopen();

    expect(await tagsOf('a')).toEqual(one);
  });

  it('go with a copy, unless it replaces them', async () => {
    await put('source', 'one=1');
    const copy = (Key: string, more: object) =>
      client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/source`, ...more }));
    await copy('copied', {});
    await copy('replaced', { TaggingDirective: 'REPLACE', Tagging: 'two=2' });
    await copy('bare', { TaggingDirective: 'REPLACE' });

    expect([await tagsOf('copied'), await tagsOf('replaced'), await tagsOf('bare')]).toEqual([
      one,
      [{ Key: 'two', Value: '2' }],
      [],
    ]);
  });

  it('are those that its upload in parts began with, a restart between', async () => {
    const Key = 'in parts';
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, Tagging: 'one=1' }));
    await reopen();
    const part = { Bucket, Key, UploadId, PartNumber: 1 };
    const { ETag } = await client.send(new UploadPartCommand({ ...part, Body: 'part' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
    await reopen();

    expect([await tagsOf(Key), String(await body(Key))]).toEqual([one, 'part']);
  });

  it.each<[string, Tag[], string]>([
    ['more than 10', Array.from({ length: 11 }, (_, at) => ({ Key: `k${at}`, Value: '' })), 'BadRequest'],
    ['a key over 128 characters', [{ Key: 'k'.repeat(129), Value: '' }], 'InvalidTag'],
    ['a value over 256 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidTag'],
    ['a key twice', [...one, ...one], 'InvalidTag'],
    ['an empty key', [{ Key: '', Value: 'v' }], 'InvalidTag'],
    ["AWS's own", [{ Key: 'aws:x', Value: 'v' }], 'InvalidTag'],
    ['a sign that tags cannot have', [{ Key: 'a<b', Value: '&' }], 'InvalidTag'],
  ])('are refused and stay as they were: %s', async (_, tags, name) => {
    await put('a', 'one=1');
    const header = new URLSearchParams(
      tags.map(({ Key = '', Value = '' }): [string, string] => [Key, Value]),
    ).toString();

    await expect(setTags('a', tags)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    await expect(put('a', header, 'other')).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    expect([await tagsOf('a'), String(await body('a'))]).toEqual([one, 'bytes']);
  });

  it('may be as many and as long as S3 takes', async () => {
    const most = Array.from({ length: 10 }, (_, at) => ({ Key: `${at}`.repeat(128), Value: 'v'.repeat(256) }));
    await put('a');
    await setTags('a', most);
    expect(await tagsOf('a')).toEqual(most);
  });

  it('are refused where there is no such object, and where they are no document', async () => {
    await expect(setTags('nothing', one)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(tagsOf('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('a', 'one=1');
    const { hostname, port } = (await client.config.endpoint?.()) ?? { hostname: '', port: 0 };
    for (const document of ['', 'text', '<Tagging/>', '<Tagging><TagSet><Tag/></TagSet></Tagging>']) {
      const answer = await fetch(`http://${hostname}:${port}/lake/a?tagging`, { method: 'PUT', body: document });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('<Code>MalformedXML</Code>')]);
    }
    expect(await tagsOf('a')).toEqual(one);
  });
});
