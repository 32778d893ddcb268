import { hash } from 'node:crypto';

const hashKeys = 1n << 128n;

/** The hash keys of one shard: 128-bit numbers in decimal, both ends included. */
export interface HashRange {
  readonly StartingHashKey: string;
  readonly EndingHashKey: string;
}

/** Equal shares of the hash keys, as AWS gives them to the shards of a new stream. */
export const hashRanges = (shards: number): HashRange[] =>
  Array.from({ length: shards }, (_, shard) => ({
    StartingHashKey: String(startOf(shard, shards)),
    EndingHashKey: String(startOf(shard + 1, shards) - 1n),
  }));

const startOf = (shard: number, shards: number): bigint =>
  shard === shards ? hashKeys : (hashKeys / BigInt(shards)) * BigInt(shard);

/** 128 bits as hex of fixed width, in which order is the order of strings. */
const hexKey = (key: bigint): string => key.toString(16).padStart(32, '0');

/** Which shard takes a record: the one whose range holds the MD5 of its partition key, or its explicit hash key. */
export const shardRouter = (ranges: readonly HashRange[]): ((partitionKey: string, explicit?: string) => number) => {
  const starts = ranges.map(({ StartingHashKey }) => hexKey(BigInt(StartingHashKey)));
  return (partitionKey, explicit) => {
    const key = explicit === undefined ? hash('md5', partitionKey, 'hex') : hexKey(BigInt(explicit));
    let low = 0;
    for (let high = starts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as string) <= key) low = middle;
      else high = middle;
    }
    return low;
  };
};
