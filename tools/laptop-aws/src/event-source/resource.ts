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

type MappingProperties = KinesisProperties | KafkaProperties;

/** By the property that only one kind has, so that what is refused is told of the kind that is meant. */
const MappingProperties = z.record(z.string(), z.unknown()).transform((properties, context): MappingProperties => {
  const schema: z.ZodType<MappingProperties> =
    'SelfManagedEventSource' in properties ? KafkaProperties : KinesisProperties;
  const { data, error } = schema.safeParse(properties);
  if (data) return data;
  context.issues.push(...error.issues.map((issue) => ({ ...issue, code: 'custom' as const, input: undefined })));
  return z.NEVER;
});

const isKafka = (properties: MappingProperties): properties is KafkaProperties =>
  'SelfManagedEventSource' in properties;

/** AWS::Lambda::EventSourceMapping on the laptop, for Kinesis streams and for topics of self-managed Kafka. */
export const eventSourceResources = (eventSources: EventSources): ResourceKinds => ({
  'AWS::Lambda::EventSourceMapping': resourceKind<MappingProperties>(
    MappingProperties,
    async (properties, { stack, logicalId }) => {
      const source = isKafka(properties) ? kafkaSource(properties) : properties.EventSourceArn;
      const uuid = mappingId(stack, logicalId, source);
      if (isKafka(properties)) await eventSources.defineKafka(kafkaSettings(properties, uuid));
      else await eventSources.define(kinesisSettings(properties, uuid));
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

const notHonoured = (properties: MappingProperties): string[] => [
  ...(!isKafka(properties) && properties.TumblingWindowInSeconds > 0
    ? ['TumblingWindowInSeconds (events carry no window and no state)']
    : []),
  ...(properties.MetricsConfig === undefined ? [] : ['MetricsConfig']),
];
