import { openUniverse, steadyClock, type ViewingRange } from '@acme/synthetic';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { rawObject } from './raw-object.ts';

/** Of arrival, each with one object: of a million events 62 MB of text, about as much as Firehose buffers. */
export const rawHours = 8;
const fromMs = Date.UTC(2026, 9, 2);

/**
 * So many events of the universe of live traffic that arrive evenly over the hours; they happened on two days.
 *
 * @param hour the part of this hour alone
 */
export const rawRange = (events: number, hour?: number): ViewingRange => {
  const clock = steadyClock({ startMs: fromMs, eventsPerSecond: events / rawHours / 3600 });
  const [from, end] = hour === undefined ? [0, rawHours] : [hour, hour + 1];
  const numberAt = (each: number): number => Math.floor((events * each) / rawHours);
  return { from: numberAt(from), count: numberAt(end) - numberAt(from), clock };
};

/** Puts these events into the lake as they land. */
export const landRaw = async (s3: S3Client, bucket: string, events: number): Promise<void> => {
  const universe = openUniverse(1);
  for (let hour = 0; hour < rawHours; hour += 1) {
    const Key = `telemetry/year=2026/month=10/day=02/hour=${String(hour).padStart(2, '0')}/events.gz`;
    const Body = rawObject(universe, rawRange(events, hour));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  }
};
