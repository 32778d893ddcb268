/* eslint-disable @nx/enforce-module-boundaries -- for tests: items and counters as the app writes them */
import { startDynoxide } from '@acme/laptop-aws/testing';
import type { ClickstreamEvent } from '@acme/telemetry-schema';
import { CreateTableCommand, DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { storeEvents } from '../../../apps/analytics/src/store/store-events.ts';
import { transactor } from '../../../apps/analytics/src/store/transact.ts';

const names = { results: 'analytics-results', aggregates: 'analytics-aggregates' };

/** The laptop's DynamoDB in a lake's state folder, with the tables of analytics; to be closed before it is audited. */
export const results = async (dir: string) => {
  const engine = await startDynoxide(dir);
  const client = new DynamoDBClient({
    region: 'us-west-2',
    endpoint: `http://${engine.place.host}:${engine.place.port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const table = (TableName: string, hash: string, range: string) =>
    client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [hash, range].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: hash, KeyType: 'HASH' },
          { AttributeName: range, KeyType: 'RANGE' },
        ],
      }),
    );
  await table(names.results, 'eventId', 'timestamp');
  await table(names.aggregates, 'window', 'subject');
  return {
    /** Stores and counts events, as the function does. */
    store: (events: readonly ClickstreamEvent[], arrivedAtMs: number) =>
      storeEvents(
        events.map((event) => ({ event, arrivedAtMs })),
        { transact: transactor(client, names), backoff: () => 1, wait: async () => undefined, random: () => 0.5 },
      ),
    remove: ({ eventId, timestamp }: ClickstreamEvent) =>
      client.send(
        new DeleteItemCommand({
          TableName: names.results,
          Key: { eventId: { S: eventId }, timestamp: { S: timestamp } },
        }),
      ),
    /** Somebody adds to a counter, in one of its pieces. */
    spoil: (window: string, counter: string, by: number) =>
      client.send(
        new UpdateItemCommand({
          TableName: names.aggregates,
          Key: { window: { S: `${window}#03` }, subject: { S: 'all' } },
          UpdateExpression: 'ADD #counter :by',
          ExpressionAttributeNames: { '#counter': counter },
          ExpressionAttributeValues: { ':by': { N: String(by) } },
        }),
      ),
    close: async (): Promise<void> => {
      client.destroy();
      await engine.close();
    },
  };
};
export type Results = Awaited<ReturnType<typeof results>>;
