import { BootstrapServers, KafkaAuth } from '@acme/lambda-kit/kafka';
import * as z from 'zod';
import { Env } from '../env.ts';

export const KafkaEnv = Env.omit({ STREAM_NAME: true, CLICKSTREAM_NAME: true, PARTITION_BY: true, BUCKETS: true })
  .extend({
    TRANSPORT: z.literal('kafka'),
    BOOTSTRAP_SERVERS: BootstrapServers,
    TOPIC: z.string().min(1),
    CLICKSTREAM_TOPIC: z.string().min(1),
  })
  .and(KafkaAuth);
