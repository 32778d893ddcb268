import type { S3Client } from '@aws-sdk/client-s3';
import { foldersUnder, objectsUnder } from './list.ts';
import type { Span } from './order.ts';
import { hourMs, type RawHour, rawFolder, rawPrefix, startOf } from './raw-hour.ts';
import { isRecorded, recordedHours } from './record.ts';

/**
 * How long after its hour an object may still land: Firehose tries for at most 24 hours (limit: Amazon Data Firehose
 * developer guide, "Handle data delivery failures"), and buffers for up to 15 minutes before.
 */
const latestMs = 26 * hourMs;

/** The hours that hold raw events which are not on record as compacted, the oldest first. */
export async function* pendingHours(
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
  { fromMs, toMs, again }: Span,
  nowMs: number,
): AsyncGenerator<RawHour> {
  const known = await recordedHours(s3, bucket);
  const mayStillGrow = (hour: string): boolean => startOf(hour) + hourMs + latestMs > nowMs;
  const isSettled = (hour: string): boolean => !again && known.has(hour) && !mayStillGrow(hour);
  for (const day of await daysWithEvents(s3, bucket)) {
    const hours = hoursOf(day).filter((hour) => startOf(hour) >= fromMs && startOf(hour) < toMs);
    if (hours.every(isSettled)) continue;
    const there = await foldersUnder(s3, bucket, rawFolder(day));
    for (const hour of hours) {
      if (isSettled(hour) || !there.includes(rawFolder(hour))) continue;
      const raw = await rawHour(s3, bucket, hour);
      if (raw.objects.length > 0 && (again || !(await isRecorded(s3, bucket, raw)))) yield raw;
    }
  }
}

const rawHour = async (s3: S3Client, bucket: string, hour: string): Promise<RawHour> => {
  const objects: string[] = [];
  let bytes = 0;
  for await (const object of objectsUnder(s3, bucket, rawFolder(hour))) {
    objects.push(object.key.slice(rawFolder(hour).length));
    bytes += object.bytes;
  }
  return { hour, objects, bytes };
};

/** The days that have a folder in the raw zone, such as `2026-11-21`, the oldest first. */
const daysWithEvents = async (s3: S3Client, bucket: string): Promise<string[]> => {
  const days: string[] = [];
  for (const year of await foldersUnder(s3, bucket, rawPrefix)) {
    for (const month of await foldersUnder(s3, bucket, year)) {
      for (const day of await foldersUnder(s3, bucket, month)) {
        const [, ...parts] = /year=(\d{4})\/month=(\d\d)\/day=(\d\d)\/$/.exec(day) ?? [];
        if (parts.length === 3) days.push(parts.join('-'));
      }
    }
  }
  return days;
};

const hoursOf = (day: string): string[] =>
  Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}`);
