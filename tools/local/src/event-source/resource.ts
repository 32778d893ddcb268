import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { arn } from '../aws/identity.ts';
import type { EventSources } from './event-sources.ts';
import { KafkaProperties, kafkaSettings, kafkaSource } from './kafka/resource.ts';
import { DeliveryProperties, deliveryOf, number } from './mapping-properties.ts';
import { mappingId, type MappingSettings } from './mapping-settings.ts';

const KinesisProperties = DeliveryProperties.extend({
  EventSourceArn: z
    .string()
    .regex(
      /^arn:aws:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]+$/,
      'only Kinesis streams and self-managed Kafka are event sources here',
    ),
  MaximumBatchingWindowInSeconds: number(0, 300).default(0),
  ParallelizationFactor: number(1, 10).default(1),
  TumblingWindowInSeconds: number(0, 900).default(0),
});
type KinesisProperties = z.infer<typeof KinesisProperties>;

type MappingProperties =
  { readonly kinesis: KinesisProperties; readonly kafka?: undefined } | { readonly kafka: KafkaProperties };

/** By the property that only one kind has, so that what is refused is told of the kind that is meant. */
const MappingProperties = z.record(z.string(), z.unknown()).transform((properties, context): MappingProperties => {
  const isKafka = 'SelfManagedEventSource' in properties;
  const parsed = (isKafka ? KafkaProperties : KinesisProperties).safeParse(properties);
  if (parsed.success) {
    return isKafka ? { kafka: parsed.data as KafkaProperties } : { kinesis: parsed.data as KinesisProperties };
  }
  context.issues.push(...parsed.error.issues.map((issue) => ({ ...issue, code: 'custom' as const, input: undefined })));
  return z.NEVER;
});

/** AWS::Lambda::EventSourceMapping on the laptop, for Kinesis streams and for topics of self-managed Kafka. */
export const eventSourceResources = (eventSources: EventSources): ResourceKinds => ({
  'AWS::Lambda::EventSourceMapping': resourceKind<MappingProperties>(
    MappingProperties,
    async (properties, { stack, logicalId }) => {
      const { kafka } = properties;
      const source = kafka ? kafkaSource(kafka) : properties.kinesis.EventSourceArn;
      const uuid = mappingId(stack, logicalId, source);
      if (kafka) await eventSources.defineKafka(kafkaSettings(kafka, uuid));
      else await eventSources.define(kinesisSettings(properties.kinesis, uuid));
      return {
        ref: uuid,
        attributes: { Id: uuid, EventSourceMappingArn: arn('lambda', `event-source-mapping:${uuid}`) },
        notHonoured: notHonoured(properties),
      };
    },
  ),
});

const kinesisSettings = (properties: KinesisProperties, uuid: string): MappingSettings => ({
  ...deliveryOf(properties, { uuid, windowMs: properties.MaximumBatchingWindowInSeconds * 1000 }),
  streamArn: properties.EventSourceArn,
  parallelization: properties.ParallelizationFactor,
});

const notHonoured = ({ kafka, ...of }: MappingProperties): string[] => {
  const { MetricsConfig } = kafka ?? (of as { kinesis: KinesisProperties }).kinesis;
  const window = 'kinesis' in of ? of.kinesis.TumblingWindowInSeconds : 0;
  return [
    ...(window > 0 ? ['TumblingWindowInSeconds (events carry no window and no state)'] : []),
    ...(MetricsConfig === undefined ? [] : ['MetricsConfig']),
  ];
};
