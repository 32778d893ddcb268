// The condition that makes a token good for one connection, on a table: apps do not import the laptop's DynamoDB.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamoDb, openDynamoDb, servedAlone } from '@acme/laptop-aws/testing';
import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { usedTokens } from '../../../../apps/ws-consumer/src/authorize/used-tokens.ts';

describe('the table of used tokens', () => {
  let dir: string;
  let dynamoDb: DynamoDb;
  let served: Awaited<ReturnType<typeof servedAlone>>;
  let client: DynamoDBClient;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'acme-used-tokens-'));
    dynamoDb = await openDynamoDb({ dir });
    served = await servedAlone(dynamoDb.service);
    client = new DynamoDBClient(served.client);
    await client.send(
      new CreateTableCommand({
        TableName: 'used',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'tokenId', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'tokenId', KeyType: 'HASH' }],
      }),
    );
  });
  afterAll(async () => {
    client.destroy();
    await served.close();
    await dynamoDb.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('takes a token once, also of several that come at the same time, and keeps when it ends', async () => {
    const use = usedTokens('used', client);
    expect(await use('one', 1_700_000_000)).toBe(true);
    expect(await use('one', 1_800_000_000)).toBe(false);
    const taken = await Promise.all(Array.from({ length: 8 }, () => use('other', 1_700_000_000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'used' }));
    expect(Items.map(({ tokenId, expiresAt }) => [tokenId?.S, expiresAt?.N]).sort()).toEqual([
      ['one', '1700000000'],
      ['other', '1700000000'],
    ]);
  });

  it('fails when it cannot tell', async () => {
    await expect(usedTokens('nowhere', client)('one', 1)).rejects.toThrow('resource not found');
  });
});
