// kafkajs is of 2023, the broker of today: everything that the platform and its functions ask of it, asked here.
// docs/decisions/2026-11-21-kafkajs-on-kafka-4.md says what came of it.
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Admin, CompressionTypes, type Kafka, type ProducerConfig, type ProducerRecord } from 'kafkajs';
import { kafkaClient } from './client.ts';
import { runTool } from './run-java.ts';
import { aCluster, aTopicName, type TestCluster } from './cluster.fixture.ts';
import { applyTopic } from './topics.ts';

describe('kafkajs on this Kafka', () => {
  let cluster: TestCluster;
  let kafka: Kafka;
  let admin: Admin;
  beforeAll(async () => {
    cluster = await aCluster();
    kafka = kafkaClient(cluster.bootstrapServers);
    admin = kafka.admin();
    await admin.connect();
  });
  afterAll(async () => {
    await admin.disconnect();
    await cluster.close();
  });

  const aTopic = async (numPartitions = 3): Promise<string> => {
    const topic = aTopicName();
    await applyTopic(admin, { name: topic, partitions: numPartitions, replicationFactor: 1, config: {} });
    return topic;
  };

  it('has a version in common for every request that it makes', async () => {
    const tool = 'org.apache.kafka.tools.BrokerApiVersionsCommand';
    const printed = await runTool(cluster.code, tool, ['--bootstrap-server', cluster.bootstrapServers]);
    const taken = new Map(
      [...printed.matchAll(/\w+\((\d+)\): (\d+)(?: to (\d+))?/g)].map(
        ([, key, least, most]) => [Number(key), [Number(least), Number(most ?? least)]] as const,
      ),
    );
    const require = createRequire(import.meta.url);
    const { requests } = require('kafkajs/src/protocol/requests') as {
      requests: Record<string, { readonly versions?: readonly string[] }>;
    };
    const keys = require('kafkajs/src/protocol/requests/apiKeys') as Record<string, number>;
    const known = Object.entries(keys).filter(([name]) => (requests[name]?.versions ?? []).length > 0);
    const without = known.filter(([name, key]) => {
      const [least = Infinity, most = -Infinity] = taken.get(key) ?? [];
      return !requests[name]?.versions?.some((version) => Number(version) >= least && Number(version) <= most);
    });
    expect([known.length, without]).toEqual([33, []]);
  });

  it('makes topics, changes, describes and removes them', async () => {
    const topic = await aTopic(2);
    expect(await admin.createTopics({ topics: [{ topic }] })).toBe(false);
    await admin.createPartitions({ topicPartitions: [{ topic, count: 4 }] });
    const retention = { name: 'retention.ms', value: '3600000' };
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: 2, name: topic, configEntries: [retention] }],
    });
    const kept = async (): Promise<string | undefined> => {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: 2, name: topic, configNames: ['retention.ms'] }],
      });
      return resources[0]?.configEntries[0]?.configValue;
    };
    const partitions = async (): Promise<number | undefined> =>
      (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions.length;
    // The controller has it at once, the broker that is asked a little later.
    while ((await kept()) !== retention.value || (await partitions()) !== 4) await wait(20);
    await admin.deleteTopics({ topics: [topic] });
    while ((await admin.listTopics()).includes(topic)) await wait(20);
  });

  const messages = Array.from({ length: 300 }, (_, each) => ({ key: `customer-${each % 7}`, value: `event ${each}` }));
  it.each<[string, ProducerConfig, Partial<ProducerRecord>]>([
    ['plainly', {}, { acks: -1 }],
    ['in gzip', {}, { acks: -1, compression: CompressionTypes.GZIP }],
    ['idempotently', { idempotent: true, maxInFlightRequests: 1 }, { acks: -1 }],
  ])('writes %s, and a group reads it in order per key and commits', async (_, config, how) => {
    const topic = await aTopic();
    const producer = kafka.producer({ allowAutoTopicCreation: false, ...config });
    await producer.connect();
    await producer.send({ topic, messages, ...how });
    await producer.disconnect();

    const groupId = `of-${topic}`;
    const read: (readonly [string, string])[] = [];
    const consumer = kafka.consumer({ groupId });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const all = Promise.withResolvers<void>();
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        read.push(...batch.messages.map(({ key, value }) => [String(key), String(value)] as const));
        const offset = String(Number(batch.lastOffset()) + 1);
        await consumer.commitOffsets([{ topic, partition: batch.partition, offset }]);
        if (read.length >= messages.length) all.resolve();
      },
    });
    await all.promise;
    await consumer.disconnect();

    const byKey = (pairs: readonly (readonly [string, string])[]) =>
      Object.fromEntries(
        [...Map.groupBy(pairs, ([key]) => key)].sort().map(([key, of]) => [key, of.map(([, value]) => value)]),
      );
    expect(byKey(read)).toEqual(byKey(messages.map(({ key, value }) => [key, value])));
    const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const ends = await admin.fetchTopicOffsets(topic);
    const nonEmpty = ends.filter(({ high }) => high !== '0').map(({ partition, high }) => [partition, high]);
    expect(
      committed?.partitions.filter(({ offset }) => offset !== '-1').map(({ partition, offset }) => [partition, offset]),
    ).toEqual(nonEmpty.sort());
  });
});
