import * as z from 'zod';

export const Env = z.object({
  PRODUCER_ARN: z.string().min(1),
  SEED: z.coerce.number().int().min(0).max(0xffff_ffff).default(1),
  /** Events of a run that does not say how many. */
  EVENTS: z.coerce.number().int().min(0).max(100_000).default(1000),
  CLICKSTREAM_EVENTS: z.coerce.number().int().min(0).max(100_000).default(200),
  /** How long a batch that the producer fails on is tried again, before the run fails and is repeated as a whole. */
  PATIENCE_SECONDS: z.coerce.number().int().min(0).max(240).default(10),
});
