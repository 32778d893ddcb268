import { cborEncoding, cborType } from '../../aws/encodings.ts';
import { jsonService, type Operations } from '../../aws/json-service.ts';
import type { AwsService } from '../../aws/service.ts';
import type { Kinesis } from '../kinesis.ts';
import { describeOperations } from './describe-operations.ts';
import { putOperations } from './put-operations.ts';
import { readOperations } from './read-operations.ts';
import { refusedOperations } from './refused-operations.ts';
import { streamOperations } from './stream-operations.ts';

/**
 * The Kinesis API for unmodified SDK clients, in AWS JSON 1.1 and, as Java's speak it, AWS CBOR 1.1.
 *
 * @param now milliseconds since 1970: what iterators expire by
 * @param around what is put around the operations, such as faults
 */
export const kinesisService = (
  kinesis: Kinesis,
  now: () => number = Date.now,
  around: (operations: Operations) => Operations = (operations) => operations,
): AwsService =>
  jsonService(
    around({
      ...streamOperations(kinesis),
      ...describeOperations(kinesis),
      ...putOperations(kinesis),
      ...readOperations(kinesis, now),
      ...refusedOperations,
    }),
    { [cborType]: cbor },
  );

const cbor = cborEncoding({
  bytes: new Set(['Data']),
  times: new Set(['ApproximateArrivalTimestamp', 'StreamCreationTimestamp']),
});
