/** Spaces the frames of each shard out, so that a connection gets only so many a second. */
export interface Pace {
  /** Resolves when the next frame of a shard may go: at once, unless one went just before. */
  due(shard: string): Promise<void>;
  /** A frame of the shard has gone. */
  sent(shard: string): void;
}

/**
 * The stream is the buffer: a batch that comes too early waits, and what arrives meanwhile is the next batch. One
 * process may read several shards in turns; they do not wait for each other.
 */
export const pace = (framesPerSecond: number, now: () => number, sleep: (ms: number) => Promise<unknown>): Pace => {
  const everyMs = 1000 / framesPerSecond;
  const sentAtMs = new Map<string, number>();
  return {
    due: async (shard) => {
      const waitMs = (sentAtMs.get(shard) ?? -Infinity) + everyMs - now();
      if (waitMs > 0) await sleep(waitMs);
    },
    sent: (shard) => void sentAtMs.set(shard, now()),
  };
};
