import { randomUUID } from 'node:crypto';
import type { EachBatchPayload } from 'kafkajs';
import { type Credentials, kafkaClient } from './client.ts';
import { patiently } from './patiently.ts';

/** A record of a topic. */
export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  readonly value: Buffer;
}

/**
 * Reads a topic from its first to its present last record, each partition in order.
 *
 * @param take is told of one record after the other
 */
export const readTopic = async (
  bootstrapServers: string,
  topic: string,
  take: (record: TopicRecord) => void,
  credentials: Credentials = {},
): Promise<void> => {
  const kafka = kafkaClient(bootstrapServers, credentials);
  const admin = kafka.admin();
  await admin.connect();
  const ends = await patiently(() => admin.fetchTopicOffsets(topic)).finally(() => admin.disconnect());
  const left = new Map(
    ends.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, Number(high)] as const),
  );
  if (left.size === 0) return;
  const done = Promise.withResolvers<void>();
  const next = new Map<number, number>();
  const eachBatch = async ({ batch }: EachBatchPayload): Promise<void> => {
    const { partition, messages } = batch;
    const end = left.get(partition) ?? 0;
    for (const { offset: text, value } of messages) {
      const offset = Number(text);
      if (offset >= end || offset < (next.get(partition) ?? 0)) continue;
      next.set(partition, offset + 1);
      take({ partition, offset, value: value ?? Buffer.alloc(0) });
    }
    if (Number(batch.lastOffset()) + 1 >= end) left.delete(partition);
    if (left.size === 0) done.resolve();
  };
  // A group of its own that commits nothing: it leaves no trace, and when it has to start again, does so at the start.
  const consumer = kafka.consumer({ groupId: `reader-${randomUUID()}`, maxWaitTimeInMs: 100 });
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (!restart) done.reject(error);
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch });
    await done.promise;
  } finally {
    await consumer.disconnect();
  }
};
