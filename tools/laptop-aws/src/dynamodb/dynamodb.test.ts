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
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BuiltResource, ResourceKind } from '../assembly/resource-kind.ts';
import { type Front, openFront } from '../front/front.ts';
import { dynoxideBinary } from './dynoxide-binary.ts';
import { type DynamoDb, openDynamoDb } from './dynamodb.ts';
import { dynamoDbResources } from './resource.ts';
import { placesWithoutBrowsers } from './no-browser-port.ts';
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
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'analytics-results' }));
    expect(Table?.TableArn).toBe('arn:aws:dynamodb:us-west-2:000000000000:table/analytics-results');

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

  const keeping = {
    TableName: 'kept',
    AttributeDefinitions: results.AttributeDefinitions,
    KeySchema: results.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
  };

  it('ends with its platform, also when that is killed, and has its items at the next start', async () => {
    const other = await mkdtemp(join(dir, 'killed-'));
    const script = `
      import { openDynamoDb } from ${JSON.stringify(join(import.meta.dirname, 'dynamodb.ts'))};
      const dynamoDb = await openDynamoDb({ dir: ${JSON.stringify(other)} });
      await dynamoDb.call('CreateTable', ${JSON.stringify(keeping)});
      console.log('up');
    `;
    const platform = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(platform, 'exit');
    await Promise.race([once(platform.stdout, 'data'), exited]);
    const engine = Number(await readFile(join(other, 'dynamodb', 'pid'), 'utf8'));
    expect(commandLine(engine)).toContain(other);
    platform.kill('SIGKILL');
    await exited;
    while (commandLine(engine).includes(other)) await wait(10); // the test's time limit is the limit

    const next = await openDynamoDb({ dir: other });
    try {
      expect(await next.call('ListTables', {})).toMatchObject({ TableNames: ['kept'] });
    } finally {
      await next.close();
    }
  });

  it('ends an engine that was left behind all the same', async () => {
    const other = await mkdtemp(join(dir, 'left-'));
    const database = join(other, 'dynamodb', 'tables.db');
    await mkdir(join(other, 'dynamodb'));
    for await (const { host, port } of placesWithoutBrowsers()) {
      const left = spawn(await dynoxideBinary(), ['--host', host, '--port', String(port), '--db-path', database], {
        stdio: 'ignore',
      });
      const ended = once(left, 'exit');
      await writeFile(join(other, 'dynamodb', 'pid'), String(left.pid));
      const next = await openDynamoDb({ dir: other });
      await ended;
      await next.call('CreateTable', keeping);
      await next.close();
      return;
    }
    throw new Error('there is no place for an engine');
  });
});
