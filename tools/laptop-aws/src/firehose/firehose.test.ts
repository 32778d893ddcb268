import { once } from 'node:events';
import { appendFileSync, existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
} from '@aws-sdk/client-firehose';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BuiltResource, ResourceKind } from '../assembly/resource-kind.ts';
import { openS3, type S3 } from '../s3/s3.ts';
import { DeliveryStreamName, handClock, template } from './firehose.fixture.ts';
import { type Firehose, openFirehose } from './firehose.ts';
import { firehoseResources } from './resource.ts';

const place = { stack: 'AcmeDataLakeStack', logicalId: 'Delivery', generatedName: 'AcmeDataLakeStack-Delivery1234' };

let dir: string;
let s3: S3;
let firehose: Firehose;
let server: Server;
let client: FirehoseClient;
let clock: ReturnType<typeof handClock>;
let logged: string[];

const build = (properties: unknown): Promise<BuiltResource> | BuiltResource => {
  const kind = firehoseResources(firehose)['AWS::KinesisFirehose::DeliveryStream'] as ResourceKind<unknown>;
  return kind.build(kind.properties.parse(properties), place);
};
const put = (...records: string[]): Promise<unknown> =>
  client.send(
    new PutRecordBatchCommand({ DeliveryStreamName, Records: records.map((data) => ({ Data: Buffer.from(data) })) }),
  );
const objects = (): string[] =>
  globSync('**/*.data', { cwd: join(dir, 's3', 'buckets', 'lake', 'objects') })
    .map((file) => file.slice(0, -'.data'.length))
    .sort();
const contents = (key: string): string =>
  gunzipSync(readFileSync(join(dir, 's3', 'buckets', 'lake', 'objects', `${key}.data`))).toString();
const open = (through: Pick<S3, 'put'> = s3): void => {
  firehose = openFirehose({ dir, s3: through, clock, log: (line) => void logged.push(line.split(' ')[0] as string) });
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'firehose-'));
  logged = [];
  clock = handClock(Date.parse('2026-11-21T10:59:59.500Z'));
  s3 = await openS3({ dir });
  s3.createBucket('lake');
  open();
  server = createServer((request, response) => void firehose.service(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new FirehoseClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  await firehose.stop();
  client.destroy();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(dir, { recursive: true });
});

describe('Firehose', () => {
  it('delivers what was put, as given and in order, under the hour of the oldest record', async () => {
    await build(template);
    await put('a\n', 'b\n');
    clock.forward(30_000);
    await client.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from('c\n') } }));
    expect(firehose.pending()).toEqual({ records: 3, sizeBytes: 6 });
    expect(firehose.oldest()).toEqual([{ stream: DeliveryStreamName, arrivalMs: clock.now() - 30_000 }]);
    await firehose.flush();

    const [key, ...others] = objects();
    expect(others).toEqual([]);
    expect(key).toMatch(
      /^telemetry\/year=2026\/month=11\/day=21\/hour=10\/acme-data-kinesis-to-s3-1-2026-11-21-10-59-59-[0-9a-f-]{36}\.gz$/,
    );
    expect(contents(key as string)).toBe('a\nb\nc\n');
    expect(firehose.pending()).toEqual({ records: 0, sizeBytes: 0 });
    expect(firehose.oldest()).toEqual([]);
    expect(readdirSync(join(dir, 'firehose', DeliveryStreamName))).toEqual([]);
  });

  it('delivers a buffer when the interval since its first record is over', async () => {
    await build(template);
    await put('early');
    clock.forward(59_999);
    await put('late');
    expect(objects()).toEqual([]);
    clock.forward(1);
    await put('next');
    await delivered(1);

    expect(objects().map(contents)).toEqual(['earlylate']);
  });

  it('delivers a buffer when it is full', async () => {
    await build(template);
    await put('x'.repeat(600_000));
    await put('y'.repeat(600_000));
    await put('z');
    await delivered(1);

    expect(objects().map((key) => contents(key).length)).toEqual([1_200_000]);
    expect(firehose.pending().records).toBe(1);
  });

  it('tries again until S3 takes the object, and leaves it on the disk when the platform stops first', async () => {
    let refusals = 3;
    open({ put: (...object) => (refusals-- > 0 ? Promise.reject(new Error('S3 is down')) : s3.put(...object)) });
    await build(template);
    await put('kept');
    const flushed = firehose.flush();
    await until(() => logged.length === 1);
    await firehose.stop();
    await flushed;
    expect(objects()).toEqual([]);
    expect(firehose.pending().records).toBe(1);
    await expect(put('too late')).rejects.toMatchObject({ name: 'ServiceUnavailableException' });

    open({ put: (...object) => (refusals-- > 0 ? Promise.reject(new Error('S3 is down')) : s3.put(...object)) });
    await build(template);
    while (objects().length === 0) {
      clock.forward(1_000);
      await new Promise(setImmediate);
    }
    expect(objects().map(contents)).toEqual(['kept']);
  });

  it('delivers what an earlier process left, but for a write that never became whole', async () => {
    await build(template);
    await put('whole');
    await firehose.stop();
    const folder = join(dir, 'firehose', DeliveryStreamName);
    const [log] = readdirSync(folder);
    appendFileSync(join(folder, log as string), Buffer.from([9, 0, 0, 0, 1, 2, 3, 4, 1, 0, 0, 0, 1]));

    open();
    await build(template);
    await firehose.flush();
    expect(objects().map(contents)).toEqual(['whole']);
    expect(logged).toEqual(['firehose:log-torn', 'firehose:delivered']);
    expect(existsSync(join(folder, `${log}.torn`))).toBe(true);
  });

  it('refuses what AWS refuses, as AWS does, and accepts nothing of it', async () => {
    await build(template);
    const refusal = (...records: string[]): Promise<string> =>
      put(...records).then(
        () => 'accepted',
        (error: Error) => error.name,
      );

    expect(await refusal()).toBe('ValidationException');
    expect(await refusal(...Array.from({ length: 501 }, () => 'x'))).toBe('ValidationException');
    expect(await refusal('ok', 'x'.repeat(1_024_001))).toBe('ValidationException');
    expect(await refusal(...Array.from({ length: 5 }, () => 'x'.repeat(1_000_000)))).toBe('InvalidArgumentException');
    expect(await refusal('x'.repeat(1_024_000))).toBe('accepted');
    await expect(
      client.send(new PutRecordCommand({ DeliveryStreamName: 'no-such-stream', Record: { Data: Buffer.from('x') } })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await firehose.flush();
    expect(objects().map((key) => contents(key).length)).toEqual([1_024_000]);
  });

  it('describes and lists its streams', async () => {
    expect(await build(template)).toEqual({
      ref: DeliveryStreamName,
      attributes: { Arn: `arn:aws:firehose:us-west-2:000000000000:deliverystream/${DeliveryStreamName}` },
    });

    expect(await client.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }))).toMatchObject({
      DeliveryStreamDescription: {
        DeliveryStreamStatus: 'ACTIVE',
        Destinations: [
          { ExtendedS3DestinationDescription: { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 } } },
        ],
      },
    });
    expect(await client.send(new ListDeliveryStreamsCommand({}))).toMatchObject({
      DeliveryStreamNames: [DeliveryStreamName],
      HasMoreDeliveryStreams: false,
    });
  });

  it('refuses a template that it would not do as it says', () => {
    const destination = template.ExtendedS3DestinationConfiguration;
    const withDestination = (more: object): object => ({
      ...template,
      ExtendedS3DestinationConfiguration: { ...destination, ...more },
    });

    expect(() => build(withDestination({ CompressionFormat: 'Snappy' }))).toThrow('CompressionFormat');
    expect(() => build(withDestination({ ProcessingConfiguration: { Enabled: true } }))).toThrow('ProcessingConf');
    expect(() => build({ ...template, KinesisStreamSourceConfiguration: {} })).toThrow('KinesisStreamSource');
  });
});

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resume) => setTimeout(resume, 5));
};
const delivered = (count: number): Promise<void> => until(() => logged.length === count);
