import * as z from 'zod';

export const Env = z.object({
  RESULTS_TABLE: z.string().min(1),
  AGGREGATES_TABLE: z.string().min(1),
  QUARANTINE_BUCKET: z.string().min(1),
  /** Where what became of each batch is kept; without it, nothing is. */
  LEDGER_BUCKET: z.string().min(1).optional(),
  /** How long one batch may go on retrying what DynamoDB holds back, before the batch comes again as a whole. */
  DEADLINE_SECONDS: z.coerce.number().int().min(1).max(890).default(240),
});
