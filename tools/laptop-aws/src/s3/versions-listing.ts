import { element } from '../aws/query-service.ts';
import { compareBytes, keyWriter, limitOf, pageOf, textOf, type Query } from './listing.ts';
import type { ObjectStore } from './object-store.ts';

/** No versions are kept: each object is the only one of itself, which S3 calls `null`. */
const onlyVersion = 'null';

/** The answer to ListObjectVersions, in the order of the keys' bytes. @throws S3Error NoSuchBucket, InvalidArgument */
export const versionsListing = (store: ObjectStore, bucket: string, query: Query): string => {
  const max = limitOf(query, 'max-keys');
  const [marker, versionMarker] = [textOf(query, 'key-marker'), textOf(query, 'version-id-marker')];
  const ordered = store.objectsOf(bucket).sort((a, b) => compareBytes(a.key, b.key));
  const { items, prefixes, last } = pageOf(ordered, {
    query,
    max,
    marker,
    keyOf: ({ key }) => key,
    isBefore: ({ key }) => marker !== '' && compareBytes(key, marker) <= 0,
  });
  const written = keyWriter(query);
  const next = typeof last === 'string' ? { key: last } : last && { key: last.key, version: onlyVersion };
  const versions = items.map(
    ({ key, lastModified, etag, contentLength }) =>
      `<Version>${element('Key', written(key))}${element('VersionId', onlyVersion)}<IsLatest>true</IsLatest>` +
      `<LastModified>${lastModified.toISOString()}</LastModified>${element('ETag', etag)}` +
      `<Size>${contentLength}</Size><StorageClass>STANDARD</StorageClass></Version>`,
  );
  return [
    '<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    element('Name', bucket),
    element('Prefix', written(textOf(query, 'prefix'))),
    element('KeyMarker', written(marker)),
    element('VersionIdMarker', versionMarker),
    element('NextKeyMarker', next && written(next.key)),
    element('NextVersionIdMarker', next && 'version' in next ? next.version : undefined),
    element('MaxKeys', String(max)),
    element('Delimiter', written(textOf(query, 'delimiter')) || undefined),
    element('EncodingType', textOf(query, 'encoding-type') || undefined),
    element('IsTruncated', String(last !== undefined)),
    ...versions,
    ...prefixes.map((prefix) => `<CommonPrefixes>${element('Prefix', written(prefix))}</CommonPrefixes>`),
    '</ListVersionsResult>',
  ].join('');
};
