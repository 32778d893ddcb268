import { readers, type ReaderName } from '@acme/stack-contract';
import { Duration } from 'aws-cdk-lib';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { IEventSourceDlq, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { lookUp } from './contract.ts';
import { readTopic } from './kafka/read-topic.ts';
import type { ServiceFunction } from './service-function.ts';
import type { ReaderSettings, Settings } from './settings.ts';
import { type StreamName, topicOf } from './streams.ts';

/** How a function reads a stream, beside what the stage's settings say of its reader. */
export interface Reading {
  /** Who reads; its stream, and its consumer group on Kafka, go by that. */
  readonly reader: ReaderName;
  readonly startingPosition: StartingPosition;
  readonly bisectBatchOnError?: boolean;
  readonly onFailure?: IEventSourceDlq;
  /** @default true */
  readonly enabled?: boolean;
  /** What wins over the stage's settings: an app's own names for them. */
  readonly but?: Partial<ReaderSettings>;
}

/**
 * Has a function read a stream on the stage's transport, and says which records failed. The function's handler is one
 * of lambda-kit's (`streamHandler`), and does not know the difference.
 */
export const readStream = (reads: ServiceFunction, settings: Settings, { reader, but, ...reading }: Reading): void => {
  const { stream } = readers[reader];
  const { batchSize, windowSeconds, parallelization, retries, maxAgeSeconds } = { ...settings.readers[reader], ...but };
  const untilForgotten = Math.min(Duration.hours(settings.streams.retentionHours - 1).toSeconds(), mostAgeSeconds);
  const options = {
    ...reading,
    batchSize: batchSize[settings.transport],
    reportBatchItemFailures: true,
    ...(windowSeconds === undefined ? {} : { maxBatchingWindow: Duration.seconds(windowSeconds) }),
    ...(retries === undefined ? {} : { retryAttempts: retries }),
    ...(reading.onFailure || maxAgeSeconds !== undefined
      ? { maxRecordAge: Duration.seconds(maxAgeSeconds ?? untilForgotten) }
      : {}),
  };
  if (settings.transport === 'kafka') {
    readTopic(reads, settings, topicOf(settings, stream), reader, options, idOf(stream, 'Topic'));
    return;
  }
  const arn = lookUp(reads.stack, settings, `${stream}StreamArn`);
  reads.addEventSource(
    new KinesisEventSource(Stream.fromStreamArn(reads.stack, idOf(stream, 'Events'), arn), {
      ...options,
      ...(parallelization === undefined ? {} : { parallelizationFactor: parallelization }),
    }),
  );
};

/** Seven days: Lambda API reference, MaximumRecordAgeInSeconds. */
const mostAgeSeconds = 604_800;

/** A function may read both streams, and so may two functions of a stack. */
const idOf = (stream: StreamName, id: string): string => (stream === 'telemetry' ? id : `Clickstream${id}`);
