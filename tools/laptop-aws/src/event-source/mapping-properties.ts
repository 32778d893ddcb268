import * as z from 'zod';
import { destinationArn } from './failure-destination.ts';
import type { DeliverySettings, StartAt } from './mapping-settings.ts';

export const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
export const forever = -1;

/**
 * What mappings of every kind have of
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
export const DeliveryProperties = z.strictObject({
  FunctionName: z.string().min(1),
  BatchSize: number(1, 10_000).default(100),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
  StartingPositionTimestamp: z.coerce.number().optional(),
  Enabled: z.stringbool().or(z.boolean()).default(true),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).default([]),
  MaximumRetryAttempts: number(forever, 10_000).default(forever),
  MaximumRecordAgeInSeconds: z.literal(forever).or(number(60, 604_800)).default(forever),
  BisectBatchOnFunctionError: z.stringbool().or(z.boolean()).default(false),
  DestinationConfig: z
    .strictObject({
      OnFailure: z
        .strictObject({
          Destination: z
            .literal('')
            .or(z.string().regex(destinationArn, 'a bucket, queue or topic takes what is given up, by its ARN'))
            .optional(),
        })
        .optional(),
    })
    .optional(),
  // Five is what an account may have unless it asks for more.
  FilterCriteria: z
    .strictObject({
      Filters: z
        .array(z.strictObject({ Pattern: z.string().max(4096) }))
        .max(5)
        .optional(),
    })
    .optional(),
  MetricsConfig: z.unknown().optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
});
type DeliveryProperties = z.infer<typeof DeliveryProperties>;

/** @throws Error when a start at a time names none */
export const deliveryOf = (
  properties: DeliveryProperties,
  { uuid, windowMs }: Pick<DeliverySettings, 'uuid' | 'windowMs'>,
): DeliverySettings => {
  const { MaximumRetryAttempts, MaximumRecordAgeInSeconds, DestinationConfig, FilterCriteria } = properties;
  return {
    uuid,
    windowMs,
    functionName: properties.FunctionName,
    enabled: properties.Enabled,
    batchSize: properties.BatchSize,
    startAt: startOf(properties),
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
    retries: MaximumRetryAttempts === forever ? undefined : MaximumRetryAttempts,
    largestAgeMs: MaximumRecordAgeInSeconds === forever ? undefined : MaximumRecordAgeInSeconds * 1000,
    bisects: properties.BisectBatchOnFunctionError,
    filters: FilterCriteria?.Filters?.map(({ Pattern }) => Pattern) ?? [],
    onFailure: DestinationConfig?.OnFailure?.Destination || undefined,
  };
};

const startOf = ({ StartingPosition, StartingPositionTimestamp }: DeliveryProperties): StartAt => {
  if (StartingPosition !== 'AT_TIMESTAMP') return StartingPosition;
  if (StartingPositionTimestamp === undefined) {
    throw new Error('StartingPosition AT_TIMESTAMP needs a StartingPositionTimestamp, in seconds since 1970');
  }
  return { timestampMs: StartingPositionTimestamp * 1000 };
};
