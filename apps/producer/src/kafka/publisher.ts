import { type Kafka, type Message, type PartitionerArgs, Partitioners, type Producer } from 'kafkajs';
import type { Publisher } from './kafka-sink.ts';

/**
 * A producer that connects at its first use and stays connected from then on, through all invocations, until `close`.
 *
 * Keys fall into partitions as Kafka's own clients have it (murmur2), and a message keeps its partition however often
 * it is tried. Not idempotent: see docs/decisions, on kafkajs.
 */
export const publisher = (kafka: () => Promise<Kafka>): Publisher & { readonly close: () => Promise<void> } => {
  const partitions = new WeakMap<Message, number>();
  const createPartitioner = () => {
    const byKey = hashedOnce(Partitioners.DefaultPartitioner());
    return (args: PartitionerArgs): number => {
      const partition = partitions.get(args.message) ?? byKey(args);
      partitions.set(args.message, partition);
      return partition;
    };
  };
  let connected: Promise<Producer> | undefined;
  const connect = async (): Promise<Producer> => {
    const producer = (await kafka()).producer({ createPartitioner, allowAutoTopicCreation: false });
    await producer.connect();
    return producer;
  };
  return {
    producer: () =>
      (connected ??= connect().catch((error: unknown) => {
        connected = undefined;
        throw error;
      })),
    partitionOf: (message) => partitions.get(message),
    close: async () => (await connected)?.disconnect(),
  };
};

/** kafkajs hashes with BigInt, 1 to 2 µs a key: a tenth of what an event costs, and customers come again and again. */
const hashedOnce = (byKey: (args: PartitionerArgs) => number): ((args: PartitionerArgs) => number) => {
  const known = new Map<string, number>();
  let partitions = 0;
  return (args) => {
    const key = String(args.message.key);
    if (args.partitionMetadata.length !== partitions || known.size >= 50_000) known.clear();
    partitions = args.partitionMetadata.length;
    const partition = known.get(key) ?? byKey(args);
    known.set(key, partition);
    return partition;
  };
};
