/* eslint-disable @nx/enforce-module-boundaries -- no other way in: see below */
/**
 * The parts of fauxqs that stand behind its door: its package exports only the whole server, and the laptop platform
 * mounts S3, and SQS with SNS, on its own port and its own files. One file names the deep paths, so that an upgrade has
 * one place to look at.
 */

/** What the platform's S3 knows besides what fauxqs knows. */
/** Of an object or an upload. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

declare module '../../../../node_modules/fauxqs/dist/s3/s3Types.js' {
  interface S3Object {
    /** Missing for none. */
    tags?: readonly Tag[];
  }
  interface MultipartUpload {
    /** Those that the object shall have; missing for none. */
    tags?: readonly Tag[];
  }
}

export { buildApp } from 'fauxqs';
export { S3Error } from '../../../../node_modules/fauxqs/dist/common/errors.js';
export { PersistenceManager } from '../../../../node_modules/fauxqs/dist/persistence.js';
export { decodeAwsChunked } from '../../../../node_modules/fauxqs/dist/s3/chunkedEncoding.js';
export { FileS3Persistence } from '../../../../node_modules/fauxqs/dist/s3/fileS3Persistence.js';
export { S3Store, type BucketType } from '../../../../node_modules/fauxqs/dist/s3/s3Store.js';
export type { MultipartPart, MultipartUpload, S3Object } from '../../../../node_modules/fauxqs/dist/s3/s3Types.js';
export { SnsStore } from '../../../../node_modules/fauxqs/dist/sns/snsStore.js';
export { SqsStore } from '../../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
