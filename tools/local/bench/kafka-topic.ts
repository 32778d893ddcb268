import { kafkaClient } from '../src/kafka/client.ts';
import { applyTopic } from '../src/kafka/topics.ts';

/** Makes a topic of one replica. */
export const makeTopic = async (bootstrapServers: string, name: string, partitions: number): Promise<void> => {
  const admin = kafkaClient(bootstrapServers).admin();
  await admin.connect();
  await applyTopic(admin, { name, partitions, replicationFactor: 1, config: {} });
  await admin.disconnect();
};
