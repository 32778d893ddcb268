import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from './fauxqs.ts';
import type { ObjectStore } from './object-store.ts';
import { unmetOf } from './unmet-condition.ts';

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  /** The header for fauxqs, which knows no versions. */
  readonly header: string;
}

/**
 * Which object a request copies, or undefined for one that copies none. No versions are kept: `null` is the object.
 *
 * @throws S3Error InvalidArgument, NoSuchVersion
 */
export const copySourceOf = ({ 'x-amz-copy-source': given }: IncomingHttpHeaders): CopySource | undefined => {
  if (given === undefined) return undefined;
  const [header = '', version] = String(given).split('?versionId=');
  if (version !== undefined && version !== 'null') {
    throw new S3Error('NoSuchVersion', 'The laptop platform keeps no versions of objects but "null"', 404);
  }
  const [, bucket, key] = /^\/?([^/]+)\/([^]+)$/.exec(decoded(header)) ?? [];
  if (bucket !== undefined && key !== undefined) return { bucket, key, header };
  throw new S3Error(
    'InvalidArgument',
    'x-amz-copy-source must be a bucket, a slash and a key, encoded as in a URL',
    400,
  );
};

/** @throws S3Error PreconditionFailed; NoSuchBucket and NoSuchKey of the source */
export const refuseUnmetSource = (store: ObjectStore, source: CopySource, headers: IncomingHttpHeaders): void => {
  const condition = (name: string): string | undefined => headers[`x-amz-copy-source-if-${name}`] as string | undefined;
  const unmet = unmetOf(store.headObject(source.bucket, source.key), {
    match: condition('match'),
    noneMatch: condition('none-match'),
    modifiedSince: condition('modified-since'),
    unmodifiedSince: condition('unmodified-since'),
  });
  if (unmet)
    throw new S3Error('PreconditionFailed', `Nothing was copied: by the condition of its source ${unmet}`, 412);
};

/** Headers of a copy by which an object onto itself is another one afterwards. */
const changes = /^x-amz-(storage-class|website-redirect-location|server-side-encryption.*|checksum-algorithm)$/;

/** @throws S3Error InvalidRequest for a copy of an object onto itself that changes nothing */
export const refuseNoChange = (source: CopySource, bucket: string, key: string, headers: IncomingHttpHeaders): void => {
  if (source.bucket !== bucket || source.key !== key || headers['x-amz-metadata-directive'] === 'REPLACE') return;
  if (Object.keys(headers).some((name) => changes.test(name))) return;
  throw new S3Error(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's " +
      'metadata, storage class, website redirect location or encryption attributes.',
    400,
    `/${bucket}/${key}`,
  );
};

const decoded = (header: string): string => {
  try {
    return decodeURIComponent(header);
  } catch {
    return '';
  }
};
