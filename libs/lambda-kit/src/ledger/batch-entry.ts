import * as z from 'zod';

const count = z.int().min(0);

/** Where a batch stood on a stream, ends included, and when its ends arrived there (ms UTC). */
const range = {
  source: z.string(),
  shard: z.string(),
  first: z.string(),
  last: z.string(),
  firstArrivalMs: count,
  lastArrivalMs: count,
};

/**
 * What a consumer notes for a batch before it reports it done. After a kill the same records may come in other batches,
 * so entries may overlap: they are read record by record, each record once.
 */
export const BatchEntry = z.strictObject({
  consumer: z.string(),
  ...range,
  in: count,
  good: count,
  /** Put into quarantine. */
  bad: count,
  /** Recognised as there already, and left out. */
  duplicate: count,
  wrote: z.strictObject({ to: z.string(), rows: count }),
  /** Counts only, of what got through: a live view leaves out what is late. Nothing is proved from such an entry. */
  bestEffort: z.boolean(),
  /** Of each record: how many events came in, how many of them were bad, and the ids of the good ones in order. */
  records: z.array(
    z.strictObject({ sequence: z.string(), arrivedAtMs: count, in: count, bad: count, ids: z.array(z.string()) }),
  ),
});
export type BatchEntry = z.infer<typeof BatchEntry>;

/** What the auditor, a reader of its own, notes for a batch: what lies on the stream, whoever put it there. */
export const SeenEntry = z.strictObject({
  ...range,
  records: z.array(z.strictObject({ sequence: z.string(), arrivedAtMs: count, lines: count })),
});
export type SeenEntry = z.infer<typeof SeenEntry>;
