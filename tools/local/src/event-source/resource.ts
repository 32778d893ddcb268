import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { arn } from '../aws/identity.ts';
import type { EventSources } from './event-sources.ts';
import { destinationArn } from './failure-destination.ts';
import { mappingId, type MappingSettings } from './mapping-settings.ts';

const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const forever = -1;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
const MappingProperties = z.strictObject({
  EventSourceArn: z
    .string()
    .regex(
      /^arn:aws:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]+$/,
      'only Kinesis streams are event sources here',
    ),
  FunctionName: z.string().min(1),
  BatchSize: number(1, 10_000).default(100),
  MaximumBatchingWindowInSeconds: number(0, 300).default(0),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
  StartingPositionTimestamp: z.coerce.number().optional(),
  Enabled: z.stringbool().or(z.boolean()).default(true),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).default([]),
  MaximumRetryAttempts: number(forever, 10_000).default(forever),
  MaximumRecordAgeInSeconds: z.literal(forever).or(number(60, 604_800)).default(forever),
  ParallelizationFactor: number(1, 10).default(1),
  BisectBatchOnFunctionError: z.stringbool().or(z.boolean()).default(false),
  TumblingWindowInSeconds: number(0, 900).default(0),
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
type MappingProperties = z.infer<typeof MappingProperties>;

/** AWS::Lambda::EventSourceMapping on the laptop, for Kinesis streams. */
export const eventSourceResources = (eventSources: EventSources): ResourceKinds => ({
  'AWS::Lambda::EventSourceMapping': resourceKind<MappingProperties>(
    MappingProperties,
    async (properties, { stack, logicalId }) => {
      const settings = settingsOf(properties, mappingId(stack, logicalId, properties.EventSourceArn));
      await eventSources.define(settings);
      return {
        ref: settings.uuid,
        attributes: {
          Id: settings.uuid,
          EventSourceMappingArn: arn('lambda', `event-source-mapping:${settings.uuid}`),
        },
        notHonoured: notHonoured(properties),
      };
    },
  ),
});

const settingsOf = (properties: MappingProperties, uuid: string): MappingSettings => {
  const { MaximumRetryAttempts, MaximumRecordAgeInSeconds, DestinationConfig, FilterCriteria } = properties;
  return {
    uuid,
    functionName: properties.FunctionName,
    streamArn: properties.EventSourceArn,
    enabled: properties.Enabled,
    batchSize: properties.BatchSize,
    windowMs: properties.MaximumBatchingWindowInSeconds * 1000,
    startAt: startOf(properties),
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
    retries: MaximumRetryAttempts === forever ? undefined : MaximumRetryAttempts,
    largestAgeMs: MaximumRecordAgeInSeconds === forever ? undefined : MaximumRecordAgeInSeconds * 1000,
    parallelization: properties.ParallelizationFactor,
    bisects: properties.BisectBatchOnFunctionError,
    filters: FilterCriteria?.Filters?.map(({ Pattern }) => Pattern) ?? [],
    onFailure: DestinationConfig?.OnFailure?.Destination || undefined,
  };
};

const startOf = ({ StartingPosition, StartingPositionTimestamp }: MappingProperties): MappingSettings['startAt'] => {
  if (StartingPosition !== 'AT_TIMESTAMP') return StartingPosition;
  if (StartingPositionTimestamp === undefined) {
    throw new Error('StartingPosition AT_TIMESTAMP needs a StartingPositionTimestamp, in seconds since 1970');
  }
  return { timestampMs: StartingPositionTimestamp * 1000 };
};

const notHonoured = ({ TumblingWindowInSeconds, MetricsConfig }: MappingProperties): string[] => [
  ...(TumblingWindowInSeconds > 0 ? ['TumblingWindowInSeconds (events carry no window and no state)'] : []),
  ...(MetricsConfig === undefined ? [] : ['MetricsConfig']),
];
