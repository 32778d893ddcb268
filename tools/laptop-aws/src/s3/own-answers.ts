import { region } from '../aws/identity.ts';
import type { Query } from './listing.ts';
import { noSuchBucket, type ObjectStore } from './object-store.ts';
import { taggingDocument, tagsOfDocument } from './tagging.ts';
import { partsListing, uploadsListing } from './uploads-listing.ts';
import { versionsListing } from './versions-listing.ts';

export interface Asked {
  readonly method: string;
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: Query;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  /** XML; missing for none. */
  readonly document?: string;
}

/**
 * Answers what fauxqs would take for the plain verb; undefined for what it knows.
 *
 * @throws S3Error of the operation
 */
export const ownAnswer = (store: ObjectStore, asked: Asked): Answer | undefined => {
  const { method, bucket, key, query } = asked;
  if (key && 'tagging' in query) return tagging(store, asked);
  if (method !== 'GET') return undefined;
  if (key) return 'uploadId' in query ? { status: 200, document: partsListing(store, bucket, key, query) } : undefined;
  if ('uploads' in query) return { status: 200, document: uploadsListing(store, bucket, query) };
  if ('versions' in query) return { status: 200, document: versionsListing(store, bucket, query) };
  if (!('location' in query)) return undefined;
  if (!store.hasBucket(bucket)) throw noSuchBucket(bucket);
  const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';
  return { status: 200, document: `<LocationConstraint xmlns="${xmlns}">${region}</LocationConstraint>` };
};

const tagging = (store: ObjectStore, { method, bucket, key, body }: Asked): Answer => {
  const { tags } = store.headObject(bucket, key);
  if (method === 'GET') return { status: 200, document: taggingDocument(tags) };
  store.setTags(bucket, key, method === 'PUT' ? tagsOfDocument(body.toString('utf8')) : []);
  return { status: method === 'PUT' ? 200 : 204 };
};
