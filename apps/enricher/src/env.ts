import * as z from 'zod';
import { dimensions } from './dimensions/index.ts';

const names = dimensions.map(({ name }) => name);

export const Env = z.object({
  /** Where enriched events go. */
  ENRICHED_BUCKET: z.string().min(1),
  QUARANTINE_BUCKET: z.string().min(1),
  /** Where what became of each batch is kept; without it, nothing is. */
  LEDGER_BUCKET: z.string().min(1).optional(),
  /** The streams or topics that it reads, by the family of their events; those that it does not read are left out. */
  VIEWING_STREAM: z.string().min(1).optional(),
  CLICKSTREAM_STREAM: z.string().min(1).optional(),
  /** The table of each dimension: `customers=enricher-customers,titles=enricher-titles`. */
  LOOKUP_TABLES: z
    .string()
    .regex(/^\w+=[\w.-]+(,\w+=[\w.-]+)*$/, 'must be dimensions and their tables, such as titles=enricher-titles')
    .transform((text) => new Map(text.split(',').map((pair) => pair.split('=') as [string, string])))
    .refine((tables) => names.every((name) => tables.has(name)), `must name a table for each of ${names.join(', ')}`),
  /** How long what was looked up is served again; a row that is loaded anew shows after so long at the latest. */
  CACHE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
  /** The same for a key that was not there; shorter, because its row may be on its way. */
  MISS_SECONDS: z.coerce.number().int().min(1).max(86_400).default(10),
  /** How many keys of each dimension are kept; about 1 kB each. */
  CACHE_ENTRIES: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
  /** How long one batch may go on retrying what DynamoDB or S3 hold back, before the batch comes again as a whole. */
  DEADLINE_SECONDS: z.coerce.number().int().min(1).max(800).default(48),
});
