import { dateIn, seedRoot } from '@acme/lake-layout';
import { DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { listFiles } from '../src/manifest/index.ts';

/** What lies in the lake of data sets. */
export interface Present {
  /** Keys of the data set's own objects. */
  readonly own: ReadonlySet<string>;
  /** Days of which another data set has, or had, objects in the table. */
  readonly otherDates: readonly string[];
}

/** A data set that another has replaced stays for queries that began before; a run that is under way has no older object. */
const keptMs = 24 * 3_600_000;

/** Deletes at most so many at once (limit: S3 DeleteObjects API reference). */
const deletedAtOnce = 1000;

/**
 * Looks through the objects of all data sets; removes those of others that have been out of the table for a day.
 *
 * @param prefix of the data set's own
 * @param nowMs by the clock of S3
 */
export const lookThrough = async (s3: S3Client, bucket: string, prefix: string, nowMs: number): Promise<Present> => {
  const own = new Set<string>();
  const others = new Map<string, { readonly key: string; readonly isOld: boolean }[]>();
  const before = nowMs - keptMs;
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: seedRoot })) {
    for (const { Key: key = '', LastModified } of Contents) {
      const date = dateIn(key);
      if (key.startsWith(prefix)) own.add(key);
      else if (date !== undefined) {
        const isOld = LastModified !== undefined && LastModified.getTime() < before;
        others.set(date, [...(others.get(date) ?? []), { key, isOld }]);
      }
    }
  }
  for (const [date, objects] of others) {
    const listed = new Set((await listFiles({ s3, bucket, table: 'telemetry', date })).files);
    const unused = objects.filter(({ key, isOld }) => isOld && !listed.has(`s3://${bucket}/${key}`));
    for (let at = 0; at < unused.length; at += deletedAtOnce) {
      const Objects = unused.slice(at, at + deletedAtOnce).map(({ key }) => ({ Key: key }));
      const { Errors = [] } = await s3.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
      );
      if (Errors[0]) throw new Error(`objects of an earlier data set could not be deleted: ${Errors[0].Message}`);
    }
  }
  return { own, otherDates: [...others.keys()].sort() };
};
