import type { KinesisStreamEvent, MSKEvent, MSKRecord, SelfManagedKafkaEvent } from 'aws-lambda';
import type { SourceRecord } from './source-record.ts';

/** What an event source mapping hands over: records of one Kinesis shard, or of some partitions of a Kafka topic. */
export type StreamEvent = KinesisStreamEvent | KafkaEvent;
export type KafkaEvent = MSKEvent | SelfManagedKafkaEvent;

/** One record or more, of one shard or partition, in order. */
export type Batch = readonly [SourceRecord, ...SourceRecord[]];

/** An event's records, shard by shard or partition by partition, each in its order. */
export const batchesOf = (event: StreamEvent): Batch[] =>
  (isKafka(event)
    ? Object.values(event.records).map((records) => records.map(fromKafka))
    : [fromKinesis(event)]
  ).filter((records): records is [SourceRecord, ...SourceRecord[]] => records.length > 0);

/** All records of an event; those of one shard or partition are in order. */
export const recordsOf = (event: StreamEvent): SourceRecord[] => batchesOf(event).flat();

/** What Lambda is told when records must come again. */
export interface StreamReport {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string | { partition: string; offset: number } }[];
}

/**
 * The report that everything from these positions on must come again; at most one position a shard or partition.
 *
 * - Kinesis takes a sequence number, and sends all from the lowest one again
 *   (docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html).
 * - Kafka takes partition and offset as an object; a text, or a partition that was not in the event, makes Lambda send
 *   the whole event again (docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html).
 */
export const reportOf = (event: StreamEvent, stoppedAt: readonly SourceRecord['position'][]): StreamReport => ({
  batchItemFailures: stoppedAt.map(({ shard, sequence }) => ({
    itemIdentifier: isKafka(event) ? { partition: shard, offset: Number(sequence) } : sequence,
  })),
});

const isKafka = (event: StreamEvent): event is KafkaEvent => 'records' in event;

const fromKinesis = ({ Records }: KinesisStreamEvent): SourceRecord[] =>
  Records.map(({ kinesis, eventID, eventSourceARN }) => ({
    id: kinesis.sequenceNumber,
    key: kinesis.partitionKey,
    position: {
      source: eventSourceARN.slice(eventSourceARN.lastIndexOf('/') + 1),
      shard: eventID.slice(0, eventID.lastIndexOf(':')),
      sequence: kinesis.sequenceNumber,
    },
    arrivedAtMs: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    bytes: Buffer.from(kinesis.data, 'base64'),
  }));

/** Topics stamp records with the time of their arrival (`message.timestamp.type=LogAppendTime`). */
const fromKafka = ({ topic, partition, offset, timestamp, key, value }: Nullable<MSKRecord>): SourceRecord => {
  const shard = `${topic}-${partition}`;
  return {
    id: `${shard}-${offset}`,
    key: decoded(key).toString('utf8'),
    position: { source: topic, shard, sequence: String(offset) },
    arrivedAtMs: timestamp,
    bytes: decoded(value),
  };
};

/** Keys and values of Kafka records may be missing; the types of the event leave that out. */
type Nullable<R extends MSKRecord> = Omit<R, 'key' | 'value'> & {
  readonly key?: string | null;
  readonly value?: string | null;
};

const decoded = (base64: string | null | undefined): Buffer => Buffer.from(base64 ?? '', 'base64');
