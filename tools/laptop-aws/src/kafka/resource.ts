import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import type { Kafka } from './kafka.ts';

const whole = z.coerce.number().int().min(1);

/** Topics as code: what `apps/stream` has a function do on AWS. */
const TopicProperties = z.strictObject({
  ServiceToken: z.string(),
  ServiceTimeout: z.coerce.number().optional(),
  BootstrapServers: z.string(),
  /** Kafka's own rule for names. */
  Topic: z.string().regex(/^[\w.-]{1,249}$/, 'a topic has 1 to 249 letters, digits, dots, underscores and hyphens'),
  Partitions: whole,
  ReplicationFactor: whole,
  Config: z.record(z.string(), z.coerce.string()).default({}),
});
type TopicProperties = z.infer<typeof TopicProperties>;

/** Custom::KafkaTopic on the laptop: the platform makes the topic itself, on its brokers. */
export const kafkaResources = (kafka: Kafka): ResourceKinds => ({
  'Custom::KafkaTopic': resourceKind<TopicProperties>(TopicProperties, async (properties) => {
    const { Topic: name, Partitions: partitions, ReplicationFactor: replicationFactor, Config: config } = properties;
    await kafka.apply({ name, partitions, replicationFactor, config });
    return { ref: name };
  }),
});
