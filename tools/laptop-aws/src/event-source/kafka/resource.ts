import * as z from 'zod';
import { DeliveryProperties, deliveryOf, forever, number } from '../mapping-properties.ts';
import type { KafkaLogin, KafkaMappingSettings } from './settings.ts';

/** "Lambda automatically applies a maximum of 10 retry attempts" where there is an on-failure destination. */
const retriesWithDestination = 10;

const mechanisms = {
  BASIC_AUTH: 'plain',
  SASL_SCRAM_256_AUTH: 'scram-sha-256',
  SASL_SCRAM_512_AUTH: 'scram-sha-512',
} as const satisfies Record<string, KafkaLogin['mechanism']>;

const hostAndPort = z.string().regex(/^[\w.-]+:\d{1,5}$/, 'must be host:port');

/**
 * An AWS::Lambda::EventSourceMapping for Kafka that is not MSK's. Without ProvisionedPollerConfig Lambda takes what
 * needs it, and does not do it (https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html): here that
 * is an error, so that it is seen before it is missed.
 */
export const KafkaProperties = DeliveryProperties.extend({
  SelfManagedEventSource: z.strictObject({
    Endpoints: z.strictObject({ KafkaBootstrapServers: z.array(hostAndPort).min(1).max(10) }),
  }),
  SelfManagedKafkaEventSourceConfig: z.strictObject({ ConsumerGroupId: z.string().min(1).max(200) }),
  Topics: z.array(z.string().min(1).max(249)).length(1),
  /** Left out, it is half a second. */
  MaximumBatchingWindowInSeconds: number(0, 300).optional(),
  ProvisionedPollerConfig: z
    .strictObject({
      MinimumPollers: number(1, 200).optional(),
      MaximumPollers: number(1, 2000).optional(),
      PollerGroupName: z.string().optional(),
    })
    .optional(),
  SourceAccessConfigurations: z
    .array(
      z.strictObject({
        Type: z.enum(['BASIC_AUTH', 'SASL_SCRAM_256_AUTH', 'SASL_SCRAM_512_AUTH']),
        URI: z.string().startsWith('arn:aws:secretsmanager:'),
      }),
    )
    .max(1)
    .optional(),
}).refine((properties) => properties.ProvisionedPollerConfig !== undefined || !needsPollers(properties), {
  error: 'for Kafka, response types, bisection, retries, age and destinations need ProvisionedPollerConfig',
  path: ['ProvisionedPollerConfig'],
});
export type KafkaProperties = z.infer<typeof KafkaProperties>;

const needsPollers = (properties: z.infer<typeof DeliveryProperties>): boolean =>
  properties.FunctionResponseTypes.length > 0 ||
  properties.BisectBatchOnFunctionError ||
  properties.MaximumRetryAttempts !== forever ||
  properties.MaximumRecordAgeInSeconds !== forever;

/** What tells the mapping's source from others: a group keeps its place in a topic when the brokers' address changes. */
export const kafkaSource = ({
  Topics: [topic],
  SelfManagedKafkaEventSourceConfig: { ConsumerGroupId },
}: KafkaProperties) => `kafka/${topic}/${ConsumerGroupId}`;

export const kafkaSettings = (properties: KafkaProperties, uuid: string): KafkaMappingSettings => {
  const { SelfManagedEventSource, MaximumBatchingWindowInSeconds: windowSeconds = 0.5 } = properties;
  const delivery = deliveryOf(properties, { uuid, windowMs: windowSeconds * 1000 });
  const [access] = properties.SourceAccessConfigurations ?? [];
  return {
    ...delivery,
    ...(delivery.onFailure ? { retries: delivery.retries ?? retriesWithDestination } : {}),
    bootstrapServers: SelfManagedEventSource.Endpoints.KafkaBootstrapServers.join(','),
    topic: properties.Topics[0] as string,
    groupId: properties.SelfManagedKafkaEventSourceConfig.ConsumerGroupId,
    login: access && { mechanism: mechanisms[access.Type], secretArn: access.URI },
  };
};
