import {
  type AttributeValue,
  BatchGetItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { windowKey } from '../aggregates/keys.ts';
import { type Aggregates, shards, UnreadError } from '../read/sums.ts';
import type { Item } from '../store/attributes.ts';
import { counterDays } from '../store/transact.ts';
import type { Drift } from './counters.ts';

/** Counters that one transaction corrects: 300 operators are allowed in a condition (DynamoDB quotas). */
const mostCounters = 100;

/**
 * Adds to the counters of one window and subject what they lack, or takes away what they have too much. All of it is
 * one transaction for every hundred counters, which is refused when any piece of them has changed since it was read: so
 * the function may count meanwhile, and a repair that is cut off and run again corrects nothing twice.
 *
 * @returns whether it was done; not when somebody else has changed them
 * @throws UnreadError when DynamoDB goes on leaving keys unread
 */
export const repair = async (aggregates: Aggregates, drifts: readonly Drift[], nowMs: number): Promise<boolean> => {
  const [first] = drifts;
  if (!first) return true;
  const { window, subject } = first;
  const pieces = await piecesOf(aggregates, window, subject);
  const held = (counter: string): bigint => pieces.reduce((sum, piece) => sum + BigInt(piece?.[counter]?.N ?? '0'), 0n);
  if (drifts.some(({ counter, held: before }) => held(counter) !== before)) return false;
  const newestExpiry = Math.max(0, ...pieces.map((piece) => Number(piece?.['expiresAt']?.N ?? 0)));
  const expiresAt = newestExpiry || Math.floor(nowMs / 1000) + counterDays(window) * 24 * 60 * 60;
  for (let at = 0; at < drifts.length; at += mostCounters) {
    const some = drifts.slice(at, at + mostCounters);
    const TransactItems = pieces.map((piece, shard): TransactWriteItem => {
      const isUnchanged = {
        TableName: aggregates.table,
        Key: { window: { S: windowKey(window, shard) }, subject: { S: subject } },
        ...unchanged(some, piece),
      };
      return shard === 0 ? { Update: adding(some, expiresAt, isUnchanged) } : { ConditionCheck: isUnchanged };
    });
    try {
      await aggregates.client.send(new TransactWriteItemsCommand({ TransactItems }));
    } catch (error) {
      if (error instanceof TransactionCanceledException) return false;
      throw error;
    }
  }
  return true;
};

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue>;
}

/** That a piece's counters are as they were read. */
const unchanged = (drifts: readonly Drift[], piece: Item | undefined): Condition => {
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {};
  const clauses = drifts.map(({ counter }, at) => {
    names[`#${at}`] = counter;
    const value = piece?.[counter];
    if (value === undefined) return `attribute_not_exists(#${at})`;
    values[`:was${at}`] = value;
    return `#${at} = :was${at}`;
  });
  return {
    ConditionExpression: clauses.join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
};

const adding = <Where extends Condition>(drifts: readonly Drift[], expiresAt: number, where: Where) => ({
  ...where,
  UpdateExpression: `SET expiresAt = if_not_exists(expiresAt, :expiresAt) ADD ${drifts.map((_, at) => `#${at} :by${at}`).join(', ')}`,
  ExpressionAttributeValues: {
    ...where.ExpressionAttributeValues,
    ':expiresAt': { N: String(expiresAt) },
    ...Object.fromEntries(drifts.map(({ held, lake }, at) => [`:by${at}`, { N: String(lake - held) }])),
  },
});

/** The pieces that the counters of a window and subject are kept in; undefined for one that is not there yet. */
const piecesOf = async (
  { client, table, backoff, wait }: Aggregates,
  window: string,
  subject: string,
): Promise<readonly (Item | undefined)[]> => {
  const found = new Map<string, Item>();
  let left: { Keys: Record<string, AttributeValue>[]; ConsistentRead?: boolean | undefined } = {
    Keys: shards.map((shard) => ({ window: { S: windowKey(window, shard) }, subject: { S: subject } })),
    ConsistentRead: true,
  };
  for (let attempt = 1; ; attempt += 1) {
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: left } }),
    );
    for (const item of Responses[table] ?? []) found.set(item['window']?.S ?? '', item);
    const unread = UnprocessedKeys[table];
    if (!unread?.Keys?.length) return shards.map((shard) => found.get(windowKey(window, shard)));
    const ms = backoff(attempt);
    if (ms === undefined) throw new UnreadError();
    await wait(ms);
    left = { Keys: unread.Keys, ConsistentRead: true };
  }
};
