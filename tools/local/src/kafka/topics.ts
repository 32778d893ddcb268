import { setTimeout as wait } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Topic configs (https://kafka.apache.org/43/configuration/topic-configs/), such as retention.ms. */
  readonly config: Readonly<Record<string, string>>;
}

/** How long brokers may take to know a topic that the controller has made. */
const patienceMs = 15_000;

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
  if (made) return;
  if (there < partitions) await admin.createPartitions({ topicPartitions: [{ topic: name, count: partitions }] });
  const { TOPIC } = kafkajs.ConfigResourceTypes;
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: TOPIC, name, configEntries }] });
};

/**
 * Waits until all partitions have a leader, and counts them. kafkajs's own wait (`waitForLeaders`) gives up when the
 * broker that it asks has not heard of the topic yet, which in KRaft is a matter of milliseconds, or of a busy machine.
 */
const ledPartitions = async (admin: Admin, topic: string): Promise<number> => {
  for (const end = Date.now() + patienceMs; ; await wait(50)) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const { partitions = [] } = topics[0] ?? {};
      if (partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)) return partitions.length;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    if (Date.now() > end) throw new Error(`the partitions of ${topic} have no leaders after ${patienceMs / 1000} s`);
  }
};
