import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { objectsUnder } from './list.ts';
import type { RawHour } from './raw-hour.ts';

/**
 * What is on record of a compacted hour. It saves work and proves nothing: an hour that is done again adds only what the
 * table lacks. The audit takes it to know which events have to be in the table by now.
 */
export const HourRecord = z.object({
  hour: z.string(),
  /** The objects whose events are in the table, by their names within the hour's folder. */
  objects: z.array(z.string()),
  /** The table's first day at that time; events that happened before it are not in the table. */
  firstDay: z.iso.date(),
});
export type HourRecord = z.infer<typeof HourRecord>;

/** Under it lie the records, an object an hour. */
export const recordPrefix = 'compaction/telemetry/';

const keyOf = (hour: string): string => `${recordPrefix}${hour}.json`;

/** The hours that are on record at all. */
export const recordedHours = async (s3: S3Client, bucket: string): Promise<Set<string>> => {
  const hours = new Set<string>();
  for await (const { key } of objectsUnder(s3, bucket, recordPrefix)) {
    hours.add(key.slice(recordPrefix.length, -'.json'.length));
  }
  return hours;
};

/** Whether all objects of an hour are on record. */
export const isRecorded = async (s3: S3Client, bucket: string, { hour, objects }: RawHour): Promise<boolean> => {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(hour) }));
    const known = new Set(HourRecord.parse(JSON.parse((await Body?.transformToString()) ?? '')).objects);
    return objects.every((object) => known.has(object));
  } catch (error) {
    if (error instanceof NoSuchKey) return false;
    throw error;
  }
};

/** Puts an hour on record, with the objects that were there before its events were read. */
export const record = async (s3: S3Client, bucket: string, entry: HourRecord): Promise<void> => {
  const input = { Bucket: bucket, Key: keyOf(entry.hour), ContentType: 'application/json' };
  await s3.send(new PutObjectCommand({ ...input, Body: JSON.stringify(entry) }));
};
