// What a broker of the laptop keeps of days in which it was off.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs, { type Admin } from 'kafkajs';
import { kafkaClient } from './client.ts';
import { type Kafka, openKafka } from './kafka.ts';
import { aTopicName } from './cluster.fixture.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe("a topic of the platform's own broker", () => {
  let dir: string;
  let kafka: Kafka;
  let admin: Admin;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'acme-kafka-'));
    kafka = await openKafka({ dir, report: () => undefined });
    admin = kafkaClient(kafka.bootstrapServers).admin();
    await admin.connect();
  });
  afterAll(async () => {
    await admin.disconnect();
    await kafka.close();
    await rm(dir, { recursive: true, force: true });
  });

  const bounds = async (topic: string): Promise<string[]> =>
    (await admin.fetchTopicOffsets(topic)).map(({ low, high }) => `${low} to ${high}`);

  it('keeps what is past its retention for the groups that have not read it, and deletes it behind them', async () => {
    const topic = aTopicName();
    await kafka.apply({ name: topic, partitions: 1, replicationFactor: 1, config: { 'retention.ms': String(dayMs) } });
    const producer = kafkaClient(kafka.bootstrapServers).producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const timestamp = String(Date.now() - 3 * dayMs);
    for (const value of ['1', '2', '3', '4'])
      await producer.send({ topic, acks: -1, messages: [{ value, timestamp }] });
    await producer.send({ topic, acks: -1, messages: [{ value: 'young' }] });
    await producer.disconnect();
    const commit = (groupId: string, offset: number) =>
      admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: String(offset) }] });

    await commit('behind', 2);
    await commit('far', 5);
    await kafka.startTrimming(() => ['behind', 'far', 'new']);
    expect(await bounds(topic)).toEqual(['0 to 5']); // who has committed nothing is about to say where it begins
    await kafka.startTrimming(() => ['behind', 'far']);
    expect(await bounds(topic)).toEqual(['2 to 5']);
    await commit('behind', 5);
    await kafka.startTrimming(() => ['behind', 'far']);
    expect(await bounds(topic)).toEqual(['4 to 5']);
  });

  it('is not trimmed by the broker itself, seconds after a start', async () => {
    const topic = aTopicName();
    await kafka.apply({ name: topic, partitions: 1, replicationFactor: 1, config: { 'retention.ms': String(dayMs) } });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }],
    });
    expect(resources[0]?.configEntries[0]?.configValue).toBe('-1');
  });

  it('finds its groups where they were, however long nobody was a member of them', async () => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.BROKER, name: '1', configNames: ['offsets.retention.minutes'] }],
    });
    expect(Number(resources[0]?.configEntries[0]?.configValue)).toBe(2 ** 31 - 1);
  });
});
