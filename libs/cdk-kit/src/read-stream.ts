import type { Duration } from 'aws-cdk-lib';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { IEventSourceDlq, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { lookUp } from './contract.ts';
import { readTopic } from './kafka/read-topic.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Settings } from './settings.ts';
import { type StreamName, topicOf } from './streams.ts';

/** How a function reads a stream. What is left out is the transport's own default. */
export interface Reading {
  /** Its consumer group on Kafka: the app's name, `lake-loader`. */
  readonly consumer: string;
  /** @default telemetry */
  readonly stream?: StreamName;
  readonly startingPosition: StartingPosition;
  /**
   * Records: on Kinesis one carries the events of a partition key, on Kafka one event. Limits: 10,000, and 6 MB of
   * payload (Lambda API reference), at which Lambda closes a batch by itself.
   */
  readonly batchSize: Readonly<Record<Settings['transport'], number>>;
  readonly maxBatchingWindow?: Duration;
  readonly maxRecordAge?: Duration;
  /** @default until they succeed, or are too old */
  readonly retryAttempts?: number;
  readonly bisectBatchOnError?: boolean;
  /** Batches of one Kinesis shard under way at a time, 1 to 10; keys keep their order. Kafka knows no such thing. @default 1 */
  readonly parallelizationFactor?: number;
  readonly onFailure?: IEventSourceDlq;
  /** @default true */
  readonly enabled?: boolean;
}

/**
 * Has a function read a stream on the stage's transport, and says which records failed. The function's handler is one
 * of lambda-kit's (`streamHandler`), and does not know the difference.
 */
export const readStream = (
  reader: ServiceFunction,
  settings: Settings,
  { consumer, stream = 'telemetry', batchSize, parallelizationFactor, ...reading }: Reading,
): void => {
  const options = { ...reading, batchSize: batchSize[settings.transport], reportBatchItemFailures: true };
  if (settings.transport === 'kafka') {
    readTopic(reader, settings, topicOf(settings, stream), consumer, options, idOf(stream, 'Topic'));
    return;
  }
  const arn = lookUp(reader.stack, settings, `${stream}StreamArn`);
  reader.addEventSource(
    new KinesisEventSource(Stream.fromStreamArn(reader.stack, idOf(stream, 'Events'), arn), {
      ...options,
      ...(parallelizationFactor === undefined ? {} : { parallelizationFactor }),
    }),
  );
};

/** A function may read both streams, and so may two functions of a stack. */
const idOf = (stream: StreamName, id: string): string => (stream === 'telemetry' ? id : `Clickstream${id}`);
