import * as z from 'zod';

export const Env = z.object({
  /** Where what lies on the stream is noted; without it, nothing is. */
  LEDGER_BUCKET: z.string().min(1).optional(),
  /** How long one batch may go on trying to be noted, before it comes again as a whole. */
  DEADLINE_SECONDS: z.coerce.number().int().min(1).max(800).default(45),
});
