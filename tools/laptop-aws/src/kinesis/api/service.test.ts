import { describe, expect, it } from '@jest/globals';
import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  UpdateShardCountCommand,
  type GetShardIteratorCommandInput,
  type PutRecordCommandInput,
} from '@aws-sdk/client-kinesis';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { withKinesis } from '../kinesis.fixture.ts';
import { kinesisService } from './service.ts';

interface Platform {
  readonly client: KinesisClient;
  readonly clock: { aheadMs: number };
}

/** An unmodified SDK client (cleartext HTTP/2 is its default) and the service behind a port. */
const withClient = (run: (platform: Platform) => Promise<void>): Promise<void> =>
  withKinesis(async (kinesis) => {
    const clock = { aheadMs: 0 };
    const service = kinesisService(kinesis, () => Date.now() + clock.aheadMs);
    const server = createServer((request, response) =>
      service(request as unknown as IncomingMessage, response as unknown as ServerResponse),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = new KinesisClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    try {
      await run({ client, clock });
    } finally {
      client.destroy();
      server.close();
    }
  });

type Entry = Pick<PutRecordCommandInput, 'PartitionKey' | 'Data'>;

const StreamName = 'clicks';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const records = (...texts: string[]) => texts.map((text) => ({ PartitionKey: text, Data: bytes(text) }));

const iterator = async (client: KinesisClient, of: Partial<GetShardIteratorCommandInput>): Promise<string> => {
  const input = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON', ...of } as const;
  return (await client.send(new GetShardIteratorCommand(input))).ShardIterator as string;
};

const read = async (client: KinesisClient, ShardIterator: string, Limit?: number) => {
  const { Records = [], ...rest } = await client.send(new GetRecordsCommand({ ShardIterator, Limit }));
  return { texts: Records.map(({ Data }) => Buffer.from(Data ?? []).toString()), Records, ...rest };
};

/** Name and message of the error that a request is answered with. */
const refusal = async (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'accepted',
    ({ name, message }: Error) => `${name}: ${message}`,
  );

describe('the Kinesis API', () => {
  it('describes an on-demand stream as AWS does', () =>
    withClient(async ({ client }) => {
      await client.send(new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }));
      const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
      expect(StreamDescriptionSummary).toEqual({
        StreamName,
        StreamARN: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks',
        StreamStatus: 'ACTIVE',
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
        RetentionPeriodHours: 24,
        StreamCreationTimestamp: expect.any(Date),
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: 'NONE',
        OpenShardCount: 4,
        ConsumerCount: 0,
        MaxRecordSizeInKiB: 1024,
      });
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName, Limit: 3 }));
      expect([StreamDescription?.Shards?.length, StreamDescription?.HasMoreShards]).toEqual([3, true]);
      const page = await client.send(new ListShardsCommand({ StreamName, MaxResults: 3 }));
      const rest = await client.send(new ListShardsCommand({ NextToken: page.NextToken }));
      expect(rest.Shards?.map(({ ShardId, HashKeyRange }) => [ShardId, HashKeyRange])).toEqual([
        [
          'shardId-000000000003',
          {
            StartingHashKey: '255211775190703847597530955573826158592',
            EndingHashKey: '340282366920938463463374607431768211455',
          },
        ],
      ]);
    }));

  it('creates, lists, tags and deletes streams, and refuses a second one of the name', () =>
    withClient(async ({ client }) => {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1, Tags: { stage: 'local' } }));
      expect(await refusal(client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 })))).toBe(
        'ResourceInUseException: Stream clicks under account 000000000000 already exists.',
      );
      await client.send(new AddTagsToStreamCommand({ StreamName, Tags: { owner: 'acme' } }));
      await client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
      const { Tags } = await client.send(new ListTagsForStreamCommand({ StreamName }));
      expect(Tags).toEqual([
        { Key: 'owner', Value: 'acme' },
        { Key: 'stage', Value: 'local' },
      ]);
      expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual([StreamName]);
      await client.send(new DeleteStreamCommand({ StreamName }));
      expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
      expect(await refusal(client.send(new DescribeStreamCommand({ StreamName })))).toBe(
        'ResourceNotFoundException: Stream clicks under account 000000000000 not found.',
      );
    }));

  it('puts records on their shards and gives them back in order', () =>
    withClient(async ({ client }) => {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
      const put = await client.send(new PutRecordsCommand({ StreamName, Records: records('a', 'abc', 'c', 'b') }));
      expect([put.FailedRecordCount, put.EncryptionType]).toEqual([0, 'NONE']);
      expect(put.Records?.map(({ ShardId }) => ShardId?.slice(-1))).toEqual(['0', '1', '0', '1']);
      const one = await client.send(
        new PutRecordCommand({ StreamName, PartitionKey: 'abc', ExplicitHashKey: '0', Data: bytes('explicit') }),
      );
      expect(one.ShardId).toBe('shardId-000000000000');
      const first = await read(client, await iterator(client, {}), 2);
      expect(first.texts).toEqual(['a', 'c']);
      expect(first.MillisBehindLatest).toBeGreaterThanOrEqual(0);
      expect(first.Records.map(({ SequenceNumber }) => SequenceNumber)).toEqual(
        [put.Records?.[0], put.Records?.[2]].map((record) => record?.SequenceNumber),
      );
      const second = await read(client, first.NextShardIterator as string);
      expect([second.texts, second.MillisBehindLatest]).toEqual([['explicit'], 0]);
      expect((await read(client, second.NextShardIterator as string)).texts).toEqual([]);
    }));
});

describe('a shard iterator', () => {
  it('starts where its type says (API_GetShardIterator)', () =>
    withClient(async ({ client }) => {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
      const { Records: put = [] } = await client.send(
        new PutRecordsCommand({ StreamName, Records: records('1', '2', '3') }),
      );
      const StartingSequenceNumber = put[1]?.SequenceNumber;
      const latest = await iterator(client, { ShardIteratorType: 'LATEST' });
      const from = async (of: Partial<GetShardIteratorCommandInput>) =>
        (await read(client, await iterator(client, of))).texts;
      expect(await from({ ShardIteratorType: 'TRIM_HORIZON' })).toEqual(['1', '2', '3']);
      expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['2', '3']);
      expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['3']);
      expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(0) })).toEqual(['1', '2', '3']);
      expect((await read(client, latest)).texts).toEqual([]);
      await client.send(new PutRecordsCommand({ StreamName, Records: records('4') }));
      expect((await read(client, latest)).texts).toEqual(['4']);
    }));

  it('expires after five minutes (API_GetRecords), and is refused when it is garbled', () =>
    withClient(async ({ client, clock }) => {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
      const token = await iterator(client, {});
      expect(await refusal(read(client, `${token.slice(0, 20)}AAAA${token.slice(24)}`))).toBe(
        'InvalidArgumentException: Invalid ShardIterator.',
      );
      expect(await refusal(read(client, 'garbage'))).toBe('InvalidArgumentException: Invalid ShardIterator.');
      clock.aheadMs = 5 * 60 * 1000 - 10_000;
      expect((await read(client, token)).texts).toEqual([]);
      clock.aheadMs = 5 * 60 * 1000 + 1;
      expect(await refusal(read(client, token))).toMatch(
        /^ExpiredIteratorException: Iterator expired\. .* 300000 milliseconds\.$/,
      );
    }));

  it('is refused for a sequence number of another stream, a time to come and a shard that is not there', () =>
    withClient(async ({ client }) => {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
      const foreign = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '12' } as const;
      expect(await refusal(iterator(client, foreign))).toBe(
        'InvalidArgumentException: StartingSequenceNumber used in GetShardIterator on shard shardId-000000000000 in ' +
          'stream clicks under account 000000000000 is invalid because it did not come from this stream.',
      );
      const future = { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(Date.now() + 60_000) } as const;
      expect(await refusal(iterator(client, future))).toBe(
        'InvalidArgumentException: The timestampInMillis parameter cannot be greater than the current time.',
      );
      expect(await refusal(iterator(client, { ShardId: 'shardId-000000000009' }))).toBe(
        'ResourceNotFoundException: The shard does not exist in stream clicks under account 000000000000',
      );
    }));
});

describe('the limits of a put (service-sizes-and-limits, API_PutRecords)', () => {
  const refused = (input: Partial<PutRecordsCommand['input']>, stream: object = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      withClient(async ({ client }) => {
        await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1, ...stream }));
        resolve(await refusal(client.send(new PutRecordsCommand({ StreamName, Records: [], ...input }))));
      }).catch(reject);
    });
  const ofSize = (size: number, count = 1) =>
    Array.from({ length: count }, () => ({ PartitionKey: 'k', Data: new Uint8Array(size - 1) }));
  const MiB = 1024 * 1024;

  it('are 1 to 500 records', async () => {
    const refusedLength = (words: string) =>
      `ValidationException: 1 validation error detected: Value at 'records' failed to satisfy constraint: Member must have length ${words}`;
    expect(await refused({ Records: ofSize(10, 501) })).toBe(refusedLength('less than or equal to 500'));
    expect(await refused({ Records: [] })).toBe(refusedLength('greater than or equal to 1'));
    expect(await refused({ Records: ofSize(10, 500) })).toBe('accepted');
  });

  it('are 1 MiB a record with its key, or what the stream says', async () => {
    expect(await refused({ Records: ofSize(MiB) })).toBe('accepted');
    expect(await refused({ Records: [...ofSize(5), ...ofSize(MiB + 1)] })).toBe(
      "ValidationException: 1 validation error detected: Value at 'records.2.member.data' failed to satisfy constraint: " +
        'Member must have length less than or equal to 1048576 (partition key included)',
    );
    expect(await refused({ Records: ofSize(9 * MiB) }, { MaxRecordSizeInKiB: 10_240 })).toBe('accepted');
  });

  it('are 10 MiB a request', async () => {
    expect(await refused({ Records: ofSize(MiB, 10) })).toBe('accepted');
    expect(await refused({ Records: ofSize(MiB, 11) })).toBe(
      'InvalidArgumentException: Records size exceeds 10 MB limit',
    );
  });

  it('are 256 characters of partition key and 128 bits of hash key', async () => {
    const entry = { PartitionKey: 'k', Data: bytes('d') };
    expect(await refused({ Records: [{ ...entry, PartitionKey: '€'.repeat(256) }] })).toBe('accepted');
    expect(await refused({ Records: [{ ...entry, PartitionKey: 'k'.repeat(257) }] })).toBe(
      "ValidationException: 1 validation error detected: Value at 'records.1.member.partitionKey' failed to satisfy " +
        'constraint: Member must have length less than or equal to 256',
    );
    expect(await refused({ Records: [{ ...entry, ExplicitHashKey: String(2n ** 128n) }] })).toBe(
      'InvalidArgumentException: Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1].',
    );
  });

  it('are the same for PutRecord, which names its data alone', () =>
    withClient(async ({ client }) => {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
      const [tooLarge] = ofSize(MiB + 1);
      expect(await refusal(client.send(new PutRecordCommand({ StreamName, ...(tooLarge as Entry) })))).toBe(
        "ValidationException: 1 validation error detected: Value at 'data' failed to satisfy constraint: " +
          'Member must have length less than or equal to 1048576 (partition key included)',
      );
    }));

  it('name a stream that is not there', async () => {
    expect(await refused({ StreamName: 'other', Records: ofSize(10) })).toBe(
      'ResourceNotFoundException: Stream other under account 000000000000 not found.',
    );
  });

  it('answers its limits, and refuses what it does not serve with what to do instead', () =>
    withClient(async ({ client }) => {
      await client.send(new CreateStreamCommand({ StreamName }));
      await client.send(new CreateStreamCommand({ StreamName: 'fixed', ShardCount: 3 }));
      expect(await client.send(new DescribeLimitsCommand({}))).toMatchObject({
        ShardLimit: 20_000,
        OpenShardCount: 7,
        OnDemandStreamCount: 1,
        OnDemandStreamCountLimit: 50,
      });
      const count = { StreamName, TargetShardCount: 8, ScalingType: 'UNIFORM_SCALING' } as const;
      expect(await refusal(client.send(new UpdateShardCountCommand(count)))).toBe(
        "InvalidArgumentException: The laptop's streams keep the shards that their template gives them: change its ShardCount and start again.",
      );
      const StreamARN = 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks';
      expect(
        await refusal(client.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'kcl' }))),
      ).toContain('let the consumer poll. KCL 2 and 3:');
      expect(
        await refusal(
          client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 9_000 })),
        ),
      ).toBe('InvalidArgumentException: RetentionPeriodHours must be from 24 to 8760.');
    }));
});
