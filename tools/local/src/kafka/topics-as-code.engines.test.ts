import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { kafkaClient } from '@acme/lambda-kit/kafka';
import { aCluster, aTopicName, type TestCluster } from '@acme/laptop-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs, { type Admin } from 'kafkajs';
import { applyTopic, deleteTopic } from '../../../../apps/stream/src/topics/apply-topic.ts';
import { Topic } from '../../../../apps/stream/src/topics/topic.ts';

let cluster: TestCluster;
let admin: Admin;

beforeAll(async () => {
  cluster = await aCluster();
  admin = (await kafkaClient('test', cluster.bootstrapServers.split(','), { KAFKA_AUTH: 'none' })).admin();
  await admin.connect();
});
afterAll(async () => {
  await admin.disconnect();
  await cluster.close();
});

const aTopic = (more: object = {}): Topic =>
  Topic.parse({
    BootstrapServers: cluster.bootstrapServers,
    Topic: aTopicName(),
    Partitions: '2',
    ReplicationFactor: '1',
    Config: { 'retention.ms': '86400000', 'message.timestamp.type': 'LogAppendTime' },
    ...more,
  });
const looksLike = async (topic: string) => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [
      { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms', 'message.timestamp.type'] },
    ],
  });
  const config = resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]);
  return { partitions: topics[0]?.partitions.length, config: Object.fromEntries(config ?? []) };
};

/** Looks until it is so, or for ten seconds: brokers hear of a change after the controller has taken it. */
const itLooksLike = async (topic: string, wanted: Awaited<ReturnType<typeof looksLike>>): Promise<void> => {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const seen = await looksLike(topic);
    if (isDeepStrictEqual(seen, wanted) || Date.now() > giveUpAt) return expect(seen).toEqual(wanted);
    await wait(50);
  }
};

describe('a topic as code, on a real broker', () => {
  it('is made once, however often it is asked for', async () => {
    const topic = aTopic();
    await applyTopic(admin, topic);
    await applyTopic(admin, topic);
    await itLooksLike(topic.Topic, { partitions: 2, config: topic.Config });
  });

  it('gets more partitions, and exactly the configuration that is named', async () => {
    const topic = aTopic();
    await applyTopic(admin, topic);
    await applyTopic(admin, { ...topic, Partitions: 4, Config: { 'retention.ms': '3600000' } });
    await itLooksLike(topic.Topic, {
      partitions: 4,
      config: { 'retention.ms': '3600000', 'message.timestamp.type': 'CreateTime' },
    });
  });

  it('is refused what it cannot become, and stays as it is', async () => {
    const topic = aTopic();
    await applyTopic(admin, topic);
    await expect(applyTopic(admin, { ...topic, Partitions: 1 })).rejects.toThrow('has 2 partitions');
    await expect(applyTopic(admin, { ...topic, ReplicationFactor: 3 })).rejects.toThrow('has 1 copies');
    await itLooksLike(topic.Topic, { partitions: 2, config: topic.Config });
  });

  it('that the brokers refuse says why', async () => {
    await expect(applyTopic(admin, aTopic({ ReplicationFactor: '3' }))).rejects.toThrow(/could not be made: .*factor/);
  });

  it('goes when it is deleted, and stays gone', async () => {
    const { Topic: topic, ...rest } = aTopic();
    await applyTopic(admin, { Topic: topic, ...rest });
    await deleteTopic(admin, topic);
    for (const giveUpAt = Date.now() + 10_000; Date.now() < giveUpAt; await wait(50))
      if (!(await admin.listTopics()).includes(topic)) break;
    expect(await admin.listTopics()).not.toContain(topic);
    await deleteTopic(admin, topic);
  });
});
