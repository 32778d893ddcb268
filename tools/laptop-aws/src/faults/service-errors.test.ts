import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { openDynamoDb } from '../dynamodb/dynamodb.ts';
import { openS3 } from '../s3/s3.ts';
import { thrownBy, withFront } from './front.fixture.ts';
import { openFaults } from './faults.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'faults-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Fails a call that gets no answer, long before the connection is cut. */
const impatient = () => new NodeHttpHandler({ requestTimeout: 200, throwOnRequestTimeout: true });

/** How 60 writes went: the error and whether the write was done all the same. */
const ways = async (write: (each: number) => Promise<unknown>, isDone: (each: number) => Promise<boolean>) => {
  const seen = new Set<string>();
  for (let each = 0; each < 60; each++) {
    const { name, status } = await thrownBy(write(each));
    seen.add(`${status ?? ''} ${name}, ${(await isDone(each)) ? 'done' : 'not done'}`.trim());
  }
  return [...seen].sort();
};

describe('s3-error', () => {
  it('fails writes of functions before anything is stored, or loses the answer to one that is', async () => {
    const s3 = await openS3({ dir });
    s3.createBucket('lake');
    const faults = openFaults({ kinds: ['s3-error'], seed: 1, rates: { 's3-error': 1 } });
    await withFront(faults.services({ s3: s3.service }), async (settings) => {
      const client = new S3Client({ ...settings, requestHandler: impatient() });
      const person = new S3Client({ ...settings, customUserAgent: [] });
      const seen = await ways(
        (each) => client.send(new PutObjectCommand({ Bucket: 'lake', Key: `${each}.json`, Body: '{}' })),
        async (each) => {
          const there = await person.send(new ListObjectsV2Command({ Bucket: 'lake', Prefix: `${each}.json` }));
          return there.KeyCount === 1;
        },
      );
      expect(seen).toEqual([
        '500 InternalError, done',
        '500 InternalError, not done',
        '503 SlowDown, done',
        '503 SlowDown, not done',
        'Error, done',
        'TimeoutError, done',
      ]);
      expect(faults.counts()).toEqual({ 's3-error': 60 });
      client.destroy();
      person.destroy();
    });
  });

  it('fails what Firehose stores, without or with the object being there', async () => {
    const s3 = await openS3({ dir });
    s3.createBucket('lake');
    const failing = openFaults({ kinds: ['s3-error'], seed: 1, rates: { 's3-error': 1 } }).destination(s3);
    const seen = new Set<string>();
    await withFront({ s3: s3.service }, async (settings) => {
      const client = new S3Client(settings);
      for (let each = 0; each < 20; each++) {
        const { message } = await thrownBy(failing.put('lake', `${each}.gz`, Buffer.from('x')));
        const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'lake', Prefix: `${each}.gz` }));
        seen.add(`${message} ${KeyCount}`);
      }
      client.destroy();
    });
    expect([...seen].sort()).toEqual([
      'Please reduce your request rate. 0',
      'We encountered an internal error. Please try again. 1',
    ]);
  });
});

describe('dynamodb-error', () => {
  it('fails writes of functions before anything is stored, or loses the answer to one that is', async () => {
    const dynamoDb = await openDynamoDb({ dir, report: () => undefined });
    const faults = openFaults({ kinds: ['dynamodb-error'], seed: 1, rates: { 'dynamodb-error': 1 } });
    try {
      await withFront(faults.services({ dynamodb: dynamoDb.service }), async (settings) => {
        const client = new DynamoDBClient({ ...settings, requestHandler: impatient() });
        const person = new DynamoDBClient({ ...settings, customUserAgent: [] });
        await person.send(
          new CreateTableCommand({
            TableName: 'views',
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            BillingMode: 'PAY_PER_REQUEST',
          }),
        );
        const seen = await ways(
          (each) => client.send(new PutItemCommand({ TableName: 'views', Item: { id: { S: String(each) } } })),
          async (each) =>
            (await person.send(new GetItemCommand({ TableName: 'views', Key: { id: { S: String(each) } } }))).Item !==
            undefined,
        );
        expect(seen).toEqual([
          '400 ProvisionedThroughputExceededException, not done',
          '500 InternalServerError, done',
          '500 InternalServerError, not done',
          '503 ServiceUnavailable, done',
          '503 ServiceUnavailable, not done',
          'Error, done',
          'TimeoutError, done',
        ]);
        client.destroy();
        person.destroy();
      });
    } finally {
      await dynamoDb.close();
    }
  });
});
