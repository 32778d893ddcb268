import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import type { Backoff } from '@acme/lambda-kit';
import { everything, minuteAndCounter, pageKey, pageOfKey, windowKey, writeShards } from '../aggregates/keys.ts';
import { windowAt } from '../aggregates/windows.ts';

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

const shards = Array.from({ length: writeShards }, (_, shard) => shard);

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

/** What counts for each page, all windows together. Reads each page that had events: of a busy day that is much. */
export const pageSums = async (
  { client, table }: Aggregates,
  windows: readonly string[],
): Promise<ReadonlyMap<string, Sums>> => {
  const pages = new Map<string, Map<string, bigint>>();
  const read = async (key: string, minutes: ReadonlySet<string> | 'all'): Promise<void> => {
    const query = {
      TableName: table,
      KeyConditionExpression: '#window = :window AND begins_with(#subject, :pages)',
      ExpressionAttributeNames: { '#window': 'window', '#subject': 'subject' },
      ExpressionAttributeValues: { ':window': { S: key }, ':pages': { S: pageKey('') } },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      for (const item of Items) {
        const page = pageOfKey(item['subject']?.S ?? '');
        let sum = pages.get(page);
        if (!sum) pages.set(page, (sum = new Map()));
        addTo(sum, minutes === 'all' ? item : ofMinutes(item, minutes));
      }
    }
  };
  for (const [hour, minutes] of byHour(windows))
    await Promise.all(shards.map((shard) => read(windowKey(hour, shard), minutes)));
  for (const [page, sum] of pages) if (sum.size === 0) pages.delete(page);
  return pages;
};

/** Windows by the hours that hold the counters of their pages. */
const byHour = (windows: readonly string[]): ReadonlyMap<string, Set<string> | 'all'> => {
  const hours = new Map<string, Set<string> | 'all'>();
  for (const window of windows) {
    const [granularity, instant = ''] = window.split('#');
    const hour = windowAt('hour', instant);
    const minutes = hours.get(hour) ?? new Set();
    if (granularity === 'hour') hours.set(hour, 'all');
    else if (minutes !== 'all') hours.set(hour, minutes.add(instant.slice(-2)));
  }
  return hours;
};

type Item = Record<string, AttributeValue>;

/** Of an hour's counters those of some minutes, by their own names and added up. */
const ofMinutes = (item: Item, minutes: ReadonlySet<string>): Item => {
  const sums = new Map<string, bigint>();
  for (const [name, { N }] of Object.entries(item)) {
    const [minute, counter] = minuteAndCounter(name) ?? [];
    if (minute === undefined || counter === undefined || N === undefined || !minutes.has(minute)) continue;
    sums.set(counter, (sums.get(counter) ?? 0n) + BigInt(N));
  }
  return Object.fromEntries([...sums].map(([name, sum]) => [name, { N: String(sum) }]));
};

/** What is no counter. */
const others = new Set(['window', 'subject', 'expiresAt']);

const addTo = (sum: Map<string, bigint>, item: Item): void => {
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
