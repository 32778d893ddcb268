import { createHash } from 'node:crypto';
import { arn } from '../aws/identity.ts';

/** What mappings of every kind have: how their records go to the function. */
export interface DeliverySettings {
  readonly uuid: string;
  /** Name or ARN, as the template has it. */
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** How long a batch may wait to fill, from its first record on; with 0 it goes at once. */
  readonly windowMs: number;
  /** Where a mapping begins that has never run. */
  readonly startAt: StartAt;
  /** Whether the function says which records of a batch failed. */
  readonly reportsItemFailures: boolean;
  /** Failed invocations of a batch after the first before it is given up; without it, never. */
  readonly retries?: number | undefined;
  /** Records that arrived longer ago are given up; without it, never. */
  readonly largestAgeMs?: number | undefined;
  /** Whether a batch that failed is split in two. */
  readonly bisects: boolean;
  /** Filter patterns, JSON text each: a record goes to the function when one of them matches it, or there is none. */
  readonly filters: readonly string[];
  /** ARN of the bucket, queue or topic that hears of records that are given up. */
  readonly onFailure?: string | undefined;
}

export type StartAt = 'TRIM_HORIZON' | 'LATEST' | { readonly timestampMs: number };

/** A Lambda event source mapping for a Kinesis stream, as far as it acts here. */
export interface MappingSettings extends DeliverySettings {
  readonly streamArn: string;
  /** How many batches of one shard may be under way at once, 1 to 10; a partition key's records stay in order. */
  readonly parallelization: number;
}

/** The ARN of a mapping's function, which the template may also name. */
export const functionArn = ({ functionName }: Pick<DeliverySettings, 'functionName'>): string =>
  functionName.startsWith('arn:') ? functionName : arn('lambda', `function:${functionName}`);

/** A mapping's id: the same at every start, another one when its source is (CloudFormation would replace it too). */
export const mappingId = (stack: string, logicalId: string, source: string): string => {
  const hex = createHash('sha256').update(`${stack}/${logicalId}/${source}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};
