import { AwsError } from '../../aws/aws-error.ts';
import type { Operations } from '../../aws/json-service.ts';
import { readIterator } from '../../kinesis/api/shard-iterator.ts';
import { metric } from '../store/metric.ts';
import type { Metrics } from '../store/metrics.ts';

const exceeded = 'ProvisionedThroughputExceededException';

interface PutInput {
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly Data?: string;
  readonly Records?: readonly { readonly Data: string }[];
}

interface PutAnswer {
  readonly Records?: readonly { readonly ErrorCode?: string }[];
}

interface Read {
  readonly Records: readonly { readonly ApproximateArrivalTimestamp: number }[];
}

/**
 * Kinesis's operations, counted: AWS/Kinesis IncomingRecords, IncomingBytes, WriteProvisionedThroughputExceeded and
 * GetRecords.IteratorAgeMilliseconds, by StreamName.
 *
 * @param operations with faults around them, which count as refusals of the stream
 */
export const countedKinesisCalls = (operations: Operations, metrics: Metrics, now: () => number): Operations => {
  const add = (name: string, stream: string, value: number, unit = 'Count'): void =>
    metrics.add(metric('AWS/Kinesis', name, 'StreamName', stream), [value], { unit });

  const accepted = (stream: string, records: number, bytes: number, refused: number): void => {
    if (records > 0) add('IncomingRecords', stream, records);
    if (records > 0) add('IncomingBytes', stream, bytes, 'Bytes');
    add('WriteProvisionedThroughputExceeded', stream, refused);
  };

  const put =
    (operation: 'PutRecord' | 'PutRecords') =>
    async (input: PutInput): Promise<unknown> => {
      try {
        const answer = (await operations[operation]?.(input as never)) as PutAnswer;
        const sent = input.Records ?? [{ Data: input.Data ?? '' }];
        let [records, bytes, refused] = [0, 0, 0];
        for (const [index, { Data }] of sent.entries()) {
          const error = answer.Records?.[index]?.ErrorCode;
          if (error === exceeded) refused += 1;
          if (error !== undefined) continue;
          records += 1;
          bytes += Buffer.byteLength(Data, 'base64');
        }
        accepted(streamOf(input), records, bytes, refused);
        return answer;
      } catch (error) {
        if (error instanceof AwsError && error.code === exceeded) accepted(streamOf(input), 0, 0, 1);
        throw error;
      }
    };

  return {
    ...operations,
    PutRecord: put('PutRecord'),
    PutRecords: put('PutRecords'),
    GetRecords: async (input: { readonly ShardIterator: string }) => {
      const answer = (await operations['GetRecords']?.(input as never)) as Read;
      const last = answer.Records.at(-1);
      const age = last ? Math.max(0, now() - last.ApproximateArrivalTimestamp * 1000) : 0;
      add('GetRecords.IteratorAgeMilliseconds', readIterator(input.ShardIterator, 0).stream, age, 'Milliseconds');
      return answer;
    },
  };
};

/** Only asked after the operation has accepted the input. */
const streamOf = ({ StreamName, StreamARN = '' }: PutInput): string =>
  StreamName ?? (StreamARN.split('stream/').pop() as string);
