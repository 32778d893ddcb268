import { manifestKey } from '@acme/lake-layout';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Which manifest: a table's, of one day (`2026-11-21`). */
export interface Day {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly table: string;
  readonly date: string;
}

/** The Parquet files that make up one day of a table, as `s3://bucket/key`, in byte order. */
export interface Manifest {
  readonly files: readonly string[];
  /** Of the manifest as it was read; none when there is no manifest. */
  readonly etag?: string;
}

/** The files of a day; none when nothing was ever written for it. */
export const listFiles = async ({ s3, bucket, table, date }: Day): Promise<Manifest> => {
  try {
    const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: manifestKey(table, date) }));
    const text = (await Body?.transformToString()) ?? '';
    return { files: text.split('\n').filter((line) => line !== ''), ...(ETag === undefined ? {} : { etag: ETag }) };
  } catch (error) {
    if (error instanceof NoSuchKey) return { files: [] };
    throw error;
  }
};

/**
 * Replaces a day's manifest, whole, if it still is what the ETag says (none: if there still is no manifest). Readers see
 * the files before or the files after, never a mix.
 *
 * @returns whether it was replaced; false when another writer was quicker, or when S3 had done it at a try whose answer
 * was lost
 */
export const replaceFiles = async (
  { s3, bucket, table, date }: Day,
  files: readonly string[],
  etag: string | undefined,
): Promise<boolean> => {
  const lines = [...new Set(files)].sort();
  const strange = lines.find((line) => !/^s3:\/\/[^/\s]+\/\S+$/.test(line));
  if (strange !== undefined) throw new Error('a manifest lists files as s3://bucket/key, without white space');
  const body = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: manifestKey(table, date),
        Body: body,
        ContentLength: body.length, // else the client warns of the length of an empty one
        ContentType: 'text/plain',
        ...(etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag }),
      }),
    );
    return true;
  } catch (error) {
    if (wasQuicker(error)) return false;
    throw error;
  }
};

/**
 * Answers to a conditional write when the object is no longer as it was: 412 changed or made, 409 being written at this
 * moment, 404 deleted (docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
const wasQuicker = (error: unknown): boolean =>
  ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes((error as Error).name);
