import { kafkaClient } from '@acme/lambda-kit/kafka';
import { applyTopic } from '@acme/laptop-aws/kafka';
import { aCluster, aTopicName, type TestCluster } from '@acme/laptop-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Admin, Kafka } from 'kafkajs';
import type { Keyed } from '../../../../apps/producer/src/pack.ts';
import type { Place } from '../../../../apps/producer/src/send.ts';
import { kafkaSink } from '../../../../apps/producer/src/kafka/kafka-sink.ts';
import { oneEach } from '../../../../apps/producer/src/kafka/messages.ts';
import { publisher } from '../../../../apps/producer/src/kafka/publisher.ts';
import { sendInOrder } from '../../../../apps/producer/src/kafka/send-in-order.ts';

let cluster: TestCluster;
let client: Kafka;
let admin: Admin;

beforeAll(async () => {
  cluster = await aCluster({ brokers: 3 });
  client = await kafkaClient('test', cluster.bootstrapServers.split(','), { KAFKA_AUTH: 'none' });
  admin = client.admin();
  await admin.connect();
}, 180_000);
afterAll(async () => {
  await admin.disconnect();
  await cluster.close();
});

const aTopic = async (): Promise<string> => {
  const topic = aTopicName();
  await applyTopic(admin, {
    name: topic,
    partitions: 6,
    replicationFactor: 3,
    config: { 'min.insync.replicas': '2' },
  });
  return topic;
};

const events = (count: number): Keyed[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `cus-${index % 97}`,
    id: `e-${index}`,
    line: JSON.stringify({ event_id: `e-${index}`, customer_id: `cus-${index % 97}` }),
  }));

/**
 * Everything on a topic, in the order of each partition: key, value, and the place as a receipt names it. What one broker
 * refused of a call is sent to it again with the rest, so an event may lie there twice.
 */
const contentsOf = async (topic: string) => {
  const ends = await admin.fetchTopicOffsets(topic);
  const count = ends.reduce((sum, { high }) => sum + Number(high), 0);
  const consumer = client.consumer({ groupId: `reads-${topic}` });
  const read: { readonly key: string; readonly line: string; readonly at: string }[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((done, fail) => {
    consumer
      .run({
        eachMessage: async ({ partition, message: { key, value, offset } }) => {
          read.push({ key: String(key), line: String(value), at: `${topic}-${partition} ${offset}` });
          if (read.length >= count) done();
        },
      })
      .catch(fail);
  });
  await consumer.disconnect();
  return read;
};

const patiently = { backoff: () => 100, wait: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };
const orderOf = (read: readonly { readonly key: string; readonly line: string }[]) =>
  new Map([...Map.groupBy(read, ({ key }) => key)].map(([key, of]) => [key, [...new Set(of.map(({ line }) => line))]]));

describe('events on a real topic', () => {
  it('lie where their receipts say, one a message, in the order of their key', async () => {
    const topic = await aTopic();
    const { close, ...publishing } = publisher(async () => client);
    const sink = kafkaSink(topic, publishing);
    const all = events(500);
    const noted = new Map<string, string>();
    await sendInOrder(
      oneEach(all),
      async (records) => {
        const places = await sink(records);
        records.forEach(({ ids }, index) => {
          const { shard, sequence } = places[index] as Place;
          noted.set(`${shard} ${sequence}`, ids[0] as string);
        });
        return places;
      },
      { ...patiently, bytes: 10_000 },
    );
    await close();
    const read = await contentsOf(topic);
    const there = new Map(read.map(({ at, line }) => [at, JSON.parse(line).event_id]));
    expect(noted.size).toBe(all.length);
    expect([...noted].filter(([at, id]) => there.get(at) !== id)).toEqual([]);
    expect(orderOf(read)).toEqual(orderOf(all));
  });

  it('are all there, in the order of their key, when the leader of partitions is killed under way', async () => {
    const topic = await aTopic();
    const { close, ...publishing } = publisher(async () => client);
    const sink = kafkaSink(topic, publishing);
    const all = events(3_000);
    let calls = 0;
    await sendInOrder(
      oneEach(all),
      async (records) => {
        calls += 1;
        if (calls === 3) await cluster.broker(2).kill();
        return sink(records);
      },
      { ...patiently, bytes: 20_000 },
    );
    await close();
    await cluster.restart(2);
    const read = await contentsOf(topic);
    expect(orderOf(read)).toEqual(orderOf(all));
  });
});
