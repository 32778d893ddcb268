import { jsonService } from '../../aws/json-service.ts';
import type { AwsService } from '../../aws/service.ts';
import type { Kinesis } from '../kinesis.ts';
import { describeOperations } from './describe-operations.ts';
import { putOperations } from './put-operations.ts';
import { readOperations } from './read-operations.ts';
import { streamOperations } from './stream-operations.ts';

/**
 * The Kinesis API for unmodified SDK clients.
 *
 * @param now milliseconds since 1970: what iterators expire by
 */
export const kinesisService = (kinesis: Kinesis, now: () => number = Date.now): AwsService =>
  jsonService({
    ...streamOperations(kinesis),
    ...describeOperations(kinesis),
    ...putOperations(kinesis),
    ...readOperations(kinesis, now),
  });
