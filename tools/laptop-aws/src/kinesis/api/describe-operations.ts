import * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';
import type { Operations } from '../../aws/json-service.ts';
import type { Kinesis } from '../kinesis.ts';
import type { Shard } from '../shard.ts';
import { limits } from '../stream-settings.ts';
import type { Stream } from '../stream.ts';
import { pageOf } from './page.ts';
import { StreamName, streamOf, streamReference } from './stream-reference.ts';
import { checked } from './validation.ts';

const ShardId = z.string().min(1).max(128).optional();

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html */
const DescribeStream = z.object({
  ...streamReference,
  Limit: z.int().min(1).max(10_000).default(100),
  ExclusiveStartShardId: ShardId,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html; every shard is open, so any filter matches all */
const ListShards = z.object({
  ...streamReference,
  NextToken: z.string().min(1).optional(),
  MaxResults: z.int().min(1).max(10_000).default(1000),
  ExclusiveStartShardId: ShardId,
  ShardFilter: z
    .object({
      Type: z.enum([
        'AFTER_SHARD_ID',
        'AT_TRIM_HORIZON',
        'FROM_TRIM_HORIZON',
        'AT_LATEST',
        'AT_TIMESTAMP',
        'FROM_TIMESTAMP',
      ]),
      ShardId,
    })
    .optional(),
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html */
const ListStreams = z.object({
  Limit: z.int().min(1).max(10_000).default(100),
  ExclusiveStartStreamName: StreamName.optional(),
  NextToken: z.string().min(1).optional(),
});

/** What ListShards' NextToken holds: stream and last shard. */
const ShardsToken = z.tuple([StreamName, z.string()]);

const readToken = (token: string | undefined): [stream?: string, shard?: string] => {
  if (token === undefined) return [];
  const parsed = ShardsToken.safeParse(token.split(' '));
  if (!parsed.success) throw new AwsError('InvalidArgumentException', 'Invalid NextToken.');
  return parsed.data;
};

export const describeOperations = (kinesis: Kinesis): Operations => ({
  DescribeStream: checked(DescribeStream, (input) => {
    const stream = streamOf(kinesis, input);
    const { page, more } = pageOf(stream.shards, ({ id }) => id, input.ExclusiveStartShardId, input.Limit);
    return { StreamDescription: { ...described(stream), Shards: page.map(shardOf), HasMoreShards: more } };
  }),
  DescribeStreamSummary: checked(z.object(streamReference), (input) => {
    const stream = streamOf(kinesis, input);
    const { shards, settings } = stream;
    const counts = { OpenShardCount: shards.length, ConsumerCount: 0, MaxRecordSizeInKiB: settings.largestRecordKiB };
    return { StreamDescriptionSummary: { ...described(stream), ...counts } };
  }),
  DescribeLimits: () => {
    const streams = kinesis.streams();
    return {
      ShardLimit: limits.shards,
      OpenShardCount: streams.reduce((sum, { shards }) => sum + shards.length, 0),
      OnDemandStreamCount: streams.filter(({ settings }) => settings.mode === 'ON_DEMAND').length,
      OnDemandStreamCountLimit: limits.onDemandStreams,
    };
  },
  ListStreams: checked(ListStreams, ({ Limit, ExclusiveStartStreamName, NextToken }) => {
    const { page, more } = pageOf(kinesis.streams(), ({ name }) => name, NextToken ?? ExclusiveStartStreamName, Limit);
    return {
      StreamNames: page.map(({ name }) => name),
      StreamSummaries: page.map(summaryOf),
      HasMoreStreams: more,
      ...(more ? { NextToken: page.at(-1)?.name } : {}),
    };
  }),
  ListShards: checked(ListShards, (input) => {
    const [tokenStream, tokenShard] = readToken(input.NextToken);
    const stream = tokenStream === undefined ? streamOf(kinesis, input) : kinesis.stream(tokenStream);
    const after = tokenShard ?? input.ExclusiveStartShardId ?? input.ShardFilter?.ShardId;
    const { page, more } = pageOf(stream.shards, ({ id }) => id, after, input.MaxResults);
    return { Shards: page.map(shardOf), ...(more ? { NextToken: `${stream.name} ${page.at(-1)?.id}` } : {}) };
  }),
});

const summaryOf = ({ name, arn, settings }: Stream) => ({
  StreamName: name,
  StreamARN: arn,
  StreamStatus: 'ACTIVE',
  StreamModeDetails: { StreamMode: settings.mode },
  StreamCreationTimestamp: settings.createdMs / 1000,
});

const described = (stream: Stream) => ({
  ...summaryOf(stream),
  RetentionPeriodHours: stream.settings.retentionHours,
  EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
  EncryptionType: stream.settings.encryption,
  ...(stream.settings.keyId === undefined ? {} : { KeyId: stream.settings.keyId }),
});

const shardOf = ({ id, hashKeys, startingSequenceNumber }: Shard) => ({
  ShardId: id,
  HashKeyRange: hashKeys,
  SequenceNumberRange: { StartingSequenceNumber: startingSequenceNumber },
});
