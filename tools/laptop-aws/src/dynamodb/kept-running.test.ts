import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openDynamoDb } from './dynamodb.ts';

describe('DynamoDB on the laptop', () => {
  it('is started again with its data when its engine is killed', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'acme-dynamodb-'));
    const reported: string[] = [];
    const dynamoDb = await openDynamoDb({ dir, report: (line) => reported.push(line) });
    try {
      await dynamoDb.call('CreateTable', {
        TableName: 'kept',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      });
      await dynamoDb.call('PutItem', { TableName: 'kept', Item: { id: { S: 'kept' } } });
      process.kill(Number(readFileSync(join(dir, 'dynamodb/pid'), 'utf8')), 'SIGKILL');

      const item = await eventually(() => dynamoDb.call('GetItem', { TableName: 'kept', Key: { id: { S: 'kept' } } }));
      expect(item).toEqual({ Item: { id: { S: 'kept' } } });
      expect(reported).toEqual([
        'DynamoDB: dynoxide has ended (SIGKILL); it is started again, for as long as it takes',
      ]);
    } finally {
      await dynamoDb.close();
    }
  });
});

const eventually = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries > 100) throw error;
      await wait(50);
    }
  }
};
