import { gunzipSync, gzipSync } from 'node:zlib';
import kafkajs, { Kafka, logLevel, type KafkaConfig } from 'kafkajs';

/** kafkajs unpacks in pieces of 16 KB, each with a turn of another thread: two to three times as dear as this. */
const inOnePiece = { chunkSize: 64 * 1024 };
kafkajs.CompressionCodecs[kafkajs.CompressionTypes.GZIP] = () => ({
  compress: async ({ buffer }: { readonly buffer: Buffer }) => gzipSync(buffer),
  decompress: async (buffer: Buffer) => gunzipSync(buffer, inOnePiece),
});

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
