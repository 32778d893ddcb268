import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { account } from '../aws/identity.ts';
import type { Operations } from '../aws/json-service.ts';
import { streamOf, streamReference } from '../kinesis/api/stream-reference.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Stream } from '../kinesis/stream.ts';
import type { FaultSource } from './fault-source.ts';
import { throttledShards } from './throttled-shards.ts';

const Entry = {
  PartitionKey: z.string(),
  ExplicitHashKey: z
    .string()
    .regex(/^\d{1,39}$/)
    .optional(),
};
const PutRecord = z.looseObject({ ...streamReference, ...Entry });
const PutRecords = z.looseObject({ ...streamReference, Records: z.array(z.looseObject(Entry)).min(1) });

interface Refusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

interface Put {
  readonly Records: readonly object[];
}

/**
 * Kinesis's puts with `partial-put` and `throttle`: some records of a PutRecords are refused, as its documentation
 * shows (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html), the others are on the stream.
 * Input that the operations refuse is theirs.
 */
export const refusingPuts = (kinesis: Kinesis, operations: Operations, faults: FaultSource): Operations => {
  if (!faults.has('partial-put', 'throttle')) return operations;
  const throttled = throttledShards(faults);
  const pass = async (operation: 'PutRecord' | 'PutRecords', input: unknown): Promise<Put> =>
    (await operations[operation]?.(input as never)) as Put;

  return {
    ...operations,
    PutRecord: async (input: unknown) => {
      const put = PutRecord.safeParse(input);
      if (put.success) {
        const stream = streamOf(kinesis, put.data);
        const shard = stream.shardOf(put.data).id;
        if (throttled([shard]).has(shard)) throw exceeded(stream, shard);
      }
      return pass('PutRecord', input);
    },
    PutRecords: async (input: unknown) => {
      const put = PutRecords.safeParse(input);
      if (!put.success) return pass('PutRecords', input);
      const stream = streamOf(kinesis, put.data);
      const refusals = refusalsOf(put.data.Records, stream);
      if (refusals.every((refusal) => refusal === undefined)) return pass('PutRecords', input);
      const taken = put.data.Records.filter((_, index) => refusals[index] === undefined);
      const results =
        taken.length === 0 ? [] : [...(await pass('PutRecords', { ...put.data, Records: taken })).Records];
      return {
        FailedRecordCount: put.data.Records.length - taken.length,
        Records: refusals.map((refusal) => refusal ?? results.shift()),
        EncryptionType: stream.settings.encryption,
      };
    },
  };

  function refusalsOf(records: z.infer<typeof PutRecords>['Records'], stream: Stream): (Refusal | undefined)[] {
    const shards = records.map((record) => stream.shardOf(record).id);
    const resting = throttled(new Set(shards));
    const [whole] = [...resting].filter(([, wholeCall]) => wholeCall);
    if (whole) throw exceeded(stream, whole[0]);
    const random = faults.decide('partial-put');
    const least = random?.below(records.length);
    const refusals = shards.map((shard, index) => {
      if (resting.has(shard)) return rateExceeded(stream, shard);
      if (random === undefined || (index !== least && random.below(3) > 0)) return undefined;
      return random.below(2) === 0 ? rateExceeded(stream, shard) : internalFailure;
    });
    if (random) faults.struck('partial-put');
    return refusals;
  }
};

const internalFailure: Refusal = { ErrorCode: 'InternalFailure', ErrorMessage: 'Internal service failure.' };

const rateMessage = (stream: Stream, shard: string): string =>
  `Rate exceeded for shard ${shard} in stream ${stream.name} under account ${account}.`;

const rateExceeded = (stream: Stream, shard: string): Refusal => ({
  ErrorCode: 'ProvisionedThroughputExceededException',
  ErrorMessage: rateMessage(stream, shard),
});

const exceeded = (stream: Stream, shard: string): AwsError =>
  new AwsError('ProvisionedThroughputExceededException', rateMessage(stream, shard));
