import { element } from '../aws/query-service.ts';
import type { MultipartUpload } from './fauxqs.ts';
import { compareBytes, keyWriter, limitOf, numberOf, pageOf, textOf, type Query } from './listing.ts';
import type { ObjectStore } from './object-store.ts';

const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * In the order of the keys' bytes; those of one key by their ids, so that a page goes on from its marker also when the
 * upload that the marker names was ended in between, as whoever cleans up does page by page.
 */
const inOrder = (a: Marker, b: Marker): number => compareBytes(a.key, b.key) || compareBytes(a.uploadId, b.uploadId);

type Marker = Pick<MultipartUpload, 'key' | 'uploadId'>;

/** The answer to ListMultipartUploads. @throws S3Error NoSuchBucket, InvalidArgument */
export const uploadsListing = (store: ObjectStore, bucket: string, query: Query): string => {
  const max = limitOf(query, 'max-uploads');
  const marker = textOf(query, 'key-marker');
  const idMarker = marker === '' ? '' : textOf(query, 'upload-id-marker'); // it counts with a key alone
  const ordered = store.uploadsOf(bucket).sort(inOrder);
  const { items, prefixes, last } = pageOf(ordered, {
    query,
    max,
    marker,
    keyOf: ({ key }) => key,
    isBefore: (upload) => {
      if (marker === '') return false;
      return idMarker === ''
        ? compareBytes(upload.key, marker) <= 0
        : inOrder(upload, { key: marker, uploadId: idMarker }) <= 0;
    },
  });
  const written = keyWriter(query);
  const next = typeof last === 'string' ? { key: last } : last;
  const uploads = items.map(
    ({ key, uploadId, initiated }) =>
      `<Upload>${element('Key', written(key))}${element('UploadId', uploadId)}<StorageClass>STANDARD</StorageClass>` +
      `<Initiated>${initiated.toISOString()}</Initiated></Upload>`,
  );
  return [
    `<ListMultipartUploadsResult xmlns="${xmlns}">`,
    element('Bucket', bucket),
    element('KeyMarker', written(marker)),
    element('UploadIdMarker', idMarker),
    element('NextKeyMarker', next && written(next.key)),
    element('NextUploadIdMarker', next && 'uploadId' in next ? next.uploadId : undefined),
    element('Prefix', written(textOf(query, 'prefix'))),
    element('Delimiter', written(textOf(query, 'delimiter')) || undefined),
    element('EncodingType', textOf(query, 'encoding-type') || undefined),
    element('MaxUploads', String(max)),
    element('IsTruncated', String(last !== undefined)),
    ...uploads,
    ...prefixes.map((prefix) => `<CommonPrefixes>${element('Prefix', written(prefix))}</CommonPrefixes>`),
    '</ListMultipartUploadsResult>',
  ].join('');
};

/** The answer to ListParts, by their numbers. @throws S3Error NoSuchBucket, NoSuchUpload, InvalidArgument */
export const partsListing = (store: ObjectStore, bucket: string, key: string, query: Query): string => {
  const { uploadId, parts } = store.uploadOf(bucket, key, textOf(query, 'uploadId'));
  const max = limitOf(query, 'max-parts');
  const marker = numberOf(query, 'part-number-marker', 0);
  const after = [...parts.values()]
    .filter(({ partNumber }) => partNumber > marker)
    .sort((a, b) => a.partNumber - b.partNumber);
  const page = after.slice(0, max);
  const isTruncated = max > 0 && after.length > max;
  return [
    `<ListPartsResult xmlns="${xmlns}">`,
    element('Bucket', bucket),
    element('Key', keyWriter(query)(key)),
    element('UploadId', uploadId),
    element('StorageClass', 'STANDARD'),
    element('PartNumberMarker', String(marker)),
    element('NextPartNumberMarker', String(page.at(-1)?.partNumber ?? 0)),
    element('MaxParts', String(max)),
    element('IsTruncated', String(isTruncated)),
    ...page.map(
      ({ partNumber, lastModified, etag, body }) =>
        `<Part><PartNumber>${partNumber}</PartNumber><LastModified>${lastModified.toISOString()}</LastModified>` +
        `${element('ETag', etag)}<Size>${body.length}</Size></Part>`,
    ),
    '</ListPartsResult>',
  ].join('');
};
