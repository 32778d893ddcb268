import kafkajs, { type Admin } from 'kafkajs';
import { ledPartitions } from './led-partitions.ts';
import type { Topic } from './topic.ts';

/** What of Kafka's admin client this needs. */
export type TopicAdmin = Pick<
  Admin,
  'createTopics' | 'fetchTopicMetadata' | 'createPartitions' | 'alterConfigs' | 'listTopics' | 'deleteTopics'
>;

const { ConfigResourceTypes } = kafkajs;

/**
 * Makes a topic, or makes one that is there what it is said to be: more partitions, this configuration and no other.
 * The same again changes nothing.
 *
 * @throws TopicError when the brokers refuse it, or when it would take fewer partitions or another number of copies
 */
export const applyTopic = async (admin: TopicAdmin, wanted: Topic): Promise<void> => {
  const { Topic: topic, Partitions: partitions, ReplicationFactor: replicationFactor } = wanted;
  const configEntries = Object.entries(wanted.Config).map(([name, value]) => ({ name, value }));
  const isNew = await admin
    .createTopics({
      waitForLeaders: false, // see ledPartitions
      topics: [{ topic, numPartitions: partitions, replicationFactor, configEntries }],
    })
    .catch((error: Error & { readonly errors?: readonly Error[] }) => {
      throw new TopicError(`${topic} could not be made: ${(error.errors?.[0] ?? error).message}`, { cause: error });
    });
  const there = await ledPartitions(admin, topic);
  if (isNew) return;
  if (there.length > partitions) {
    throw new TopicError(`${topic} has ${there.length} partitions; Kafka cannot take some away, make a new topic`);
  }
  const copies = there[0]?.replicas.length ?? replicationFactor;
  if (copies !== replicationFactor) {
    throw new TopicError(`${topic} has ${copies} copies of each partition; reassign its partitions to change that`);
  }
  if (there.length < partitions) await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] });
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
  });
};

/** Deletes a topic with all that is on it; one that is not there is deleted already. */
export const deleteTopic = async (admin: TopicAdmin, topic: string): Promise<void> => {
  if ((await admin.listTopics()).includes(topic)) await admin.deleteTopics({ topics: [topic] });
};

/** The topic that is there cannot become the one that is wanted. */
export class TopicError extends Error {
  override readonly name = 'TopicError';
}
