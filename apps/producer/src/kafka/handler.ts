import { readEnv } from '@acme/lambda-kit';
import { kafkaClient } from '@acme/lambda-kit/kafka';
import { byKey } from '../partition-key.ts';
import { producing } from '../producing.ts';
import { KafkaEnv } from './env.ts';
import { kafkaSink } from './kafka-sink.ts';
import { oneEach } from './messages.ts';
import { publisher } from './publisher.ts';
import { sendInOrder } from './send-in-order.ts';

const env = readEnv(KafkaEnv);
const { close, ...publishing } = publisher(() => kafkaClient('acme-data-producer', env.BOOTSTRAP_SERVERS, env));

process.once('SIGTERM', () => void close().finally(() => process.exit(0)));

/** Takes an array of events, NDJSON text, or one event, and puts each onto the topic. */
export const handler = producing(env, {
  stream: env.TOPIC,
  sink: kafkaSink(env.TOPIC, publishing),
  keyOf: byKey,
  pack: oneEach,
  send: sendInOrder,
});
