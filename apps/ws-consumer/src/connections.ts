import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Filter } from './filter.ts';

/** An open connection and what it wants to see. */
export interface Viewer {
  readonly connectionId: string;
  readonly filter: Filter;
}

/** Who is connected. Rows outlive their connections: API Gateway does not promise to tell of each that closes. */
export interface Connections {
  add(connectionId: string, nowMs: number): Promise<void>;
  /** @returns false when the connection is not known (any more) */
  setFilter(connectionId: string, filter: Filter): Promise<boolean>;
  remove(connectionId: string): Promise<void>;
  list(nowMs: number): Promise<Viewer[]>;
}

/** How long a connection can last: API Gateway closes it after 2 hours (WebSocket quotas page). */
const longestSeconds = 2 * 60 * 60;

/** A filter of an earlier version that does not hold any more lets everything pass, until its client subscribes anew. */
const Kept = Filter.catch({});

/** The connections table: `connectionId`, `filter` (JSON) and `expiresAt` (seconds UTC, the table's TTL). */
export const connectionsTable = (table: string, client: DynamoDBClient): Connections => {
  const keyOf = (connectionId: string) => ({ TableName: table, Key: { connectionId: { S: connectionId } } });
  return {
    add: async (connectionId, nowMs) => {
      const expiresAt = Math.ceil(nowMs / 1000) + longestSeconds;
      const Item = { connectionId: { S: connectionId }, filter: { S: '{}' }, expiresAt: { N: String(expiresAt) } };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },
    setFilter: async (connectionId, filter) => {
      try {
        await client.send(
          new UpdateItemCommand({
            ...keyOf(connectionId),
            UpdateExpression: 'SET #filter = :filter',
            ConditionExpression: 'attribute_exists(connectionId)',
            ExpressionAttributeNames: { '#filter': 'filter' },
            ExpressionAttributeValues: { ':filter': { S: JSON.stringify(filter) } },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    remove: async (connectionId) => {
      await client.send(new DeleteItemCommand(keyOf(connectionId)));
    },
    list: async (nowMs) => {
      const viewers: Viewer[] = [];
      const now = { ':now': { N: String(Math.floor(nowMs / 1000)) } };
      const unexpired = { FilterExpression: 'expiresAt > :now', ExpressionAttributeValues: now };
      for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ...unexpired })) {
        for (const { connectionId, filter } of Items)
          viewers.push({ connectionId: connectionId?.S ?? '', filter: Kept.parse(JSON.parse(filter?.S ?? '{}')) });
      }
      return viewers;
    },
  };
};
