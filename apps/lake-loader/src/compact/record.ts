import { CompactedHour, compactedHourKey, compactedHourPrefix } from '@acme/lambda-kit';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { objectsUnder } from './list.ts';
import type { RawHour } from './raw-hour.ts';

/** The hours that are on record at all. */
export const recordedHours = async (s3: S3Client, bucket: string): Promise<Set<string>> => {
  const hours = new Set<string>();
  for await (const { key } of objectsUnder(s3, bucket, compactedHourPrefix)) {
    hours.add(key.slice(compactedHourPrefix.length, -'.json'.length));
  }
  return hours;
};

/** Whether all objects of an hour are on record. A record that does not read as one is none: the hour is done again. */
export const isRecorded = async (s3: S3Client, bucket: string, { hour, objects }: RawHour): Promise<boolean> => {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: compactedHourKey(hour) }));
    const entry = CompactedHour.safeParse(JSON.parse((await Body?.transformToString()) ?? ''));
    const known = new Set(entry.data?.objects);
    return objects.every((object) => known.has(object));
  } catch (error) {
    if (error instanceof NoSuchKey) return false;
    throw error;
  }
};

/** Puts an hour on record, with the objects that were there before its events were read. */
export const record = async (s3: S3Client, bucket: string, entry: CompactedHour): Promise<void> => {
  const input = { Bucket: bucket, Key: compactedHourKey(entry.hour), ContentType: 'application/json' };
  await s3.send(new PutObjectCommand({ ...input, Body: JSON.stringify(entry) }));
};
