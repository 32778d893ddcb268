import type { Batch } from './batch.ts';
import type { DeliverySettings } from './mapping-settings.ts';
import type { Outcome } from './outcome.ts';

const firstMs = 100;
const longestMs = 10_000;

/**
 * How long records rest after the nth failure in a row: 100 ms, doubled each time, 10 s at most. Lambda backs off
 * exponentially too and does not say by how much; they go no further meanwhile, there as here.
 */
export const backoffMs = (failures: number): number => Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));

/** Records that are sent together until they are done, with the invocations that have failed for them as they are. */
export interface Piece {
  readonly batch: Batch;
  readonly failures: number;
}

/**
 * What is sent next, in this order, when not all of a piece is done.
 *
 * With BisectBatchOnFunctionError "the batch is bisected at the returned sequence number and Lambda retries only the
 * remaining records"; a batch that failed as a whole is split in half. "Splitting batches doesn't consume the retry
 * quota" (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html and
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html). A report of the very first record
 * leaves nothing to split off at it, so such a batch is split in half too: its good records are not given up with it.
 */
export const afterFailure = (
  { batch, failures }: Piece,
  { done, throttled }: Outcome,
  { bisects }: Pick<DeliverySettings, 'bisects'>,
): readonly Piece[] => {
  const left = batch.from(done);
  if (throttled) return [{ batch: left, failures }];
  if (bisects && done > 0) return [{ batch: left, failures: 0 }];
  if (bisects && left.size > 1) {
    const half = Math.ceil(left.size / 2);
    return [
      { batch: left.first(half), failures: 0 },
      { batch: left.from(half), failures: 0 },
    ];
  }
  return [{ batch: left, failures: done > 0 ? 1 : failures + 1 }];
};

/** Whether a piece has had its retries. Throttled invocations are none: the function never ran. */
export const isSpent = ({ failures }: Piece, { retries }: Pick<DeliverySettings, 'retries'>): boolean =>
  retries !== undefined && failures > retries;

/**
 * How many records, counted from the first, are too old to be sent. Arrivals never go back within a shard.
 *
 * @param ageOf the age of what arrived at a moment, in the time that counts; both in milliseconds
 */
export const tooOld = (
  { records }: Batch,
  { largestAgeMs }: Pick<DeliverySettings, 'largestAgeMs'>,
  ageOf: (arrivalMs: number) => number,
): number => {
  if (largestAgeMs === undefined) return 0;
  const first = records.findIndex(({ arrivalMs }) => ageOf(arrivalMs) <= largestAgeMs);
  return first === -1 ? records.length : first;
};
