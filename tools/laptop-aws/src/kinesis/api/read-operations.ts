import * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';
import { account } from '../../aws/identity.ts';
import type { Operations } from '../../aws/json-service.ts';
import type { Kinesis } from '../kinesis.ts';
import type { LogRecord } from '../log/log-record.ts';
import type { Shard } from '../shard.ts';
import type { Stream } from '../stream.ts';
import { iteratorToken, readIterator } from './shard-iterator.ts';
import { streamOf, streamReference } from './stream-reference.ts';
import { checked } from './validation.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
const GetShardIterator = z.object({
  ...streamReference,
  ShardId: z.string().min(1).max(128),
  ShardIteratorType: z.enum(['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
  StartingSequenceNumber: z.string().optional(),
  /** Seconds since 1970. */
  Timestamp: z.number().optional(),
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const GetRecords = z.object({
  ShardIterator: z.string().min(1).max(512),
  Limit: z.int().min(1).max(10_000).default(10_000),
  StreamARN: z.string().optional(),
});

/** What one GetRecords returns at most. */
const largestAnswerBytes = 10 * 1024 * 1024;

/** @param now milliseconds since 1970 */
export const readOperations = (kinesis: Kinesis, now: () => number): Operations => ({
  GetShardIterator: checked(GetShardIterator, async (input) => {
    const stream = streamOf(kinesis, input);
    const shard = stream.shard(input.ShardId);
    const sequenceNumber = shard.log.sequenceNumberAt(await startOf(stream, shard, input, now()));
    return { ShardIterator: iteratorToken({ stream: stream.name, shard: shard.id, sequenceNumber }, now()) };
  }),
  GetRecords: checked(GetRecords, async ({ ShardIterator, Limit }) => {
    const iterator = readIterator(ShardIterator, now());
    const { log, positionOf } = kinesis.stream(iterator.stream).shard(iterator.shard);
    const position = positionOf(iterator.sequenceNumber);
    if (!position) throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.');
    const index = log.indexOf(position);
    const records = await log.read(index, { records: Limit, bytes: largestAnswerBytes });
    const last = records.at(-1);
    const next = last ? last.nextSequenceNumber : log.sequenceNumberAt(index);
    return {
      Records: records.map(recordOf),
      NextShardIterator: iteratorToken({ ...iterator, sequenceNumber: next }, now()),
      MillisBehindLatest: last && last.index + 1 < log.end ? Math.max(0, now() - last.arrivalMs) : 0,
    };
  }),
});

type Start = z.infer<typeof GetShardIterator>;

const startOf = async (stream: Stream, shard: Shard, input: Start, nowMs: number): Promise<number> => {
  const { log } = shard;
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return log.start;
    case 'LATEST':
      return log.end;
    case 'AT_TIMESTAMP':
      return log.indexAt(timestampOf(input, nowMs));
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      const position =
        input.StartingSequenceNumber === undefined ? undefined : shard.positionOf(input.StartingSequenceNumber);
      if (!position) throw foreign(stream, shard);
      const behind = input.ShardIteratorType === 'AFTER_SEQUENCE_NUMBER' ? 1 : 0;
      return log.indexOf({ ...position, index: position.index + behind });
    }
  }
};

const timestampOf = ({ Timestamp }: Start, nowMs: number): number => {
  if (Timestamp === undefined) {
    throw new AwsError(
      'InvalidArgumentException',
      'Must specify timestamp parameter for iterator of type AT_TIMESTAMP.',
    );
  }
  if (Timestamp * 1000 > nowMs) {
    throw new AwsError(
      'InvalidArgumentException',
      'The timestampInMillis parameter cannot be greater than the current time.',
    );
  }
  return Timestamp * 1000;
};

const foreign = (stream: Stream, shard: Shard): AwsError =>
  new AwsError(
    'InvalidArgumentException',
    `StartingSequenceNumber used in GetShardIterator on shard ${shard.id} in stream ${stream.name} under account ` +
      `${account} is invalid because it did not come from this stream.`,
  );

const recordOf = (record: LogRecord) => ({
  SequenceNumber: record.sequenceNumber,
  ApproximateArrivalTimestamp: record.arrivalMs / 1000,
  Data: record.data64,
  PartitionKey: record.partitionKey,
});
