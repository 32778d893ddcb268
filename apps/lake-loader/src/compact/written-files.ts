import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { checksumsKey } from '@acme/lake-layout';
import type { WrittenFiles } from '@acme/lambda-kit';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Listed } from './list.ts';

/**
 * Notes the MD5 of each file that a query wrote, before a manifest lists any: the audit holds their bytes against it. A
 * note that is there stays: it is of the moment they were written. An object of one part has its MD5 as its ETag (Amazon
 * S3 API reference, "Object", with S3's own keys); one of several parts is read.
 *
 * @param run the name of the query's folder
 */
export const noteWritten = async (
  s3: S3Client,
  bucket: string,
  run: string,
  files: readonly Listed[],
): Promise<void> => {
  const Key = checksumsKey(run);
  const md5s = await Promise.all(
    files.map(async ({ key, etag }) => [key, /^[0-9a-f]{32}$/.test(etag) ? etag : await md5Of(s3, bucket, key)]),
  );
  const note: WrittenFiles = { files: Object.fromEntries(md5s) };
  const input = { Bucket: bucket, Key, Body: JSON.stringify(note), ContentType: 'application/json' };
  await s3.send(new PutObjectCommand({ ...input, IfNoneMatch: '*' })).catch((error: Error) => {
    if (error.name !== 'PreconditionFailed') throw error;
  });
};

const md5Of = async (s3: S3Client, bucket: string, key: string): Promise<string> => {
  const digest = createHash('md5');
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await pipeline(Body as Readable, digest);
  return digest.digest('hex');
};
