import type { Batch } from './batch.ts';
import type { MappingSettings } from './mapping-settings.ts';

const firstMs = 100;
const longestMs = 10_000;

/**
 * How long a shard rests after the nth failure in a row: 100 ms, doubled each time, 10 s at most. Lambda backs off
 * exponentially too and does not say by how much; the shard goes no further meanwhile, there as here.
 */
export const backoffMs = (failures: number): number => Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));

/** Whether a batch that failed so often is given up. Throttled invocations do not count: the function never ran. */
export const isSpent = (failures: number, { retries }: MappingSettings): boolean =>
  retries !== undefined && failures > retries;

/** How many records, counted from the first, are too old to be sent. Arrivals never go back within a shard. */
export const tooOld = ({ records }: Batch, { largestAgeMs }: MappingSettings, nowMs: number): number => {
  if (largestAgeMs === undefined) return 0;
  const first = records.findIndex(({ arrivalMs }) => nowMs - arrivalMs <= largestAgeMs);
  return first === -1 ? records.length : first;
};
