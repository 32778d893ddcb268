import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type ListMultipartUploadsCommandOutput,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { body, Bucket, client, reopen, s3, serveS3 } from './served-s3.fixture.ts';

serveS3();

/** In the order of their bytes. */
const keys = ['A', 'a', 'a/1', 'a/2', 'b/1', 'b/1 &', 'c', 'é', '\u{ff5e}', '\u{1f600}'];

const begin = async (Key: string): Promise<string> =>
  (await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId as string;

describe('versions of objects', () => {
  const pages = async (wanted: object) => {
    const seen: (string | undefined)[] = [];
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [];
    do {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket, ...wanted, KeyMarker, VersionIdMarker }),
      );
      seen.push(...(page.Versions ?? []).map(({ Key }) => Key), ...(page.CommonPrefixes ?? []).map((at) => at.Prefix));
      ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page);
    } while (KeyMarker !== undefined && seen.length <= keys.length);
    return seen;
  };

  it('are one of each object, in byte order, each once whatever the pages', async () => {
    for (const key of keys) await s3.put(Bucket, key, Buffer.from(key));

    for (const MaxKeys of [1, 2, 3, 1000]) {
      expect(await pages({ MaxKeys })).toEqual(keys);
      expect((await pages({ MaxKeys, Delimiter: '/' })).sort()).toEqual(
        ['A', 'a', 'a/', 'b/', 'c', 'é', '\u{ff5e}', '\u{1f600}'].sort(),
      );
      expect(await pages({ MaxKeys, Prefix: 'b/' })).toEqual(['b/1', 'b/1 &']);
    }
  });

  it('are told as those of a bucket that keeps none', async () => {
    await s3.put(Bucket, 'b/1 &', Buffer.from('text'));

    const { $metadata: _, ...told } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(told).toEqual({
      Name: Bucket,
      Prefix: '',
      KeyMarker: '',
      VersionIdMarker: '',
      MaxKeys: 1000,
      IsTruncated: false,
      Versions: [
        {
          Key: 'b/1 &',
          VersionId: 'null',
          IsLatest: true,
          ETag: '"1cb251ec0d568de6a929b520c4aed8d1"',
          Size: 4,
          StorageClass: 'STANDARD',
          LastModified: expect.any(Date),
        },
      ],
    });
    const { Versions, EncodingType } = await client.send(
      new ListObjectVersionsCommand({ Bucket, EncodingType: 'url' }),
    );
    expect([EncodingType, Versions?.map(({ Key }) => Key)]).toEqual(['url', ['b/1%20%26']]);
  });

  it('are refused of no bucket, and none when none are asked for', async () => {
    await s3.put(Bucket, 'a', Buffer.from('a'));
    await expect(client.send(new ListObjectVersionsCommand({ Bucket: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    const { Versions, IsTruncated } = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 0 }));
    expect([Versions, IsTruncated]).toEqual([undefined, false]);
  });
});

describe('uploads under way', () => {
  it('are listed by key, each once whatever the pages, after a restart', async () => {
    const begun: [string, string][] = [];
    for (const key of ['b/1', 'a', 'b/2', 'c']) begun.push([key, await begin(key)]);
    await reopen();
    begun.push(['b/1', await begin('b/1')]);
    const expected = begun.toSorted(([a, idOfA], [b, idOfB]) => (a + idOfA < b + idOfB ? -1 : 1));

    for (const MaxUploads of [1, 2, 1000]) {
      const seen: unknown[] = [];
      let [KeyMarker, UploadIdMarker]: (string | undefined)[] = [];
      do {
        const page: ListMultipartUploadsCommandOutput = await client.send(
          new ListMultipartUploadsCommand({ Bucket, MaxUploads, KeyMarker, UploadIdMarker }),
        );
        seen.push(...(page.Uploads ?? []).map(({ Key, UploadId }) => [Key, UploadId]));
        ({ NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page);
      } while (KeyMarker !== undefined && seen.length <= begun.length);
      expect(seen).toEqual(expected);
    }
    const { CommonPrefixes, Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: '/' }));
    expect([CommonPrefixes, Uploads?.map(({ Key }) => Key)]).toEqual([[{ Prefix: 'b/' }], ['a', 'c']]);
    const below = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'b/', KeyMarker: 'b/1' }));
    expect(below.Uploads?.map(({ Key }) => Key)).toEqual(['b/2']);
  });

  it('are all found by who ends them page by page', async () => {
    for (let begun = 0; begun < 5; begun++) await begin('same');
    let ended = 0;
    let [KeyMarker, UploadIdMarker]: (string | undefined)[] = [];
    do {
      const page: ListMultipartUploadsCommandOutput = await client.send(
        new ListMultipartUploadsCommand({ Bucket, MaxUploads: 2, KeyMarker, UploadIdMarker }),
      );
      for (const { Key, UploadId } of page.Uploads ?? []) {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        ended += 1;
      }
      ({ NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page);
    } while (KeyMarker !== undefined && ended < 5);

    expect(ended).toBe(5);
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  it('tell their parts by number, a page at a time, after a restart', async () => {
    const Key = 'parts & all';
    const upload = { Bucket, Key, UploadId: await begin(Key) };
    for (const [PartNumber, Body] of [
      [10, 'ten'],
      [2, 'first'],
      [2, 'second'],
    ] as const)
      await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    await reopen();

    const { $metadata: _, ...first } = await client.send(new ListPartsCommand({ ...upload, MaxParts: 1 }));
    expect(first).toEqual({
      ...upload,
      StorageClass: 'STANDARD',
      PartNumberMarker: '0',
      NextPartNumberMarker: '2',
      MaxParts: 1,
      IsTruncated: true,
      Parts: [{ PartNumber: 2, Size: 6, ETag: '"a9f0e61a137d86aa9db53465e0801612"', LastModified: expect.any(Date) }],
    });
    const rest = await client.send(new ListPartsCommand({ ...upload, PartNumberMarker: '2' }));
    expect([rest.IsTruncated, rest.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])]).toEqual([
      false,
      [[10, 3]],
    ]);
  });

  it('are known by their key: another key does not list, end or fill them', async () => {
    const UploadId = await begin('mine');
    await s3.put(Bucket, 'other', Buffer.from('kept'));
    const other = { Bucket, Key: 'other', UploadId };
    for (const command of [
      new ListPartsCommand(other),
      new AbortMultipartUploadCommand(other),
      new UploadPartCommand({ ...other, PartNumber: 1, Body: 'x' }),
      new ListPartsCommand({ ...other, UploadId: 'none' }),
    ])
      await expect(client.send(command as ListPartsCommand)).rejects.toMatchObject({ name: 'NoSuchUpload' });

    expect(await client.send(new ListPartsCommand({ Bucket, Key: 'mine', UploadId }))).toMatchObject({ UploadId });
    expect(String(await body('other'))).toBe('kept');
  });
});
