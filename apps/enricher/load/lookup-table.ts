import { setTimeout as wait } from 'node:timers/promises';
import { type Backoff, jitteredBackoff, isTransient } from '@acme/lambda-kit';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { type Item, keyAttribute, lookupKey, versionAttribute } from '../src/dimensions/index.ts';

/** Keys of one BatchGetItem, and items of one BatchWriteItem (API reference). */
export const readLimit = 100;
export const writeLimit = 25;

/** How long one call may be repeated for what DynamoDB holds back. */
const patienceMs = 60_000;

/** A dimension's table, for loading. Calls are repeated for a minute while DynamoDB has too much to do. */
export interface LookupTable {
  /** The items of at most `readLimit` keys, as they are now, by key. */
  readonly read: (keys: readonly string[]) => Promise<Map<string, Item>>;
  /** Writes at most `writeLimit` items, whatever is there. */
  readonly write: (items: readonly Item[]) => Promise<void>;
  /** Replaces an item if it still has this version; says whether it did. */
  readonly replace: (item: Item, seen: Item[string] | undefined) => Promise<boolean>;
}

export const lookupTable = (
  client: DynamoDBClient,
  table: string,
  backoff: () => Backoff = () => jitteredBackoff(Date.now() + patienceMs),
): LookupTable => ({
  read: async (keys) => {
    const found = new Map<string, Item>();
    await untilNone(keys.map(lookupKey), backoff(), async (Keys) => {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table] ?? []) found.set(item[keyAttribute]?.S as string, item);
      return UnprocessedKeys?.[table]?.Keys ?? [];
    });
    return found;
  },
  write: (items) => {
    const requests = items.map((Item): WriteRequest => ({ PutRequest: { Item } }));
    return untilNone(requests, backoff(), async (left) => {
      const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
      return UnprocessedItems?.[table] ?? [];
    });
  },
  replace: async (item, seen) => {
    const put = new PutItemCommand({
      TableName: table,
      Item: item,
      ConditionExpression: seen === undefined ? 'attribute_not_exists(#version)' : '#version = :seen',
      ExpressionAttributeNames: { '#version': versionAttribute },
      ...(seen === undefined ? {} : { ExpressionAttributeValues: { ':seen': seen } }),
    });
    let isReplaced = true;
    await untilNone([put], backoff(), async ([command]) => {
      await client.send(command as PutItemCommand).catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        isReplaced = false;
      });
      return [];
    });
    return isReplaced;
  },
});

/** Calls for all, then again for those that were held back, until none is. */
const untilNone = async <T>(all: readonly T[], backoff: Backoff, call: (left: T[]) => Promise<T[]>): Promise<void> => {
  let cause: unknown;
  for (let left = [...all], attempt = 1; ; attempt += 1) {
    left = await call(left).catch((error: unknown) => {
      if (!isHeldBack(error)) throw error;
      cause = error;
      return left;
    });
    if (left.length === 0) return;
    const ms = backoff(attempt);
    if (ms === undefined) throw new HeldBackError(left.length, { cause });
    await wait(ms);
  }
};

/** DynamoDB has answered, and may answer otherwise later; that nothing answers the client has tried again itself. */
const isHeldBack = (error: unknown): boolean =>
  isTransient(error) && (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;

/** DynamoDB had too much to do for as long as a call is repeated. */
export class HeldBackError extends Error {
  override readonly name = 'HeldBackError';

  constructor(items: number, options: { readonly cause: unknown }) {
    super(
      `DynamoDB held back ${items} items for a minute: run the same command again, it goes on where it was`,
      options,
    );
  }
}
