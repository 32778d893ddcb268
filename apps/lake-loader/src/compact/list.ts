import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

/** An object as a listing tells of it. */
export interface Listed {
  readonly key: string;
  readonly bytes: number;
  /** When it was written, ms UTC. */
  readonly atMs: number;
  /** Without quotes. */
  readonly etag: string;
}

/** The objects under a prefix, in byte order; those behind a key, if one is given. */
export async function* objectsUnder(
  s3: S3Client,
  bucket: string,
  prefix: string,
  after?: string,
): AsyncGenerator<Listed> {
  const input = { Bucket: bucket, Prefix: prefix, ...(after === undefined ? {} : { StartAfter: after }) };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, input)) {
    for (const { Key = '', Size = 0, LastModified, ETag = '' } of Contents) {
      yield { key: Key, bytes: Size, atMs: LastModified?.getTime() ?? 0, etag: ETag.replaceAll('"', '') };
    }
  }
}
