import { kafkaClient } from '@acme/laptop-aws/kafka';
import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { Line } from './line.ts';
import { kinesisRecords, plainRecords } from './other-producer.ts';
import type { Platform } from './platform.ts';

/** Puts lines straight onto a stream, some in a record, as a producer does that is none of ours. */
export type PutLines = (platform: Platform, stream: string, lines: readonly Line[]) => Promise<void>;

export const ontoKinesis =
  (kinesis: KinesisClient): PutLines =>
  async (_, StreamName, lines) => {
    let left = kinesisRecords(lines).map(({ key, value }) => ({ PartitionKey: key, Data: value }));
    while (left.length > 0) {
      const { Records = [] } = await kinesis.send(new PutRecordsCommand({ StreamName, Records: left }));
      left = left.filter((_, index) => Records[index]?.SequenceNumber === undefined);
    }
  };

export const ontoKafka: PutLines = async ({ bootstrapServers = '' }, topic, lines) => {
  if (lines.length === 0) return;
  const producer = kafkaClient(bootstrapServers).producer({ allowAutoTopicCreation: false });
  try {
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: plainRecords(lines) });
  } finally {
    await producer.disconnect();
  }
};
