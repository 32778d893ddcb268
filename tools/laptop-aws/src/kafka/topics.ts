import kafkajs, { type Admin } from 'kafkajs';
import { patiently } from './patiently.ts';

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Topic configs (https://kafka.apache.org/43/configuration/topic-configs/), such as retention.ms. */
  readonly config: Readonly<Record<string, string>>;
}

/**
 * Makes a topic, or changes the settings of one that is there and adds partitions. Kafka takes none away, nor another
 * replication factor.
 *
 * @throws when the brokers refuse it, or are away
 */
export const applyTopic = async (
  admin: Admin,
  { name, partitions, replicationFactor, config }: TopicSpec,
): Promise<void> => {
  const configEntries = Object.entries(config).map(([key, value]) => ({ name: key, value }));
  const topic = { topic: name, numPartitions: partitions, replicationFactor, configEntries };
  const made = await admin.createTopics({ topics: [topic], waitForLeaders: false });
  const there = await ledPartitions(admin, name);
  // A leader may be named before it knows that it is one, and refuses what is written until then.
  await patiently(() => admin.fetchTopicOffsets(name));
  if (made) return;
  if (there < partitions) await admin.createPartitions({ topicPartitions: [{ topic: name, count: partitions }] });
  const { TOPIC } = kafkajs.ConfigResourceTypes;
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: TOPIC, name, configEntries }] });
};

/** Waits until all partitions have a leader, and counts them. */
const ledPartitions = (admin: Admin, topic: string): Promise<number> =>
  patiently(async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const { partitions = [] } = topics[0] ?? {};
    if (partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)) return partitions.length;
    throw new kafkajs.KafkaJSError(`the partitions of ${topic} have no leaders`, { retriable: true });
  });
