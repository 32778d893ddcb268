import { QueryFailedError } from '@acme/lambda-kit/athena';
import { type Cleaned, cleanHour } from './clean-hour.ts';
import { type Compacted, compactHour } from './compact-hour.ts';
import type { Lake } from './lake.ts';
import { listHour } from './pending-hours.ts';
import type { RawHour } from './raw-hour.ts';

const nothing: Cleaned = { aside: [], mended: 0, objects: 0 };

/**
 * Brings one hour of raw events into `telemetry` as `compactHour` does, and goes on without what nobody can read: when the
 * hour's query failed, or has met lines that are no events, its objects are cleaned, and it is done again.
 *
 * @returns the hour as it is now
 * @throws as `compactHour`, when nothing of the objects is to blame
 */
export const compactReadable = async (
  lake: Lake,
  raw: RawHour,
  today: string,
): Promise<{ readonly raw: RawHour; readonly compacted: Compacted; readonly cleaned: Cleaned }> => {
  const first = await compactHour(lake, raw, today).catch((error: unknown) => {
    if (error instanceof QueryFailedError) return error;
    throw error;
  });
  if (!(first instanceof Error) && first.foreign === 0) return { raw, compacted: first, cleaned: nothing };
  const cleaned = await cleanHour(lake.s3, lake.bucket, raw);
  if (cleaned.objects === 0) {
    if (first instanceof Error) throw first;
    return { raw, compacted: first, cleaned }; // somebody else has cleaned it meanwhile
  }
  const now = await listHour(lake.s3, lake.bucket, raw.hour);
  const second = await compactHour(lake, now, today);
  const done = first instanceof Error ? { dates: [], files: 0, bytes: 0 } : first;
  return {
    raw: now,
    cleaned,
    compacted: {
      ...second,
      dates: [...new Set([...done.dates, ...second.dates])].sort(),
      files: done.files + second.files,
      bytes: done.bytes + second.bytes,
    },
  };
};
