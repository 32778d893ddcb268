import { randomUUID } from 'node:crypto';
import { payloadText } from '../lambda/stream-payload.ts';
import type { Batch } from './batch.ts';
import { type DeliverySettings, functionArn } from './mapping-settings.ts';
import type { Outcome } from './outcome.ts';

/** Records that are given up, and why. */
export interface Failure {
  readonly mapping: Pick<DeliverySettings, 'uuid' | 'functionName'>;
  readonly place: FailurePlace;
  readonly batch: Batch;
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  /** How often the function has failed with these records. */
  readonly failures: number;
  /** The last invocation with these records, when there was one. */
  readonly invocation?: Outcome['invocation'] | undefined;
  readonly at: Date;
}

/** Where records are that are given up. */
export interface FailurePlace {
  /** The shard or partition. */
  readonly id: string;
  /** What the record says of the batch, as KinesisBatchInfo or KafkaBatchInfo. */
  readonly batchInfo: Readonly<Record<string, object>>;
}

/** The place of a batch of a Kinesis stream. */
export const kinesisPlace = (streamArn: string, shardId: string, { records, size }: Batch): FailurePlace => {
  const [first] = records;
  const last = records.at(-1);
  return {
    id: shardId,
    batchInfo: {
      KinesisBatchInfo: {
        shardId,
        startSequenceNumber: first?.sequenceNumber,
        endSequenceNumber: last?.sequenceNumber,
        approximateArrivalOfFirstRecord: first && new Date(first.arrivalMs).toISOString(),
        approximateArrivalOfLastRecord: last && new Date(last.arrivalMs).toISOString(),
        batchSize: size,
        streamArn,
      },
    },
  };
};

/**
 * What a queue or a topic is told, as https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 * shows it: what failed and where it is in the stream, not the records themselves. Seen on AWS and not said there:
 * records that got too old come without a responseContext, and a failure that the function itself reported has a
 * `functionError` of null.
 */
export const failureRecord = ({ mapping, place, condition, failures, invocation, at }: Failure) => {
  return {
    requestContext: {
      requestId: invocation?.requestId ?? randomUUID(),
      functionArn: functionArn(mapping),
      condition,
      approximateInvokeCount: Math.max(1, failures),
    },
    ...(condition === 'RetryAttemptsExhausted' && invocation
      ? {
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            functionError: invocation.functionError ?? null,
          },
        }
      : {}),
    version: '1.0',
    timestamp: at.toISOString(),
    ...place.batchInfo,
  };
};

/** What a bucket is given: the same, and in `payload` the whole event that the function did not take, as JSON text. */
export const failureObject = (failure: Failure) => ({
  ...failureRecord(failure),
  payload: payloadText(failure.batch.payload),
});

/** The object's key, by the same page: `aws/lambda/<ESM-UUID>/<shardID>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<Random UUID>`. */
export const failureKey = ({ mapping, place, at }: Failure): string => {
  const time = at.toISOString().slice(0, 19);
  const day = time.slice(0, 10).replaceAll('-', '/');
  return `aws/lambda/${mapping.uuid}/${place.id}/${day}/${time.replaceAll(':', '.')}-${randomUUID()}`;
};
