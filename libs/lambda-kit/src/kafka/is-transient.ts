import kafkajs from 'kafkajs';
import { passes } from '../passes.ts';

/**
 * Whether what Kafka refused may be taken at the next try: no leader, too few replicas, no connection. Wrong
 * credentials, a missing permission or a message too large stay as they are.
 */
export const isTransient = (error: unknown): boolean => {
  if (error instanceof kafkajs.KafkaJSNumberOfRetriesExceeded) return isTransient(error.cause);
  return error instanceof kafkajs.KafkaJSError ? error.retriable : passes(error);
};
