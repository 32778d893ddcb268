import {
  type CancellationReason,
  type DynamoDBClient,
  type TransactWriteItem,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { isTransient } from '@acme/lambda-kit';
import { windowKey } from '../aggregates/keys.ts';
import type { Item } from './attributes.ts';
import type { Counter } from './counter.ts';

/** What became of a transaction: all of it was done, or nothing. */
export type Outcome =
  | { readonly kind: 'done' }
  /** Some of the items were there already: those at these places. */
  | { readonly kind: 'there'; readonly places: readonly number[] }
  /** Others were at the same items, or DynamoDB has too much to do: it may go well at the next try. */
  | { readonly kind: 'busy'; readonly cause: unknown };

/**
 * Puts items that must not be there yet and adds to counters, all or nothing.
 *
 * @param writeShard the piece of the counters that is added to
 * @throws what DynamoDB refuses for good, such as a missing permission
 */
export type Transact = (items: readonly Item[], counters: readonly Counter[], writeShard: number) => Promise<Outcome>;

export interface Tables {
  readonly results: string;
  readonly aggregates: string;
}

/** Transactions over the two tables. The client's own retries repeat a call under its token, and so never double it. */
export const transactor =
  (client: DynamoDBClient, tables: Tables): Transact =>
  async (items, counters, writeShard) => {
    const TransactItems = [
      ...items.map((Item) => put(tables.results, Item)),
      ...counters.map((counter) => add(tables.aggregates, counter, writeShard)),
    ];
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
      return { kind: 'done' };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) {
        if (error instanceof Error && (error.name === 'TransactionInProgressException' || isTransient(error)))
          return { kind: 'busy', cause: error };
        throw error;
      }
      const reasons = error.CancellationReasons ?? [];
      const places = reasons.flatMap(({ Code }, place) => (Code === 'ConditionalCheckFailed' ? [place] : []));
      if (places.length > 0) return { kind: 'there', places };
      if (reasons.some(isBusy)) return { kind: 'busy', cause: error };
      throw error;
    }
  };

const put = (TableName: string, Item: Item): TransactWriteItem => ({
  Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(eventId)' },
});

const daySeconds = 24 * 60 * 60;

/** How long counters are kept after the last event that they counted arrived. */
export const counterDays = (window: string): number => (window.startsWith('minute#') ? 30 : 400);

const add = (TableName: string, counter: Counter, writeShard: number): TransactWriteItem => {
  const { window, subject, adds, newestArrivalMs } = counter;
  const expiresAt = Math.floor(newestArrivalMs / 1000) + counterDays(window) * daySeconds;
  const ExpressionAttributeNames: Record<string, string> = {};
  const ExpressionAttributeValues: Item = { ':expiresAt': { N: String(expiresAt) } };
  const clauses: string[] = [];
  for (const [name, by] of adds) {
    const at = clauses.length;
    ExpressionAttributeNames[`#${at}`] = name;
    ExpressionAttributeValues[`:${at}`] = { N: String(by) };
    clauses.push(`#${at} :${at}`);
  }
  return {
    Update: {
      TableName,
      Key: { window: { S: windowKey(window, writeShard) }, subject: { S: subject } },
      UpdateExpression: `SET expiresAt = :expiresAt ADD ${clauses.join(', ')}`,
      ExpressionAttributeNames,
      ExpressionAttributeValues,
    },
  };
};

/** Reasons that pass (TransactWriteItems API reference). */
const isBusy = ({ Code = '' }: CancellationReason): boolean =>
  ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'].includes(Code);
