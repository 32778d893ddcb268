import { applyTopic, kafkaClient } from '@acme/laptop-aws/kafka';

/** Makes a topic of one replica. */
export const makeTopic = async (bootstrapServers: string, name: string, partitions: number): Promise<void> => {
  const admin = kafkaClient(bootstrapServers).admin();
  await admin.connect();
  await applyTopic(admin, { name, partitions, replicationFactor: 1, config: {} });
  await admin.disconnect();
};
