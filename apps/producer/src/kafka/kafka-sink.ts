import { isTransientOnKafka } from '@acme/lambda-kit/kafka';
import { CompressionTypes, type Message, type Producer } from 'kafkajs';
import type { Sink } from '../send.ts';

/** A producer of kafkajs, and into which partition it has put a message. */
export interface Publisher {
  readonly producer: () => Promise<Pick<Producer, 'send'>>;
  readonly partitionOf: (message: Message) => number | undefined;
}

/**
 * A topic as a sink: taken is what all in-sync replicas have (acks = all). A call that fails for a reason that passes
 * counts as refused, to be tried again; what of it a broker had taken all the same then lies there twice.
 *
 * Each record is looked for in the answer. When a partition changes its leader in mid-call to a broker that has
 * answered already, kafkajs 2.2.4 leaves that partition out and reports success (producer/sendMessages.js asks brokers,
 * not partitions): its records count as refused.
 */
export const kafkaSink =
  (topic: string, { producer, partitionOf }: Publisher, compression = CompressionTypes.GZIP): Sink =>
  async (records) => {
    const messages: Message[] = records.map(({ key, data }) => ({ key, value: data }));
    try {
      const answers = await (await producer()).send({ topic, messages, acks: -1, timeout: 10_000, compression });
      const next = new Map(answers.map(({ partition, baseOffset }) => [partition, BigInt(baseOffset ?? -1)]));
      return messages.map((message) => {
        const partition = partitionOf(message);
        const offset = partition === undefined ? undefined : next.get(partition);
        if (partition === undefined || offset === undefined || offset < 0n) return undefined;
        next.set(partition, offset + 1n);
        return { shard: `${topic}-${partition}`, sequence: String(offset) };
      });
    } catch (error) {
      if (!isTransientOnKafka(error)) throw error;
      return records.map(() => undefined);
    }
  };
