import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { learnCodecs } from './codecs.ts';
import { learnToGoOn } from './fetch-response.ts';

learnCodecs();
learnToGoOn();

/** What a connection needs beside the address. @default nothing: plaintext, nobody logs in */
export type Credentials = Pick<KafkaConfig, 'ssl' | 'sasl' | 'retry'>;

/**
 * A Kafka client of the platform's own.
 *
 * @param report is told of what the client warns of; without it, that is dropped, since errors reach the caller anyway
 */
export const kafkaClient = (
  bootstrapServers: string,
  { report, ...credentials }: Credentials & { readonly report?: ((line: string) => void) | undefined } = {},
): Kafka =>
  new Kafka({
    clientId: 'acme-local',
    brokers: bootstrapServers.split(','),
    connectionTimeout: 3_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    logLevel: report ? logLevel.WARN : logLevel.NOTHING,
    logCreator:
      () =>
      ({ log: { message, error } }) =>
        report?.(typeof error === 'string' ? `${message}: ${error}` : message),
    ...credentials,
  });
