import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from './fauxqs.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * Why a conditional write must not happen, as S3 says it, or undefined when it may
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html). `If-None-Match` takes `*` alone.
 */
export const unmetCondition = (
  store: ObjectStore,
  bucket: string,
  key: string,
  { 'if-none-match': absent, 'if-match': expected }: IncomingHttpHeaders,
): S3Error | undefined => {
  const resource = `/${bucket}/${key}`;
  const isThere = store.hasBucket(bucket) && store.hasObject(bucket, key);
  if (absent === '*' && isThere) {
    return new S3Error('PreconditionFailed', 'An object with this key is there already', 412, resource);
  }
  if (expected === undefined || !store.hasBucket(bucket)) return undefined;
  if (!isThere) return new S3Error('NoSuchKey', 'The specified key does not exist.', 404, resource);
  const isExpected = expected === '*' || unquoted(expected) === unquoted(store.headObject(bucket, key).etag);
  return isExpected ? undefined : new S3Error('PreconditionFailed', 'The object has another ETag now', 412, resource);
};

const unquoted = (etag: string): string => etag.replaceAll('"', '');
