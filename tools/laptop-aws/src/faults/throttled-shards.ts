import type { FaultSource } from './fault-source.ts';

/** Which of the shards of one call are throttled now, each with whether the call as a whole is to fail for it. */
export type ThrottledShards = (shards: Iterable<string>) => ReadonlyMap<string, boolean>;

/** The most calls in a row that a shard refuses. */
const longest = 5;

/**
 * `throttle`: a shard that is struck refuses this call and up to four more that come to it. A while is counted in calls,
 * not in time, so that it can be reproduced, and a sender that backs off gets through.
 */
export const throttledShards = (faults: FaultSource): ThrottledShards => {
  const calls = new Map<string, number>();
  return (shards) => {
    const throttled = new Map<string, boolean>();
    for (const shard of shards) {
      let left = calls.get(shard) ?? 0;
      let wholeCall = false;
      if (left === 0) {
        const random = faults.decide('throttle');
        if (!random) continue;
        left = random.between(1, longest);
        wholeCall = random.below(4) === 0;
      }
      calls.set(shard, left - 1);
      throttled.set(shard, wholeCall);
      faults.struck('throttle');
    }
    return throttled;
  };
};
