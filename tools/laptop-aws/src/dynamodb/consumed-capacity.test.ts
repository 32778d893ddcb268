import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDBClient, GetItemCommand, type ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { servedAlone } from '../aws/served-alone.ts';
import { askForCapacity, takeCapacity } from './consumed-capacity.ts';
import { type Answered, type DynamoDb, openDynamoDb } from './dynamodb.ts';
import { shapeTable } from './table.ts';

const TableName = 'views';
const named = (id: string) => ({ id: { S: id } });
const keyed = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' as const }];

describe('the capacity that requests consume', () => {
  let dir: string;
  let dynamoDb: DynamoDb;
  let served: Awaited<ReturnType<typeof servedAlone>>;
  let answered: Answered[];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'consumed-capacity-'));
    dynamoDb = await openDynamoDb({ dir, measure: (_, answer) => answered.push(answer) });
    served = await servedAlone(dynamoDb.service);
    await shapeTable(dynamoDb, TableName, {
      AttributeDefinitions: ['id', 'type'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keyed('id'),
      // As hostile a name as DynamoDB allows.
      GlobalSecondaryIndexes: [
        { IndexName: 'ConsumedCapacity', KeySchema: keyed('type'), Projection: { ProjectionType: 'ALL' } },
      ],
    });
  });
  afterAll(async () => {
    await served.close();
    await dynamoDb.close();
    await rm(dir, { recursive: true, force: true });
  });

  const Item = { ...named('a'), type: { S: 'x' }, body: { S: 'né"ConsumedCapacity":1' }, ConsumedCapacity: { S: 'b' } };
  const query = {
    TableName,
    IndexName: 'ConsumedCapacity',
    KeyConditionExpression: '#t = :t',
    ExpressionAttributeNames: { '#t': 'type' },
    ExpressionAttributeValues: { ':t': { S: 'x' } },
  };
  const operations: [string, object][] = [
    ['PutItem', { TableName, Item }],
    ['PutItem', { TableName, Item, ReturnValues: 'ALL_OLD', ReturnItemCollectionMetrics: 'SIZE' }],
    ['GetItem', { TableName, Key: named('a') }],
    ['GetItem', { TableName, Key: named('none') }],
    ['Query', query],
    ['Query', { ...query, Select: 'COUNT' }],
    ['Scan', { TableName, Limit: 1 }],
    ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [named('a')] } } }],
    ['BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }],
    ['TransactWriteItems', { TransactItems: [{ Put: { TableName, Item } }] }],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key: named('a') } }] }],
    ['UpdateItem', { TableName, Key: named('a'), UpdateExpression: 'REMOVE nothing', ReturnValues: 'ALL_NEW' }],
    ['DeleteItem', { TableName, Key: named('none') }],
    ['PutItem', {}],
    ['PutItem', { TableName, Item: { id: { N: '1' } } }],
    ['ListTables', {}],
  ];

  /** As it comes over the wire. */
  const post = async (operation: string, body: string) => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0';
    const response = await fetch(served.client.endpoint, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': '20260101T000000Z',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      },
      body,
    });
    const text = await response.text();
    expect(response.headers.get('x-amz-crc32')).toBe(String(crc32(text)));
    return JSON.parse(text) as Record<string, unknown>;
  };

  it.each(operations)('is measured of %s %j, and the answer is the same as without', async (operation, input) => {
    await dynamoDb.call('PutItem', { TableName, Item });
    for (const wanted of [undefined, 'NONE', 'TOTAL', 'INDEXES', 'WRONG']) {
      const body = { ...input, ...(wanted ? { ReturnConsumedCapacity: wanted } : {}) };
      const own = await dynamoDb.call(operation, body).catch((error: { code: string }) => error.code);
      answered = [];
      const { __type, ...answer } = await post(operation, JSON.stringify(body));
      expect(__type ? String(__type).split('#').pop() : answer).toEqual(own);
      // Of a wrong word the engine makes an error, or nothing.
      const isMeasured = !__type && operation !== 'ListTables' && wanted !== 'WRONG';
      expect(answered.map(({ capacity }) => capacity.map((each) => each.TableName))).toEqual([
        isMeasured ? [TableName] : [],
      ]);
    }
  });

  it.each([
    ['NONE', undefined],
    ['TOTAL', { TableName, CapacityUnits: 0.5 }],
    ['INDEXES', { TableName, CapacityUnits: 0.5, Table: { CapacityUnits: 0.5 } }],
  ])('comes to a client that asks for %s', async (ReturnConsumedCapacity, expected) => {
    const client = new DynamoDBClient(served.client);
    answered = [];
    const asks = { ReturnConsumedCapacity: ReturnConsumedCapacity as ReturnConsumedCapacity };
    const answer = await client.send(new GetItemCommand({ TableName, Key: named('a'), ...asks }));
    client.destroy();
    expect(answer.ConsumedCapacity).toEqual(expected);
  });

  it('is asked for in the text, whatever blanks it begins with; what is no request stays as it is', () => {
    const asking = (text: string) => askForCapacity(Buffer.from(text))?.body.toString();
    expect(asking(' \n{\t"TableName": "views"}')).toBe('{"ReturnConsumedCapacity":"INDEXES","TableName": "views"}');
    expect(asking('{"Item":{"ReturnConsumedCapacity":{"S":"é"}}}')).toBe(
      '{"ReturnConsumedCapacity":"INDEXES","Item":{"ReturnConsumedCapacity":{"S":"é"}}}',
    );
    expect(asking('{"Limit":1.0,"ReturnConsumedCapacity" : "TOTAL","V":{"S":"né ReturnConsumedCapacity"}}')).toBe(
      '{"Limit":1.0,"ReturnConsumedCapacity" : "INDEXES","V":{"S":"né ReturnConsumedCapacity"}}',
    );
    expect(asking('{"ReturnConsumedCapacity":null}')).toBe('{"ReturnConsumedCapacity":"INDEXES"}');
    const twice = '{"ReturnConsumedCapacity":"NONE","ReturnConsumedCapacity":"TOTAL"}';
    const names = ['{"ReturnConsumedCapacity"', '"ReturnConsumedCapacity"', '["ReturnConsumedCapacity"]', twice];
    for (const none of ['', '{}', '[]', 'null', '\f{"a":1}', '\ufeff{"a":1}', ...names])
      expect(asking(none)).toBeUndefined();
  });

  it('is asked for in bytes that are no text, which the engine refuses', () => {
    const [start, end] = [Buffer.from('{"Item":{"ReturnConsumedCapacity":{"S":"'), Buffer.from('"}}}')];
    const body = Buffer.concat([start, Buffer.from([0xff]), end]);
    expect(askForCapacity(body)?.body.subarray(-body.length + 1)).toEqual(body.subarray(1));
  });

  it('is not taken from an item', () => {
    const answer = Buffer.from('{"Item":{"ConsumedCapacity":{"S":"a"}}}');
    expect(takeCapacity(answer, 'NONE')).toEqual({ capacity: [], body: answer });
  });
});
