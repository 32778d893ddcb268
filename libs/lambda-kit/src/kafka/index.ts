export { kafkaClient } from './client.ts';
export { BootstrapServers, KafkaAuth } from './env.ts';
export { isTransientOnKafka } from './is-transient.ts';
