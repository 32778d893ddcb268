// Apache Kafka itself: what Maven fetched, run by Java.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandLine } from '../dynamodb/stale-process.ts';
import { kafkaClient } from './client.ts';
import { startCluster } from './cluster.ts';
import { runTool } from './run-java.ts';
import { aCluster, aTopicName, type TestCluster } from './cluster.fixture.ts';
import { applyTopic } from './topics.ts';

describe('a broker of the laptop', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await aCluster();
  });
  afterAll(() => cluster.close());

  const produced = async (topic: string, values: readonly string[]): Promise<void> => {
    const kafka = kafkaClient(cluster.bootstrapServers);
    const admin = kafka.admin();
    await admin.connect();
    await applyTopic(admin, { name: topic, partitions: 3, replicationFactor: 1, config: {} });
    await admin.disconnect();
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: values.map((value) => ({ key: value, value })) });
    await producer.disconnect();
  };

  const consoleConsumer = async (topic: string, messages: number): Promise<string[]> => {
    const from = ['--bootstrap-server', cluster.bootstrapServers, '--topic', topic, '--from-beginning'];
    const until = ['--max-messages', String(messages), '--timeout-ms', '20000'];
    const printed = await runTool(cluster.code, 'org.apache.kafka.tools.consumer.ConsoleConsumer', [...from, ...until]);
    return printed.trim().split('\n').sort();
  };

  it("gives Kafka's own console consumer what kafkajs wrote", async () => {
    const topic = aTopicName();
    const values = Array.from({ length: 500 }, (_, each) => JSON.stringify({ each, title: 'Ocean’s Æther' })).sort();
    await produced(topic, values);
    expect(await consoleConsumer(topic, values.length)).toEqual(values);
  });

  it('still has what it acknowledged when it was killed', async () => {
    const topic = aTopicName();
    await produced(topic, ['a', 'b', 'c']);
    await cluster.broker(1).kill();
    expect(await cluster.broker(1).exited).toBe('it has ended (SIGKILL)');
    await cluster.restart(1);
    expect(await consoleConsumer(topic, 3)).toEqual(['a', 'b', 'c']);
  });

  it('listens on loopback only, and writes its log beside its data', async () => {
    const properties = await readFile(join(cluster.dir, 'broker-1/server.properties'), 'utf8');
    expect(properties).toContain(`listeners=CLIENTS://${cluster.bootstrapServers},BROKERS://127.0.0.1:`);
    expect(await readFile(join(cluster.dir, 'broker-1/broker.log'), 'utf8')).toContain('Kafka Server started');
  });

  it('is ended by the next start on its folder when its platform was killed', async () => {
    const { pid } = cluster.broker(1);
    const next = await startCluster({ dir: cluster.dir, code: cluster.code });
    await cluster.broker(1).exited;
    expect(commandLine(pid)).not.toContain(cluster.dir);
    await next.close();
    await cluster.restart(1);
  });

  it('refuses a topic that no template made', async () => {
    const producer = kafkaClient(cluster.bootstrapServers, { retry: { retries: 0 } }).producer();
    await producer.connect();
    await expect(producer.send({ topic: 'nobody-made-it', messages: [{ value: '1' }] })).rejects.toThrow();
    await producer.disconnect();
  });
});
