import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { objectsUnder } from './list.ts';

/** Files that one UNLOAD wrote, day by day, as `s3://bucket/key`. */
export type Written = ReadonlyMap<string, readonly { readonly file: string; readonly bytes: number }[]>;

/** Under it each run writes into a folder of its own; other files of the table lie beside these folders. */
export const runPrefix = 'tables/telemetry/run-';

/**
 * A name for what a query reads: equal inputs give the same, so that a run that was cut off is found again, and anything
 * that has changed gives another. Also long enough for Athena's ClientRequestToken (32 to 128 characters).
 */
export const tokenOf = (input: unknown): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 40);

export const runFolder = (token: string): string => `${runPrefix}${token}/`;

/** The day that a file below a run's folder belongs to; none when it is no data file. */
export const dayOf = (key: string): string | undefined => /\/date=(\d{4}-\d\d-\d\d)\/[^/._][^/]*$/.exec(key)?.[1];

/** What a finished UNLOAD has written. Nothing, when there was nothing new. */
export const writtenBy = async (s3: S3Client, bucket: string, token: string): Promise<Written> => {
  const written = new Map<string, { file: string; bytes: number }[]>();
  for await (const { key, bytes } of objectsUnder(s3, bucket, runFolder(token))) {
    const day = dayOf(key);
    if (day !== undefined) written.set(day, [...(written.get(day) ?? []), { file: `s3://${bucket}/${key}`, bytes }]);
  }
  return written;
};
