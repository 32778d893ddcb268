import * as z from 'zod';
import { BootstrapServers } from '@acme/lambda-kit/kafka';

/** The properties of a `Custom::KafkaTopic`. CloudFormation hands numbers over as text. */
export const Topic = z.object({
  BootstrapServers,
  /** Names that Kafka takes (org.apache.kafka.common.internals.Topic). */
  Topic: z.string().regex(/^(?!\.{1,2}$)[\w.-]{1,249}$/),
  Partitions: z.coerce.number().int().min(1),
  ReplicationFactor: z.coerce.number().int().min(1),
  Config: z.record(z.string(), z.coerce.string()).default({}),
});
export type Topic = z.infer<typeof Topic>;
