import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamoDb, openDynamoDb } from '../../dynamodb/dynamodb.ts';
import { shapeTable } from '../../dynamodb/table.ts';
import { thrownBy, withFront } from '../../faults/front.fixture.ts';
import type { FaultKind } from '../../faults/fault-kinds.ts';
import { openFaults } from '../../faults/faults.ts';
import { openMetrics } from '../store/metrics.ts';
import { type DynamoDbRequests, dynamoDbRequests } from './dynamodb-requests.ts';

const results = 'analytics-results';
const aggregates = 'analytics-aggregates';
const byType = 'by-type';

const keyed = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' as const }];
const resultsShape = {
  AttributeDefinitions: ['id', 'type'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: keyed('id'),
  GlobalSecondaryIndexes: [
    { IndexName: byType, KeySchema: keyed('type'), Projection: { ProjectionType: 'ALL' as const } },
  ],
};
const aggregatesShape = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  KeySchema: keyed('id'),
};

const text = (bytes: number) => ({ S: 'x'.repeat(bytes) });
const put = (id: string, bytes = 10) => ({ TableName: results, Item: { id: { S: id }, body: text(bytes) } });
const typed = (id: string) => ({ TableName: results, Item: { id: { S: id }, type: { S: 'click' }, body: text(1500) } });

describe('DynamoDB requests', () => {
  let dir: string;
  let dynamoDb: DynamoDb;
  /** The engine is told once what to report to; each test measures anew. */
  let requests: DynamoDbRequests;

  /** What requests of a test have measured: name and dimensions to count and sum; of latencies only how many there are. */
  const measuredOf = async (
    run: (client: DynamoDBClient) => Promise<void>,
    faults: Partial<Record<FaultKind, number>> = {},
  ) => {
    const metrics = openMetrics(Date.now, () => undefined);
    requests = dynamoDbRequests(metrics);
    const around = openFaults({ kinds: Object.keys(faults) as FaultKind[], seed: 1, rates: faults });
    const { dynamodb } = around.services({ dynamodb: dynamoDb.service });
    await withFront({ dynamodb: requests.counted(dynamodb) }, async (settings: DynamoDBClientConfig) => {
      const client = new DynamoDBClient(settings);
      await run(client).finally(() => client.destroy());
    });
    return Object.fromEntries(
      metrics.list().map((series) => {
        const { namespace, name, dimensions } = series.metric;
        const summary = series.over(Date.now() - 120_000, Date.now() + 120_000);
        const by = dimensions.map(({ Value }) => Value).join(' ');
        expect([namespace, series.unit]).toEqual([
          'AWS/DynamoDB',
          name === 'SuccessfulRequestLatency' ? 'Milliseconds' : 'Count',
        ]);
        return [
          `${name} ${by}`.trim(),
          name === 'SuccessfulRequestLatency' ? summary?.count : [summary?.count, summary?.sum],
        ];
      }),
    );
  };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'dynamodb-requests-'));
    dynamoDb = await openDynamoDb({ dir, measure: (request, answered) => requests.measure(request, answered) });
    await shapeTable(dynamoDb, results, resultsShape);
    await shapeTable(dynamoDb, aggregates, aggregatesShape);
  });
  afterAll(async () => {
    await dynamoDb.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('show what they consumed of tables and indexes, how long they took and how many items came back', async () => {
    const measured = await measuredOf(async (client) => {
      await client.send(new PutItemCommand(typed('a'))); // 2 units, and 2 of the index
      await client.send(new GetItemCommand({ TableName: results, Key: { id: { S: 'a' } } })); // half a unit
      await client.send(new GetItemCommand({ TableName: results, Key: { id: { S: 'a' } }, ConsistentRead: true }));
      await client.send(
        new QueryCommand({
          TableName: results,
          IndexName: byType,
          KeyConditionExpression: '#type = :type',
          ExpressionAttributeNames: { '#type': 'type' },
          ExpressionAttributeValues: { ':type': { S: 'click' } },
        }),
      );
    });
    expect(measured).toEqual({
      [`ConsumedReadCapacityUnits ${results}`]: [2, 0.5 + 1],
      [`ConsumedReadCapacityUnits ${byType} ${results}`]: [1, 0.5],
      [`ConsumedWriteCapacityUnits ${results}`]: [1, 2],
      [`ConsumedWriteCapacityUnits ${byType} ${results}`]: [1, 2],
      [`ReturnedItemCount Query ${results}`]: [1, 1],
      [`SuccessfulRequestLatency GetItem ${results}`]: 2,
      [`SuccessfulRequestLatency PutItem ${results}`]: 1,
      [`SuccessfulRequestLatency Query ${results}`]: 1,
    });
  });

  it('count by table when they are about several, transactions twice, and a repeated one as a read', async () => {
    const measured = await measuredOf(async (client) => {
      const TransactItems = [
        { Put: put('t1') },
        { Put: put('t2', 1500) },
        {
          Update: {
            TableName: aggregates,
            Key: { id: { S: 'n' } },
            UpdateExpression: 'ADD n :n',
            ExpressionAttributeValues: { ':n': { N: '1' } },
          },
        },
      ];
      const transact = new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: 'once' });
      await client.send(transact);
      await client.send(transact);
      const Keys = ['t1', 't2', 'none'].map((id) => ({ id: { S: id } }));
      const RequestItems = { [results]: { Keys }, [aggregates]: { Keys: [{ id: { S: 'n' } }] } };
      await client.send(new BatchGetItemCommand({ RequestItems }));
      await client.send(
        new BatchWriteItemCommand({ RequestItems: { [results]: [{ PutRequest: { Item: put('b').Item } }] } }),
      );
    });
    expect(measured).toEqual({
      [`ConsumedReadCapacityUnits ${aggregates}`]: [2, 2 + 0.5],
      [`ConsumedReadCapacityUnits ${results}`]: [2, 4 + 3 * 0.5],
      [`ConsumedWriteCapacityUnits ${aggregates}`]: [1, 2],
      [`ConsumedWriteCapacityUnits ${results}`]: [2, 2 * (1 + 2) + 1],
      [`SuccessfulRequestLatency BatchGetItem ${aggregates}`]: 1,
      [`SuccessfulRequestLatency BatchGetItem ${results}`]: 1,
      [`SuccessfulRequestLatency BatchWriteItem ${results}`]: 1,
      [`SuccessfulRequestLatency TransactWriteItems ${aggregates}`]: 2,
      [`SuccessfulRequestLatency TransactWriteItems ${results}`]: 2,
    });
  });

  it('count conditions that failed, and what the client did wrong: a transaction that was cancelled is such', async () => {
    const isNew = { ConditionExpression: 'attribute_not_exists(id)' };
    const thrown: string[] = [];
    const measured = await measuredOf(async (client) => {
      await client.send(new PutItemCommand(put('there')));
      const refused = async (call: Promise<unknown>) => thrown.push((await thrownBy(call)).name);
      await refused(client.send(new PutItemCommand({ ...put('there'), ...isNew })));
      await refused(
        client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { ...put('there'), ...isNew } }] })),
      );
      await refused(client.send(new PutItemCommand({ ...put('there'), TableName: 'nowhere' })));
    });
    expect(thrown).toEqual([
      'ConditionalCheckFailedException',
      'TransactionCanceledException',
      'ResourceNotFoundException',
    ]);
    expect(measured).toEqual({
      [`ConditionalCheckFailedRequests ${results}`]: [1, 1],
      [`ConsumedWriteCapacityUnits ${results}`]: [1, 1],
      [`SuccessfulRequestLatency PutItem ${results}`]: 1,
      UserErrors: [2, 2],
    });
  });

  it('count faults by their answer, and what a call whose answer was lost has consumed', async () => {
    const seen: Record<string, number> = {};
    const measured = await measuredOf(
      async (client) => {
        for (let each = 0; each < 40; each++) {
          const Keys = [`${each}`, 'other'].map((id) => ({ id: { S: id } }));
          const read = new BatchGetItemCommand({ RequestItems: { [results]: { Keys } } });
          const call = each % 2 ? client.send(new PutItemCommand(put(`f${each}`))) : client.send(read);
          const { status = 0 } = await thrownBy(call);
          const kind = `${status} ${each % 2 ? 'PutItem' : 'BatchGetItem'}`;
          seen[kind] = (seen[kind] ?? 0) + 1;
        }
      },
      { 'dynamodb-error': 1 },
    );
    const count = (kind: string, times = 1) => [seen[kind], (seen[kind] ?? 0) * times];
    const server = (operation: string): number => (seen[`500 ${operation}`] ?? 0) + (seen[`503 ${operation}`] ?? 0);
    expect(measured).toMatchObject({
      [`ThrottledRequests PutItem ${results}`]: count('400 PutItem'),
      [`ThrottledRequests BatchGetItem ${results}`]: count('400 BatchGetItem'),
      [`WriteThrottleEvents ${results}`]: count('400 PutItem'),
      [`ReadThrottleEvents ${results}`]: count('400 BatchGetItem', 2),
      [`SystemErrors PutItem ${results}`]: [server('PutItem'), server('PutItem')],
      [`SystemErrors BatchGetItem ${results}`]: [server('BatchGetItem'), server('BatchGetItem')],
    });
    const names = new Set(Object.keys(measured).map((name) => name.split(' ')[0]));
    expect([...names].sort()).toEqual([
      'ConsumedReadCapacityUnits',
      'ConsumedWriteCapacityUnits',
      'ReadThrottleEvents',
      'SystemErrors',
      'ThrottledRequests',
      'WriteThrottleEvents',
    ]);
  });
});
