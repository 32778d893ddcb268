import { Kafka, logLevel } from 'kafkajs';
import { log } from '../log.ts';
import type { KafkaAuth } from './env.ts';
import { securityOf } from './security.ts';

/**
 * A Kafka client of a function. Its own tries are few and quick, for a leader that has moved or a connection that broke
 * while the function was frozen; longer patience is its caller's, who knows the deadline.
 */
export const kafkaClient = async (clientId: string, brokers: readonly string[], auth: KafkaAuth): Promise<Kafka> =>
  new Kafka({
    clientId,
    brokers: [...brokers],
    ...(await securityOf(auth)),
    connectionTimeout: 5_000,
    authenticationTimeout: 10_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, multiplier: 2, maxRetryTime: 2_000, retries: 4 },
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ namespace, log: { message, broker, retryCount, error } }) =>
        log.warn('kafka:client', { from: namespace, what: message, broker, retryCount, cause: error }),
  });
