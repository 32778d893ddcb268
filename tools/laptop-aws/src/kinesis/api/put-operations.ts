import * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';
import type { Operations } from '../../aws/json-service.ts';
import type { Kinesis } from '../kinesis.ts';
import type { PutEntry } from '../put.ts';
import { streamOf, streamReference } from './stream-reference.ts';
import { checked } from './validation.ts';

const Entry = {
  Data: z.string(),
  PartitionKey: z.string().min(1).max(256),
  ExplicitHashKey: z
    .string()
    .regex(/^(0|[1-9]\d{0,38})$/)
    .optional(),
};

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html */
const PutRecord = z.object({ ...streamReference, ...Entry, SequenceNumberForOrdering: z.string().optional() });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const PutRecords = z.object({ ...streamReference, Records: z.array(z.object(Entry)).min(1).max(500) });

export const putOperations = (kinesis: Kinesis): Operations => ({
  PutRecord: checked(PutRecord, async (input) => {
    const stream = streamOf(kinesis, input);
    refuseLargeHashKeys([input]);
    const [result] = await stream.put([input], () => 'data');
    return { ...result, EncryptionType: stream.settings.encryption };
  }),
  PutRecords: checked(PutRecords, async (input) => {
    const stream = streamOf(kinesis, input);
    refuseLargeHashKeys(input.Records);
    const Records = await stream.put(input.Records);
    return { FailedRecordCount: 0, Records, EncryptionType: stream.settings.encryption };
  }),
});

const refuseLargeHashKeys = (entries: readonly PutEntry[]): void => {
  for (const { ExplicitHashKey } of entries) {
    if (ExplicitHashKey !== undefined && BigInt(ExplicitHashKey) >> 128n > 0n) {
      const message = 'Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1].';
      throw new AwsError('InvalidArgumentException', message);
    }
  }
};
