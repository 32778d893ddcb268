import { BatchGetItemCommand, type BatchGetItemCommandOutput, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Backoff } from '@acme/lambda-kit';
import { everything, minuteAndCounter, windowKey, writeShards } from '../aggregates/keys.ts';
import type { Item } from '../store/attributes.ts';

/** By the name of a counter, its sum over all pieces. */
export type Sums = ReadonlyMap<string, bigint>;

export interface Aggregates {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Of the tries after DynamoDB left keys of a call unread. */
  readonly backoff: Backoff;
  readonly wait: (ms: number) => Promise<void>;
}

/** Keys of one call (limit: BatchGetItem API reference). */
const mostKeys = 100;

/** The pieces that a counter is kept in. */
export const shards: readonly number[] = Array.from({ length: writeShards }, (_, shard) => shard);

/**
 * What counts for everything, window by window; windows without events are not in it.
 *
 * @throws UnreadError when DynamoDB goes on leaving keys unread
 */
export const sumsOf = async (
  { client, table, backoff, wait }: Aggregates,
  windows: readonly string[],
): Promise<ReadonlyMap<string, Sums>> => {
  const keys = windows.flatMap((window) =>
    shards.map((shard) => ({ window: { S: windowKey(window, shard) }, subject: { S: everything } })),
  );
  const sums = new Map<string, Map<string, bigint>>();
  const read = async (some: typeof keys): Promise<void> => {
    let left: NonNullable<BatchGetItemCommandOutput['UnprocessedKeys']> = { [table]: { Keys: some } };
    for (let attempt = 1; ; attempt += 1) {
      const { Responses = {}, UnprocessedKeys = {} } = await client.send(
        new BatchGetItemCommand({ RequestItems: left }),
      );
      for (const item of Responses[table] ?? []) {
        const window = (item['window']?.S ?? '').slice(0, -'#00'.length);
        let sum = sums.get(window);
        if (!sum) sums.set(window, (sum = new Map()));
        addTo(sum, item);
      }
      if (Object.keys(UnprocessedKeys).length === 0) return;
      const ms = backoff(attempt);
      if (ms === undefined) throw new UnreadError();
      await wait(ms);
      left = UnprocessedKeys;
    }
  };
  const calls = [];
  for (let at = 0; at < keys.length; at += mostKeys) calls.push(read(keys.slice(at, at + mostKeys)));
  await Promise.all(calls);
  return sums;
};

/** What is no counter. */
const others = new Set(['window', 'subject', 'expiresAt']);

/** Adds an item's counters, those of its whole window, to a sum. */
export const addTo = (sum: Map<string, bigint>, item: Item): void => {
  for (const [name, { N }] of Object.entries(item))
    if (N !== undefined && !others.has(name) && !minuteAndCounter(name))
      sum.set(name, (sum.get(name) ?? 0n) + BigInt(N));
};

/** The sums of several windows, as one. */
export const together = (sums: Iterable<Sums>): Sums => {
  const all = new Map<string, bigint>();
  for (const sum of sums) for (const [name, value] of sum) all.set(name, (all.get(name) ?? 0n) + value);
  return all;
};

/** DynamoDB left some counters unread when time was up; ask again later. */
export class UnreadError extends Error {
  override readonly name = 'UnreadError';

  constructor() {
    super('DynamoDB is too busy to read all counters; ask again later, or for a shorter time');
  }
}
