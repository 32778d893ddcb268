import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/aws-error.ts';
import { account, arn } from '../aws/identity.ts';
import type { Operations } from '../aws/json-service.ts';
import type { DeliveryStream } from './delivery-stream.ts';
import { versionId } from './destination.ts';
import type { Frame } from './frames.ts';

/** Limits of PutRecord and PutRecordBatch: Firehose API reference. */
const limits = { recordBytes: 1_024_000, batchRecords: 500, batchBytes: 4 * 1024 * 1024 };

interface RecordInput {
  /** Base64. */
  readonly Data?: unknown;
}
interface Named {
  readonly DeliveryStreamName?: unknown;
}

/** Firehose's API: direct puts, and what describes the streams. Streams are made by templates. */
export const firehoseOperations = (streams: ReadonlyMap<string, DeliveryStream>): Operations => {
  const streamOf = ({ DeliveryStreamName: name }: Named): DeliveryStream => {
    if (typeof name !== 'string' || name === '') throw invalid('deliveryStreamName', 'Member must not be null');
    const stream = streams.get(name);
    if (stream) return stream;
    throw new AwsError('ResourceNotFoundException', `Firehose ${name} not found under account ${account}.`);
  };

  return {
    PutRecord: async (input: Named & { readonly Record?: RecordInput }) => {
      await streamOf(input).put(frameOf([input.Record], 'record'));
      return { RecordId: randomUUID(), Encrypted: false };
    },

    PutRecordBatch: async (input: Named & { readonly Records?: readonly RecordInput[] }) => {
      const stream = streamOf(input);
      const { Records: records } = input;
      if (!Array.isArray(records)) throw invalid('records', 'Member must not be null');
      if (records.length === 0) throw invalid('records', 'Member must have length greater than or equal to 1');
      if (records.length > limits.batchRecords) {
        throw invalid('records', `Member must have length less than or equal to ${limits.batchRecords}`);
      }
      await stream.put(frameOf(records, 'records'));
      return {
        FailedPutCount: 0,
        Encrypted: false,
        RequestResponses: records.map(() => ({ RecordId: randomUUID() })),
      };
    },

    DescribeDeliveryStream: (input: Named) => {
      const stream = streamOf(input);
      return {
        DeliveryStreamDescription: {
          DeliveryStreamName: stream.name,
          DeliveryStreamARN: arn('firehose', `deliverystream/${stream.name}`),
          DeliveryStreamStatus: 'ACTIVE',
          DeliveryStreamType: 'DirectPut',
          VersionId: versionId,
          CreateTimestamp: stream.createdAt.getTime() / 1000,
          Destinations: [
            {
              DestinationId: 'destinationId-000000000001',
              ExtendedS3DestinationDescription: describe(stream),
            },
          ],
          HasMoreDestinations: false,
        },
      };
    },

    ListDeliveryStreams: (input: {
      readonly Limit?: number;
      readonly ExclusiveStartDeliveryStreamName?: string;
      readonly DeliveryStreamType?: string;
    }) => {
      const { Limit: limit = 10, ExclusiveStartDeliveryStreamName: after = '', DeliveryStreamType: type } = input;
      const names = type === undefined || type === 'DirectPut' ? [...streams.keys()].sort() : [];
      const rest = names.filter((name) => name > after);
      return { DeliveryStreamNames: rest.slice(0, limit), HasMoreDeliveryStreams: rest.length > limit };
    },
  };
};

/** The records' bytes one after another, as given: Firehose adds nothing between records. */
const frameOf = (records: readonly (RecordInput | undefined)[], member: string): Frame => {
  const pieces = records.map((record, index) => {
    const where = member === 'record' ? 'record.data' : `records.${index + 1}.member.data`;
    if (typeof record?.Data !== 'string') throw invalid(where, 'Member must not be null');
    const data = Buffer.from(record.Data, 'base64');
    if (data.length <= limits.recordBytes) return data;
    throw invalid(where, `Member must have length less than or equal to ${limits.recordBytes}`);
  });
  const data = Buffer.concat(pieces);
  if (data.length > limits.batchBytes) {
    throw new AwsError('InvalidArgumentException', `Records size exceeds ${limits.batchBytes} bytes limit`);
  }
  return { records: records.length, data };
};

const describe = ({ destination }: DeliveryStream): Readonly<Record<string, unknown>> => ({
  RoleARN: destination.roleArn,
  BucketARN: arn('s3', destination.bucket),
  Prefix: destination.prefix,
  ErrorOutputPrefix: destination.errorPrefix,
  BufferingHints: {
    SizeInMBs: destination.bufferBytes / 1024 / 1024,
    IntervalInSeconds: destination.intervalMs / 1000,
  },
  CompressionFormat: destination.gzip ? 'GZIP' : 'UNCOMPRESSED',
  EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
  CustomTimeZone: destination.timeZone,
});

const invalid = (member: string, constraint: string): AwsError =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
  );
