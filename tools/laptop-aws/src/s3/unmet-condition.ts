import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from './fauxqs.ts';
import type { ObjectStore } from './object-store.ts';

/** What a condition looks at. */
interface Facts {
  readonly etag: string;
  readonly lastModified: Date;
}

/** Headers as they came: ETags with quotes or without, or `*`; times as HTTP writes them. */
export interface Conditions {
  readonly match?: string | undefined;
  readonly noneMatch?: string | undefined;
  readonly modifiedSince?: string | undefined;
  readonly unmodifiedSince?: string | undefined;
}

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
  return names(expected, store.headObject(bucket, key).etag)
    ? undefined
    : new S3Error('PreconditionFailed', 'The object has another ETag now', 412, resource);
};

/**
 * Which condition of a read does not hold, or undefined when all do. An ETag says more than a time, which is not looked
 * at beside it (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, "Overriding response header values"
 * and before); a time that is none is not looked at either.
 */
export const unmetOf = (
  { etag, lastModified }: Facts,
  { match, noneMatch, modifiedSince, unmodifiedSince }: Conditions,
): 'it is another' | 'it is the same' | undefined => {
  const modified = Math.floor(lastModified.getTime() / 1000) * 1000; // HTTP's times have no milliseconds
  if (match === undefined ? modified > timeOf(unmodifiedSince) : !names(match, etag)) return 'it is another';
  if (noneMatch === undefined ? modified <= timeOf(modifiedSince) : names(noneMatch, etag)) return 'it is the same';
  return undefined;
};

/** Of a read. */
export const conditionsOf = (headers: IncomingHttpHeaders): Conditions => ({
  match: headers['if-match'],
  noneMatch: headers['if-none-match'],
  modifiedSince: headers['if-modified-since'],
  unmodifiedSince: headers['if-unmodified-since'],
});

/** NaN, which is neither before nor after anything, for what is no time. */
const timeOf = (text: string | undefined): number => (text === undefined ? Number.NaN : Date.parse(text));

/** Whether it is `*` or one of the ETags of a header. */
const names = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((one) => unquoted(one) === unquoted(etag));

const unquoted = (etag: string): string => etag.trim().replace(/^W\//, '').replaceAll('"', '');
