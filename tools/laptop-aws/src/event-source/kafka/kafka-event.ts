import * as z from 'zod';
import type { Batch } from '../batch.ts';
import type { FailurePlace } from '../failure-record.ts';
import type { Identify } from '../outcome.ts';
import type { RecordFormat } from '../source-record.ts';
import type { KafkaRecord } from './record.ts';
import type { KafkaMappingSettings } from './settings.ts';

/** What the event calls a partition. */
export const partitionName = (topic: string, partition: number): string => `${topic}-${partition}`;

/**
 * The event of records of one partition, in the shape of
 * https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html; on AWS it may hold several partitions. By hand, because
 * it is done for every record of the platform.
 */
export const kafkaFormat = (
  { bootstrapServers, topic }: Pick<KafkaMappingSettings, 'bootstrapServers' | 'topic'>,
  partition: number,
): RecordFormat<KafkaRecord> => {
  const servers = JSON.stringify(bootstrapServers);
  const name = JSON.stringify(partitionName(topic, partition));
  const head = `{"eventSource":"SelfManagedKafka","bootstrapServers":${servers},"records":{${name}:[`;
  const tail = ']}}';
  const around = Buffer.byteLength(head) + tail.length;
  const front = `{"topic":${JSON.stringify(topic)},"partition":${partition},"offset":`;
  return {
    write: (record) => {
      const { key, hasValue, headers } = record;
      return (
        `${front}${record.sequenceNumber},"timestamp":${record.arrivalMs},"timestampType":"${record.timestampType}",` +
        (key ? `"key":"${key.toString('base64')}",` : '') +
        (hasValue ? '"value":"",' : '') +
        `"headers":[${headers.map(([header, value]) => `{${JSON.stringify(header)}:[${value.join(',')}]}`).join(',')}]}`
      );
    },
    shape: {
      text: (records) => head + records.join(',') + tail,
      bytes: (recordBytes, records) => around + recordBytes + Math.max(0, records - 1),
    },
  };
};

/**
 * Reads an itemIdentifier: `{ "partition": "<topic>-<partition>", "offset": 100 }`, by "Configuring error handling
 * controls for Kafka event sources" (https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html,
 * PartialBatchResponse): "Any invalid topic-partition_number or offset returned that was not present in the invoked
 * event will be treated as failure and entire batch will be retried."
 */
export const offsetIn = (partition: string): Identify => {
  const Identifier = z.looseObject({ partition: z.literal(partition), offset: z.number().int().min(0) });
  return (itemIdentifier) => {
    const { success, data } = Identifier.safeParse(itemIdentifier);
    return success ? String(data.offset) : undefined;
  };
};

/** Where a batch is, as https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html tells queues, topics and buckets. */
export const kafkaPlace = (bootstrapServers: string, partition: string, batch: Batch): FailurePlace => {
  const [first] = batch.records;
  const last = batch.records.at(-1);
  return {
    id: partition,
    batchInfo: {
      KafkaBatchInfo: {
        batchSize: batch.size,
        bootstrapServers,
        payloadSize: batch.payload.sizeBytes,
        recordsInfo: {
          [partition]: {
            firstRecordOffset: first?.sequenceNumber,
            lastRecordOffset: last?.sequenceNumber,
            firstRecordTimestamp: first && new Date(first.arrivalMs).toISOString(),
            lastRecordTimestamp: last && new Date(last.arrivalMs).toISOString(),
          },
        },
      },
    },
  };
};
