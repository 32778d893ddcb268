import { type AttributeValue, type DynamoDBClient, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Table } from './sinks.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** Tables of DynamoDB: the laptop's, or those of a stage. */
export interface Tables {
  /** Reads every item once, in any order. */
  scan(table: Table, take: (item: Item) => void): Promise<void>;
  /** The same of the items under these partition keys. */
  query(table: Table, key: string, values: readonly string[], take: (item: Item) => void): Promise<void>;
}

/** Where there are none. */
export const noTables: Tables = { scan: async () => undefined, query: async () => undefined };

/** Parts of a table that are read side by side, and queries under way at a time. */
const segments = 8;
const queriesAtATime = 32;

/** @param nameOf the table's name in the stage; undefined where there is no such table: then it has no items */
export const dynamoDbTables = (
  client: DynamoDBClient,
  nameOf: (table: Table) => Promise<string | undefined>,
): Tables => ({
  scan: async (table, take) => {
    const TableName = await nameOf(table);
    if (TableName === undefined) return;
    const one = async (Segment: number): Promise<void> => {
      const pages = paginateScan({ client }, { TableName, ConsistentRead: true, Segment, TotalSegments: segments });
      for await (const { Items = [] } of pages) for (const item of Items) take(item);
    };
    await Promise.all(Array.from({ length: segments }, (_, segment) => one(segment)));
  },
  query: async (table, key, values, take) => {
    const TableName = await nameOf(table);
    if (TableName === undefined) return;
    const left = values.values();
    const lane = async (): Promise<void> => {
      for (const value of left) {
        const query = {
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: '#key = :value',
          ExpressionAttributeNames: { '#key': key },
          ExpressionAttributeValues: { ':value': { S: value } },
        };
        for await (const { Items = [] } of paginateQuery({ client }, query)) for (const item of Items) take(item);
      }
    };
    await Promise.all(Array.from({ length: queriesAtATime }, lane));
  },
});
