import { setTimeout as wait } from 'node:timers/promises';
import { jitteredBackoff } from '@acme/lambda-kit';
import { isTransientOnKafka } from '@acme/lambda-kit/kafka';
import kafkajs, { type Admin, type PartitionMetadata } from 'kafkajs';

/** How long brokers may take to know of a topic that was made, and to have leaders for it. */
const patienceMs = 60_000;

/**
 * The partitions of a topic, as soon as each has a leader. KRaft brokers hear of a topic a moment after the controller
 * has made it, and until then answer that they do not host it; `waitForLeaders` of kafkajs gives up at that.
 *
 * @throws what the brokers still answer when time is up, or at once when waiting would not help
 */
export const ledPartitions = async (
  admin: Pick<Admin, 'fetchTopicMetadata'>,
  topic: string,
  backoff = jitteredBackoff(Date.now() + patienceMs),
): Promise<readonly PartitionMetadata[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const { partitions = [] } = topics[0] ?? {};
      if (partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)) return partitions;
      throw new kafkajs.KafkaJSError(`some partitions of ${topic} have no leader`, { retriable: true });
    } catch (error) {
      const ms = isTransientOnKafka(error) ? backoff(attempt) : undefined;
      if (ms === undefined) throw error;
      await wait(ms);
    }
  }
};
