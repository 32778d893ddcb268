import * as z from 'zod';

export const Env = z.object({
  STREAM_NAME: z.string().min(1),
  /** The stream of clickstream events. */
  CLICKSTREAM_NAME: z.string().min(1),
  QUARANTINE_BUCKET: z.string().min(1),
  /** Where a receipt of what went onto the stream is kept; without it, none is. */
  LEDGER_BUCKET: z.string().min(1).optional(),
  /** `key`: a partition key per customer; `bucket`: customers share BUCKETS of them, so that records carry many events. */
  PARTITION_BY: z.enum(['key', 'bucket']).default('bucket'),
  BUCKETS: z.coerce.number().int().min(1).max(4096).default(48),
  /** How long one call may go on retrying what the stream refuses. */
  DEADLINE_SECONDS: z.coerce.number().int().min(1).max(800).default(45),
});
