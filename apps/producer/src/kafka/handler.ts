import { readEnv } from '@acme/lambda-kit';
import { kafkaClient } from '@acme/lambda-kit/kafka';
import { byKey } from '../partition-key.ts';
import { producing, type Transport } from '../producing.ts';
import { KafkaEnv } from './env.ts';
import { kafkaSink } from './kafka-sink.ts';
import { oneEach } from './messages.ts';
import { publisher } from './publisher.ts';
import { sendInOrder } from './send-in-order.ts';

const env = readEnv(KafkaEnv);
const { close, ...publishing } = publisher(() => kafkaClient('acme-data-producer', env.BOOTSTRAP_SERVERS, env));

process.once('SIGTERM', () => void close().finally(() => process.exit(0)));

const to = (topic: string): Transport => ({
  stream: topic,
  sink: kafkaSink(topic, publishing),
  keyOf: byKey,
  pack: oneEach,
  send: sendInOrder,
});

/** Takes an array of events, NDJSON text, or one event, or these with their family, each onto the family's topic. */
export const handler = producing(env, { viewing: to(env.TOPIC), clickstream: to(env.CLICKSTREAM_TOPIC) });
