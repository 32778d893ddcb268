import { compactedFolder, compactedHourOf, compactedKey } from '@acme/lake-layout';
import { CompactedHour } from '@acme/lambda-kit';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { objectsUnder } from './list.ts';
import type { RawHour } from './raw-hour.ts';

/** The hours that are on record, and when that was written (ms UTC). */
export const recordedHours = async (s3: S3Client, bucket: string): Promise<Map<string, number>> => {
  const hours = new Map<string, number>();
  for await (const { key, atMs } of objectsUnder(s3, bucket, compactedFolder)) {
    hours.set(compactedHourOf(key), atMs);
  }
  return hours;
};

/** What is on record of an hour. A record that does not read as one is none: the hour is done again. */
export const readRecord = async (s3: S3Client, bucket: string, hour: string): Promise<CompactedHour | undefined> => {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: compactedKey(hour) }));
    return CompactedHour.safeParse(JSON.parse((await Body?.transformToString()) ?? '')).data;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Whether all objects of an hour are on its record, as they are; older notes have names alone. */
export const knowsAll = (entry: CompactedHour | undefined, { objects }: RawHour): entry is CompactedHour => {
  const known = new Map(entry?.objects.map((name, at) => [name, entry.etags?.[at]]));
  return objects.every(({ name, etag }) => known.has(name) && (known.get(name) ?? etag) === etag);
};

/** Puts an hour on record, with the objects that were there before its events were read. */
export const record = async (s3: S3Client, bucket: string, entry: CompactedHour): Promise<void> => {
  const input = { Bucket: bucket, Key: compactedKey(entry.hour), ContentType: 'application/json' };
  await s3.send(new PutObjectCommand({ ...input, Body: JSON.stringify(entry) }));
};
