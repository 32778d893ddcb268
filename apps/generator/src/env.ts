import * as z from 'zod';

export const Env = z.object({
  PRODUCER_ARN: z.string().min(1),
  SEED: z.coerce.number().int().min(0).max(0xffff_ffff).default(1),
  /** Events of a run that does not say how many. */
  EVENTS: z.coerce.number().int().min(0).max(100_000).default(1000),
  CLICKSTREAM_EVENTS: z.coerce.number().int().min(0).max(100_000).default(200),
});
