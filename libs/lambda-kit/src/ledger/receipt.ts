import * as z from 'zod';

const count = z.int().min(0);

/** What one call of a producer came to. `in` is the sum of the other three. */
const CallTotals = z.strictObject({
  in: count,
  /** On the stream. */
  accepted: count,
  /** Refused by the contract, and put aside. */
  rejected: count,
  /** Neither: the caller got an error, and sends the call again. */
  failed: count,
});
export type CallTotals = z.infer<typeof CallTotals>;

/**
 * What a producer notes for a PutRecords call, or for some that followed one another at once: which events went onto the
 * stream, and where they lie there.
 */
export const Receipt = z.strictObject({
  stream: z.string(),
  /** The producer's invocation. An asynchronous one that is tried again keeps its id, so the start stands beside it. */
  request: z.string(),
  startedAtMs: count,
  /** Of the receipt within the invocation, from 0. */
  number: count,
  /** The records that the stream took, each with the ids of its events in their order. */
  records: z.array(z.strictObject({ shard: z.string(), sequence: z.string(), ids: z.array(z.string()) })),
  /** In the last receipt of an invocation, and only there; one that was killed has none. */
  totals: CallTotals.optional(),
});
export type Receipt = z.infer<typeof Receipt>;
