import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CopyObjectCommandInput,
  type GetObjectCommandInput,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { body, Bucket, client, reopen, s3, serveS3 } from './served-s3.fixture.ts';

serveS3();

const Key = 'key';
const put = (Body: string, more: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const md5 = (text: string): string => createHash('md5').update(text).digest('base64');
const status = (code: number) => ({ $metadata: { httpStatusCode: code } });
/** The object's ETag and times around its own, which HTTP tells in seconds. */
const stored = async () => {
  const { ETag = '' } = await put('text');
  const { LastModified = new Date(0) } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  return { etag: ETag, at: LastModified, before: new Date(LastModified.getTime() - 1000) };
};

describe('a read by condition', () => {
  it('happens when the condition holds, and an ETag says more than a time', async () => {
    const { etag, at, before } = await stored();
    const holding: Partial<GetObjectCommandInput>[] = [
      { IfMatch: etag },
      { IfMatch: etag.replaceAll('"', '') },
      { IfMatch: '*' },
      { IfMatch: `"other", ${etag}` },
      { IfMatch: etag, IfUnmodifiedSince: before },
      { IfNoneMatch: '"other"' },
      { IfNoneMatch: '"other"', IfModifiedSince: at },
      { IfModifiedSince: before },
      { IfUnmodifiedSince: at },
    ];
    for (const condition of holding) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...condition }));
      expect([condition, await Body?.transformToString()]).toEqual([condition, 'text']);
      expect((await client.send(new HeadObjectCommand({ Bucket, Key, ...condition }))).ETag).toBe(etag);
    }
  });

  it('is 412 when the object is another, and 304 when it is the same', async () => {
    const { etag, at, before } = await stored();
    const unmet: [number, Partial<GetObjectCommandInput>][] = [
      [412, { IfMatch: '"other"' }],
      [412, { IfUnmodifiedSince: before }],
      [304, { IfNoneMatch: etag }],
      [304, { IfNoneMatch: '*' }],
      [304, { IfNoneMatch: etag, IfModifiedSince: before }],
      [304, { IfModifiedSince: at }],
    ];
    for (const [code, condition] of unmet) {
      await expect(client.send(new GetObjectCommand({ Bucket, Key, ...condition }))).rejects.toMatchObject(
        status(code),
      );
      await expect(client.send(new HeadObjectCommand({ Bucket, Key, ...condition }))).rejects.toMatchObject(
        status(code),
      );
    }
  });

  it('can replace six headers of its answer, and none with what no header holds', async () => {
    await put('text', { ContentType: 'text/plain', CacheControl: 'no-store' });
    const Expires = new Date('2027-01-01T00:00:00Z');
    const {
      $metadata: _,
      Body,
      ...answer
    } = await client.send(
      new GetObjectCommand({
        Bucket,
        Key,
        ResponseCacheControl: 'max-age=1',
        ResponseContentDisposition: 'attachment; filename="a.csv"',
        ResponseContentEncoding: 'identity',
        ResponseContentLanguage: 'de',
        ResponseContentType: 'text/csv',
        ResponseExpires: Expires,
      }),
    );
    expect(answer).toMatchObject({
      CacheControl: 'max-age=1',
      ContentDisposition: 'attachment; filename="a.csv"',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      ContentType: 'text/csv',
      ExpiresString: Expires.toUTCString(),
    });
    expect(await Body?.transformToString()).toBe('text');
    expect((await client.send(new HeadObjectCommand({ Bucket, Key }))).ContentType).toBe('text/plain');
    await expect(
      client.send(new GetObjectCommand({ Bucket, Key, ResponseContentType: 'a\r\nx-evil: 1' })),
    ).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('a body with Content-MD5', () => {
  it('is stored when it is that body, and refused when it is another or the header is no MD5', async () => {
    await put('right', { ContentMD5: md5('right') });
    await expect(put('wrong', { ContentMD5: md5('other') })).rejects.toMatchObject({
      name: 'BadDigest',
      ...status(400),
    });
    for (const ContentMD5 of ['x', 'YWJj', `${md5('wrong')}=`])
      await expect(put('wrong', { ContentMD5 })).rejects.toMatchObject({ name: 'InvalidDigest', ...status(400) });
    expect(String(await body(Key))).toBe('right');

    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = { Bucket, Key, UploadId, PartNumber: 1, Body: 'part' };
    await expect(client.send(new UploadPartCommand({ ...part, ContentMD5: md5('x') }))).rejects.toMatchObject({
      name: 'BadDigest',
    });
  });

  it('is held against what came, not against the chunks that it came in', async () => {
    const { hostname, port } = (await client.config.endpoint?.()) ?? { hostname: '', port: 0 };
    const send = async (text: string) => {
      const headers = { 'content-md5': md5('text'), 'content-encoding': 'aws-chunked' };
      const chunks = `4\r\n${text}\r\n0\r\n\r\n`;
      return (await fetch(`http://${hostname}:${port}/lake/key`, { method: 'PUT', headers, body: chunks })).status;
    };
    expect([await send('text'), await send('xxxx'), String(await body(Key))]).toEqual([200, 400, 'text']);
  });
});

describe('a copy', () => {
  const copy = (more: Partial<CopyObjectCommandInput>) =>
    client.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/${Key}`, ...more }));

  it('by condition of its source happens only when it holds, and so does that of a part', async () => {
    const { etag, at, before } = await stored();
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'copied' }));
    const part = { Bucket, Key: 'copied', UploadId, PartNumber: 1, CopySource: `${Bucket}/${Key}` };
    for (const unmet of [
      { CopySourceIfMatch: '"other"' },
      { CopySourceIfNoneMatch: etag },
      { CopySourceIfNoneMatch: etag, CopySourceIfModifiedSince: before },
      { CopySourceIfModifiedSince: at },
      { CopySourceIfUnmodifiedSince: before },
    ]) {
      const refused = { name: 'PreconditionFailed', ...status(412) };
      await expect(copy(unmet)).rejects.toMatchObject(refused);
      await expect(client.send(new UploadPartCopyCommand({ ...part, ...unmet }))).rejects.toMatchObject(refused);
    }
    await expect(body('copied')).rejects.toMatchObject({ name: 'NoSuchKey' });
    for (const met of [
      { CopySourceIfMatch: etag, CopySourceIfUnmodifiedSince: before },
      { CopySourceIfNoneMatch: '"other"' },
      { CopySourceIfModifiedSince: before },
      { CopySourceIfUnmodifiedSince: at },
      { CopySource: `${Bucket}/${Key}?versionId=null` },
    ]) {
      await copy(met);
      expect(String(await body('copied'))).toBe('text');
    }
  });

  it('onto itself needs something new', async () => {
    await put('text', { Metadata: { n: '0' } });
    await expect(copy({ Key })).rejects.toMatchObject({ name: 'InvalidRequest', ...status(400) });
    await copy({ Key, MetadataDirective: 'REPLACE', Metadata: { n: '1' } });
    expect(await client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ Metadata: { n: '1' } });
    expect(String(await body(Key))).toBe('text');
  });

  it('of what is not there, or of no object, is told by its code', async () => {
    for (const [CopySource, name] of [
      [`${Bucket}/nothing`, 'NoSuchKey'],
      ['no-such-bucket/key', 'NoSuchBucket'],
      [`${Bucket}/${Key}?versionId=x`, 'NoSuchVersion'],
      [Bucket, 'InvalidArgument'],
      ['%E0%A4', 'InvalidArgument'],
    ] as const)
      await expect(copy({ CopySource })).rejects.toMatchObject({ name });
  });
});

describe('a bucket', () => {
  it('that a client makes again is refused and keeps its objects; the platform makes it as often as it starts', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'new-bucket' }));
    await s3.put(Bucket, Key, Buffer.from('kept'));
    await reopen();
    for (const name of ['new-bucket', Bucket]) {
      await expect(client.send(new CreateBucketCommand({ Bucket: name }))).rejects.toMatchObject({
        name: 'BucketAlreadyOwnedByYou',
        ...status(409),
      });
      s3.createBucket(name);
    }
    expect(String(await body(Key))).toBe('kept');
  });
});
