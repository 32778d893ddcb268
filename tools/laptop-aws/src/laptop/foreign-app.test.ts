// A CDK app of somebody else, run as it would be deployed.
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Code, Function, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { freePorts } from '../front/free-ports.ts';
import { type Laptop, openLaptop } from './open-laptop.ts';

const handler = `
export const handler = async (event) => {
  const lines = (event.Records ?? []).map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());
  for (const line of lines) console.log('bird seen: ' + line + ' in ' + process.env.POND);
  return { took: lines.length, region: process.env.AWS_REGION };
};`;

/** Birds on a pond: a stream, a function that reads it, a bucket and a table. */
const synthesised = (dir: string): string => {
  const code = join(dir, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.mjs'), handler);
  const outdir = join(dir, 'cdk.out');
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'BirdStack', { env: { region: 'us-west-2', account: '000000000000' } });
  const stream = new Stream(stack, 'Sightings', { streamName: 'sightings', shardCount: 1 });
  const watch = new Function(stack, 'Watch', {
    functionName: 'bird-watcher',
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(code),
    environment: { POND: 'the mill pond' },
  });
  watch.addEventSource(
    new KinesisEventSource(stream, { startingPosition: StartingPosition.TRIM_HORIZON, batchSize: 10 }),
  );
  new Table(stack, 'Species', { tableName: 'species', partitionKey: { name: 'name', type: AttributeType.STRING } });
  new CfnOutput(stack, 'PicturesBucket', { value: new Bucket(stack, 'Pictures').bucketName });
  app.synth();
  return outdir;
};

describe('a CDK app that knows nothing of this platform', () => {
  let dir: string;
  let laptop: Laptop;
  let client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { accessKeyId: string; secretAccessKey: string };
  };
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'foreign-app-'));
    const [awsPort = 0] = await freePorts(1);
    laptop = await openLaptop({ dir: join(dir, 'state'), awsPort });
    const { stacks } = await laptop.build([synthesised(dir)]);
    expect(stacks.map(({ name }) => name)).toEqual(['BirdStack']);
    await laptop.start();
    client = {
      endpoint: `http://127.0.0.1:${awsPort}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    };
  });
  afterAll(async () => {
    await laptop.close();
    rmSync(dir, { recursive: true });
  });

  it('has its function read its stream', async () => {
    await new KinesisClient(client).send(
      new PutRecordCommand({ StreamName: 'sightings', PartitionKey: 'heron', Data: Buffer.from('a heron') }),
    );
    await laptop.drain();
    const logs = new CloudWatchLogsClient(client);
    const said = async (): Promise<string[]> => {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/bird-watcher' }));
      return events.map(({ message = '' }) => message).filter((message) => message.includes('bird seen'));
    };
    while ((await said()).length === 0) await wait(50); // lines are written behind the answer
    expect(await said()).toEqual([expect.stringContaining('bird seen: a heron in the mill pond')]);
  });

  it('answers who calls it', async () => {
    const { Payload } = await new LambdaClient(client).send(new InvokeCommand({ FunctionName: 'bird-watcher' }));
    expect(JSON.parse(Buffer.from(Payload as Uint8Array).toString())).toEqual({ took: 0, region: 'us-west-2' });
  });

  it('keeps what is put into its bucket and its table', async () => {
    const s3 = new S3Client({ ...client, forcePathStyle: true });
    const picture = { Bucket: laptop.output('PicturesBucket'), Key: 'heron.txt' };
    await s3.send(new PutObjectCommand({ ...picture, Body: 'grey, tall' }));
    const { Body } = await s3.send(new GetObjectCommand(picture));
    expect(await Body?.transformToString()).toBe('grey, tall');

    const dynamoDb = new DynamoDBClient(client);
    const item = { name: { S: 'heron' }, legs: { N: '2' } };
    await dynamoDb.send(new PutItemCommand({ TableName: 'species', Item: item }));
    const { Item } = await dynamoDb.send(new GetItemCommand({ TableName: 'species', Key: { name: { S: 'heron' } } }));
    expect(Item).toEqual(item);
  });
});
