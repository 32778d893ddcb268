import * as z from 'zod';

export const Env = z.object({
  LAKE_BUCKET: z.string().min(1),
  /** The Glue database of `streaming_events` and `telemetry`. */
  DATABASE: z.string().min(1),
  /** The Athena workgroup that compaction's queries run in. */
  WORK_GROUP: z.string().min(1),
  /** The first day that `telemetry` shows (its partition projection), such as 2025-01-01; earlier events stay raw. */
  FIRST_DAY: z.iso.date(),
});
