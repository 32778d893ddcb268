import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuiltResource, ResourceKind } from '../assembly/resource-kind.ts';
import { type Front, openFront } from '../front/front.ts';
import { dynoxideBinary } from './dynoxide-binary.ts';
import { type DynamoDb, openDynamoDb } from './dynamodb.ts';
import { dynamoDbResources } from './resource.ts';
import { commandLine } from './stale-process.ts';

const results = {
  TableName: 'analytics-results',
  AttributeDefinitions: [{ AttributeName: 'eventId', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'eventId', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  Replicas: [{ Region: 'us-west-2', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, Tags: [] }],
};
const byType = {
  AttributeDefinitions: [...results.AttributeDefinitions, { AttributeName: 'eventType', AttributeType: 'S' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-type',
      KeySchema: [{ AttributeName: 'eventType', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

describe('DynamoDB', () => {
  let dir: string;
  let dynamoDb: DynamoDb;
  let front: Front;
  let client: DynamoDBClient;

  const open = async (): Promise<void> => {
    dynamoDb = await openDynamoDb({ dir });
    front = await openFront({ port: 0, services: { dynamodb: dynamoDb.service }, upgrade: () => undefined });
    client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${front.port}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  };
  const close = async (): Promise<void> => {
    client.destroy();
    await front.close();
    await dynamoDb.close();
  };
  const declare = async (type: string, properties: object): Promise<BuiltResource> => {
    const kind = dynamoDbResources(dynamoDb)[type] as ResourceKind;
    return kind.build(kind.properties.parse(properties), { stack: 'S', logicalId: 'T', generatedName: 'S-T-1' });
  };
  const item = (eventId: string) => ({ TableName: 'analytics-results', Key: { eventId: { S: eventId } } });

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'acme-dynamodb-'));
    await open();
  });
  afterAll(async () => {
    await close();
    await rm(dir, { recursive: true, force: true });
  });

  it('has the tables of the templates, with TTL, and says what does not act', async () => {
    expect(await declare('AWS::DynamoDB::GlobalTable', results)).toEqual({
      ref: 'analytics-results',
      attributes: { Arn: 'arn:aws:dynamodb:us-west-2:000000000000:table/analytics-results' },
      notHonoured: [
        'TimeToLiveSpecification: expired items stay',
        'PointInTimeRecoverySpecification: there are no backups here',
      ],
    });
    const { TimeToLiveDescription } = await client.send(
      new DescribeTimeToLiveCommand({ TableName: 'analytics-results' }),
    );
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });

    const { Replicas: _, ...provisioned } = { ...results, TableName: undefined, BillingMode: 'PROVISIONED' };
    expect(await declare('AWS::DynamoDB::Table', { ...provisioned, ...byType })).toMatchObject({
      ref: 'S-T-1',
      notHonoured: expect.arrayContaining(['ProvisionedThroughput: nothing limits a table here']),
    });
  });

  it('keeps items over a restart, and takes an index that was added', async () => {
    const Item = { eventId: { S: 'a' }, eventType: { S: 'click' } };
    await client.send(new PutItemCommand({ TableName: 'analytics-results', Item }));
    await close();
    await open();
    await declare('AWS::DynamoDB::GlobalTable', { ...results, ...byType });

    expect((await client.send(new GetItemCommand(item('a')))).Item).toEqual(Item);
    const { Items } = await client.send(
      new QueryCommand({
        TableName: 'analytics-results',
        IndexName: 'by-type',
        KeyConditionExpression: 'eventType = :type',
        ExpressionAttributeValues: { ':type': { S: 'click' } },
      }),
    );
    expect(Items).toEqual([Item]);
    await declare('AWS::DynamoDB::GlobalTable', results);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'analytics-results' }));
    expect(Table?.GlobalSecondaryIndexes ?? []).toEqual([]);
  });

  it('refuses a table whose key has changed, and says what to do', async () => {
    const KeySchema = [...results.KeySchema, { AttributeName: 'eventType', KeyType: 'RANGE' }];
    await expect(
      declare('AWS::DynamoDB::GlobalTable', {
        ...results,
        AttributeDefinitions: byType.AttributeDefinitions,
        KeySchema,
      }),
    ).rejects.toThrow(
      'table analytics-results has another key or other local indexes than before: ' +
        'delete it with the DynamoDB API, or start with another --dir',
    );
  });

  it("passes on the engine's own errors", async () => {
    await expect(client.send(new DescribeTableCommand({ TableName: 'nowhere' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('ends the engine that a killed platform left behind, and has its items', async () => {
    const other = await mkdtemp(join(dir, 'killed-'));
    const script = `
      import { openDynamoDb } from ${JSON.stringify(join(import.meta.dirname, 'dynamodb.ts'))};
      const dynamoDb = await openDynamoDb({ dir: ${JSON.stringify(other)} });
      await dynamoDb.call('CreateTable', ${JSON.stringify({ TableName: 'kept', AttributeDefinitions: results.AttributeDefinitions, KeySchema: results.KeySchema, BillingMode: 'PAY_PER_REQUEST' })});
      console.log('up');
    `;
    const platform = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(platform, 'exit');
    await Promise.race([once(platform.stdout, 'data'), exited]);
    platform.kill('SIGKILL');
    await exited;
    const stale = Number(await readFile(join(other, 'dynamodb', 'pid'), 'utf8'));
    expect(commandLine(stale)).toContain(other);

    const next = await openDynamoDb({ dir: other });
    try {
      expect(commandLine(stale)).not.toContain(other);
      expect(await next.call('ListTables', {})).toMatchObject({ TableNames: ['kept'] });
    } finally {
      await next.close();
    }
  });

  it('says what to install where npm had no engine', () => {
    expect(() => dynoxideBinary('plan9-mips', '/nowhere')).toThrow(
      'install it with `npm i --no-save @dynoxide/plan9-mips`',
    );
  });
});
