import { arn } from '../../aws/identity.ts';
import type { EventSourceMapping } from '../../lambda/service.ts';
import { functionArn } from '../mapping-settings.ts';
import type { KafkaMappingSettings } from './settings.ts';

/** A mapping for Kafka as the Lambda API describes it. */
export const describeKafka = (
  settings: KafkaMappingSettings,
  { lastResult, modifiedMs }: { readonly lastResult: string; readonly modifiedMs: number },
): EventSourceMapping => {
  const { uuid, bootstrapServers, topic, groupId, batchSize, windowMs, startAt, enabled } = settings;
  const { retries, largestAgeMs, bisects, reportsItemFailures, filters, onFailure } = settings;
  return {
    UUID: uuid,
    EventSourceMappingArn: arn('lambda', `event-source-mapping:${uuid}`),
    SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: bootstrapServers.split(',') } },
    SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: groupId },
    Topics: [topic],
    FunctionArn: functionArn(settings),
    State: enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    LastModified: modifiedMs / 1000,
    LastProcessingResult: lastResult,
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: Math.round(windowMs / 1000),
    BisectBatchOnFunctionError: bisects,
    MaximumRetryAttempts: retries ?? -1,
    MaximumRecordAgeInSeconds: largestAgeMs === undefined ? -1 : largestAgeMs / 1000,
    FunctionResponseTypes: reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    DestinationConfig: { OnFailure: onFailure === undefined ? {} : { Destination: onFailure } },
    ...(filters.length > 0 ? { FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) } } : {}),
    ...(typeof startAt === 'string'
      ? { StartingPosition: startAt }
      : { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: startAt.timestampMs / 1000 }),
  };
};
