import * as z from 'zod';

/**
 * What compaction notes of an hour of arrival once its raw events are in `telemetry`. It saves work and proves nothing
 * by itself: an hour that is done again adds only what the table lacks. The audit learns from it which events have to be
 * in the table by now.
 */
export const CompactedHour = z.strictObject({
  /** `2026-11-21T09`, UTC. */
  hour: z.string(),
  /** The raw objects whose events are in the table, by their names within the hour's folder. */
  objects: z.array(z.string()),
  /** The ETag of each, without quotes; notes from before 2026-11-30 have none. */
  etags: z.array(z.string()).optional(),
  /** The table's first day at that time; events that happened before it are not in the table. */
  firstDay: z.iso.date(),
});
export type CompactedHour = z.infer<typeof CompactedHour>;
