import { hourAt, hourMs, rawFolder, rawHourOf, rawRoots, startOf } from '@acme/lake-layout';
import type { S3Client } from '@aws-sdk/client-s3';
import { objectsUnder } from './list.ts';
import type { Span } from './order.ts';
import type { RawHour } from './raw-hour.ts';
import { knowsAll, readRecord, record, recordedHours } from './record.ts';

/**
 * A note knows every object that had landed this long before it was written, and that its hour had then. The hour was
 * listed at most 15 minutes before (limit: Lambda), and an upload in parts bears the time at which it began
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html).
 */
const decisiveMs = hourMs;

/**
 * The hours that hold raw events which are not on record as compacted, however old they are, the oldest first: objects
 * land late, too, when a delivery was down for days.
 *
 * Every run lists the whole raw zone once, a call for a thousand objects. Whether an hour has an object that its note
 * does not know shows mostly by the times of both; notes that are younger than that are read, and written once more when
 * they are old enough to be decided by time from then on.
 */
export async function* pendingHours(
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
  { fromMs, toMs, again }: Span,
  nowMs: number,
): AsyncGenerator<RawHour> {
  const notedAtMs = await recordedHours(s3, bucket);
  for await (const { newestMs, ...raw } of rawHours(s3, bucket, fromMs)) {
    const startMs = startOf(raw.hour);
    if (startMs >= toMs) return;
    if (startMs < fromMs) continue;
    const noted = notedAtMs.get(raw.hour);
    if (again || noted === undefined) {
      yield raw;
      continue;
    }
    if (newestMs + decisiveMs < noted) continue;
    const entry = await readRecord(s3, bucket, raw.hour);
    if (!knowsAll(entry, raw)) yield raw;
    else if (newestMs + decisiveMs < nowMs) await record(s3, bucket, entry);
  }
}

/** An hour as it is now. */
export const listHour = async (s3: S3Client, bucket: string, hour: string): Promise<RawHour> => {
  const objects: RawHour['objects'][number][] = [];
  let bytes = 0;
  for await (const object of objectsUnder(s3, bucket, rawFolder('viewing', hour))) {
    objects.push({ name: object.key.slice(rawFolder('viewing', hour).length), etag: object.etag });
    bytes += object.bytes;
  }
  return { hour, objects, bytes };
};

/** The hours that have objects, the oldest first, and when the last of these was written (ms UTC). */
async function* rawHours(
  s3: S3Client,
  bucket: string,
  fromMs: number,
): AsyncGenerator<RawHour & { readonly newestMs: number }> {
  const after = fromMs > 0 ? rawFolder('viewing', hourAt(fromMs)) : undefined;
  let open: { hour: string; objects: RawHour['objects'][number][]; bytes: number; newestMs: number } | undefined;
  for await (const { key, bytes, atMs, etag } of objectsUnder(s3, bucket, rawRoots.viewing, after)) {
    const hour = rawHourOf('viewing', key);
    if (hour === undefined) continue;
    if (open?.hour !== hour) {
      if (open) yield open;
      open = { hour, objects: [], bytes: 0, newestMs: 0 };
    }
    open.objects.push({ name: key.slice(rawFolder('viewing', hour).length), etag });
    open.bytes += bytes;
    open.newestMs = Math.max(open.newestMs, atMs);
  }
  if (open) yield open;
}
