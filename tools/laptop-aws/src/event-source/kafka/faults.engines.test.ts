// What Kafka can do to a mapping: brokers that die, groups that are shared out anew, records that are no longer there.
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { kafkaClient } from '../../kafka/client.ts';
import { aCluster, aTopicName, type TestCluster } from '../../kafka/cluster.fixture.ts';
import { applyTopic } from '../../kafka/topics.ts';
import type { Answer } from '../kinesis-mapping.fixture.ts';
import {
  aKafkaMapping,
  committed,
  type KafkaEvent,
  kafkaSourcesFor,
  makeTopic,
  pairsOf,
  write,
} from './kafka-mapping.fixture.ts';

let cluster: TestCluster;
afterEach(() => cluster.close());

/**
 * A producer that writes numbered records of some keys until it is stopped. One a call: what kafkajs leaves out of an
 * answer (when a partition's leader moves) it has not written, and says nothing.
 */
const load = (bootstrapServers: string, topic: string) => {
  const acknowledged: string[] = [];
  const stop = new AbortController();
  const running = (async () => {
    const kafka = kafkaClient(bootstrapServers, { retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 100 } });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    for (let next = 0; !stop.signal.aborted;) {
      const value = String(next);
      const [answer] = await producer.send({ topic, acks: -1, messages: [{ key: `k${next % 7}`, value }] });
      if (answer?.baseOffset === undefined) continue;
      acknowledged.push(value);
      next += 1;
      if (next % 10 === 0) await wait(5);
    }
    await producer.disconnect();
  })();
  return {
    acknowledged,
    stop: async () => {
      stop.abort();
      await running;
    },
  };
};

/** Holds what functions have done: everything, and a key's records never before an earlier one of them. */
const ledger = () => {
  const done = new Set<string>();
  const last = new Map<string, number>();
  const mistakes: string[] = [];
  return {
    done,
    mistakes,
    take: (event: KafkaEvent): Answer => {
      for (const [key, value] of pairsOf(event)) {
        if (!done.has(value) && Number(value) < (last.get(key) ?? -1)) mistakes.push(`${key}: ${value} came late`);
        last.set(key, Math.max(Number(value), last.get(key) ?? -1));
        done.add(value);
      }
      return undefined;
    },
  };
};

const missingIn = (done: ReadonlySet<string>, wanted: readonly string[]): string[] =>
  wanted.filter((value) => !done.has(value));

describe('brokers', () => {
  it('that are killed and come back under load lose nothing that they acknowledged, and keep the order', async () => {
    cluster = await aCluster();
    const { bootstrapServers } = cluster;
    const topic = aTopicName();
    await makeTopic(bootstrapServers, topic, { partitions: 3 });
    const { done, mistakes, take } = ledger();
    const sources = kafkaSourcesFor(take);
    await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic }));
    sources.start();
    const producer = load(bootstrapServers, topic);
    for (let kill = 0; kill < 2; kill++) {
      await wait(1_000);
      await cluster.broker(1).kill();
      await wait(300);
      await cluster.restart(1);
    }
    const before = producer.acknowledged.length;
    while (producer.acknowledged.length === before) await wait(20);
    await producer.stop();
    await sources.drained();
    await sources.stop();
    expect([missingIn(done, producer.acknowledged), mistakes]).toEqual([[], []]);
    expect((await committed(bootstrapServers, topic)).reduce((sum, offset) => sum + offset)).toBeGreaterThanOrEqual(
      producer.acknowledged.length,
    );
  });

  it('of three, the leader dies: another leads, and nothing is lost', async () => {
    cluster = await aCluster({ brokers: 3 });
    const { bootstrapServers } = cluster;
    const topic = aTopicName();
    await makeTopic(bootstrapServers, topic, { partitions: 3, replicas: 3 });
    const leaders = async (): Promise<number[]> => {
      const admin = kafkaClient(bootstrapServers).admin();
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      await admin.disconnect();
      return (topics[0]?.partitions ?? []).map(({ leader }) => leader);
    };
    const { done, mistakes, take } = ledger();
    const sources = kafkaSourcesFor(take);
    await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic }));
    sources.start();
    const producer = load(bootstrapServers, topic);
    await wait(1_500);
    const [dying] = await leaders();
    await cluster.broker(dying as number).kill();
    const before = producer.acknowledged.length;
    while (producer.acknowledged.length < before + 200) await wait(20);
    expect(await leaders()).not.toContain(dying);
    await producer.stop();
    await sources.drained();
    await sources.stop();
    expect([missingIn(done, producer.acknowledged), mistakes]).toEqual([[], []]);
  });
});

describe('a group', () => {
  it('that is shared out anew in mid-batch leaves nothing out', async () => {
    cluster = await aCluster();
    const { bootstrapServers } = cluster;
    const topic = aTopicName();
    await makeTopic(bootstrapServers, topic, { partitions: 4 });
    const { done, take } = ledger();
    const slowly = async (event: KafkaEvent): Promise<Answer> => {
      await wait(50);
      return take(event);
    };
    const started = async (uuid: string) => {
      const sources = kafkaSourcesFor(slowly);
      await sources.defineKafka(aKafkaMapping({ uuid, bootstrapServers, topic, batchSize: 20 }));
      sources.start();
      return sources;
    };
    const one = await started('one');
    const producer = load(bootstrapServers, topic);
    await wait(1_000);
    const two = await started('two');
    await wait(2_000);
    await one.stop();
    await wait(1_000);
    await producer.stop();
    await two.drained();
    await two.stop();
    expect(missingIn(done, producer.acknowledged)).toEqual([]);
  });

  it('that comes back after retention goes on at the oldest record there is, and says how many are gone', async () => {
    cluster = await aCluster();
    const { bootstrapServers } = cluster;
    const topic = aTopicName();
    await makeTopic(bootstrapServers, topic);
    const said: string[] = [];
    const read = async (): Promise<string[]> => {
      const { done, take } = ledger();
      const sources = kafkaSourcesFor(take, { log: (line) => said.push(line) });
      await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic }));
      sources.start();
      await sources.drained();
      await sources.stop();
      return [...done];
    };
    const written = (from: number, to: number) =>
      write(
        bootstrapServers,
        topic,
        Array.from({ length: to - from }, (_, each) => ({ key: 'k', value: String(from + each) })),
      );
    await written(0, 10);
    expect(await read()).toHaveLength(10);
    await written(10, 30);
    const admin = kafkaClient(bootstrapServers).admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic); // kafkajs asks nobody where the partition is unless it knows
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '25' }] });
    await admin.disconnect();
    expect(await read()).toEqual(['25', '26', '27', '28', '29']);
    expect(said.filter((line) => line.includes('expired'))).toEqual([
      `event source loader ${topic}: partition 0: 15 records expired before they were read`,
    ]);
  });
});

describe('brokers that cannot be had', () => {
  const connecting = async (settings: Parameters<typeof aKafkaMapping>[0], only = {}): Promise<string[]> => {
    const said: string[] = [];
    const heard = Promise.withResolvers<void>();
    const log = (line: string): void => {
      said.push(line);
      heard.resolve();
    };
    const sources = kafkaSourcesFor(() => undefined, { log, ...only });
    await sources.defineKafka(aKafkaMapping(settings));
    sources.start();
    await heard.promise;
    expect(sources.lag()).toMatchObject([{ source: settings.topic, records: 1 }]);
    await sources.stop();
    return said;
  };

  it('are told of once, by address, while it keeps trying', async () => {
    cluster = await aCluster();
    const topic = aTopicName();
    const said = await connecting({ bootstrapServers: '127.0.0.1:1', topic });
    expect(said).toEqual([expect.stringMatching(/^event source loader topic-\S+: .*127\.0\.0\.1:1.*; tries again$/)]);
  });

  it('refuse wrong credentials, and take right ones', async () => {
    const user = { name: 'reader', password: 'right' };
    cluster = await aCluster({ user });
    const { bootstrapServers } = cluster;
    const topic = aTopicName();
    const login = {
      mechanism: 'scram-sha-512',
      secretArn: 'arn:aws:secretsmanager:us-west-2:000000000000:secret:k',
    } as const;
    const withPassword = (password: string) => ({
      credentialsOf: () => ({ sasl: { mechanism: 'scram-sha-512', username: 'reader', password } as const }),
    });
    const said = await connecting({ bootstrapServers, topic, login }, withPassword('wrong'));
    expect(said).toEqual([expect.stringMatching(/Authentication failed/)]);
    expect(said.join()).not.toContain('wrong');

    const kafka = kafkaClient(bootstrapServers, withPassword('right').credentialsOf());
    const admin = kafka.admin();
    await admin.connect();
    await applyTopic(admin, { name: topic, partitions: 1, replicationFactor: 1, config: {} });
    await admin.disconnect();
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: [{ key: 'k', value: '1' }] });
    await producer.disconnect();
    const { done, take } = ledger();
    const sources = kafkaSourcesFor(take, withPassword('right'));
    await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic, login }));
    sources.start();
    await sources.drained();
    await sources.stop();
    expect([...done]).toEqual(['1']);
  });
});
