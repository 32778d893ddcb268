export { kafkaClient } from './client.ts';
export { BootstrapServers, KafkaAuth } from './env.ts';
export { isTransient } from './is-transient.ts';
