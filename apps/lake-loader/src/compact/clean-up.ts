import { dayOfRunFile, runRoot } from '@acme/lake-layout';
import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { listFiles } from '../manifest/index.ts';
import { objectsUnder } from './list.ts';

const dayMs = 86_400_000;

/**
 * Files of this age are looked at. Younger ones a run may still mean to use: it takes at most 15 minutes (limit: Lambda),
 * and finds only what was written on the same UTC day. Older ones have been looked at.
 */
const age = { leastMs: 2 * dayMs, mostMs: 12 * dayMs };

/**
 * Deletes what runs that were cut off or outrun have left: files in no manifest.
 *
 * @returns how many
 */
export const cleanUp = async (
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
  nowMs: number,
): Promise<number> => {
  const listed = new Map<string, Promise<ReadonlySet<string>>>();
  const filesOf = (date: string): Promise<ReadonlySet<string>> => {
    const known =
      listed.get(date) ?? listFiles({ s3, bucket, table: 'telemetry', date }).then(({ files }) => new Set(files));
    listed.set(date, known);
    return known;
  };
  let deleted = 0;
  for await (const { key, atMs } of objectsUnder(s3, bucket, runRoot)) {
    if (nowMs - atMs < age.leastMs || nowMs - atMs > age.mostMs) continue;
    const date = dayOfRunFile(key);
    if (date !== undefined && (await filesOf(date)).has(`s3://${bucket}/${key}`)) continue;
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    deleted += 1;
  }
  return deleted;
};
