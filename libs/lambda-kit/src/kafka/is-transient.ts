import kafkajs from 'kafkajs';
import { isTransient } from '../is-transient.ts';

/**
 * Whether what Kafka refused may be taken at the next try: no leader, too few replicas, no connection. Wrong
 * credentials, a missing permission or a message too large stay as they are.
 */
export const isTransientOnKafka = (error: unknown): boolean => {
  if (error instanceof kafkajs.KafkaJSNumberOfRetriesExceeded) return isTransientOnKafka(error.cause);
  return error instanceof kafkajs.KafkaJSError ? error.retriable : isTransient(error);
};
