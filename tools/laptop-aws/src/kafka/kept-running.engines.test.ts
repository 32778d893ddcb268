import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kafkaClient } from './client.ts';
import { type Kafka, openKafka } from './kafka.ts';
import { patiently } from './patiently.ts';
import { aTopicName } from './cluster.fixture.ts';

describe("the platform's own broker", () => {
  const reported: string[] = [];
  let dir: string;
  let kafka: Kafka;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'acme-kafka-'));
    kafka = await openKafka({ dir, report: (line) => reported.push(line) });
  });
  afterAll(async () => {
    await kafka.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('is started again until it can be, as after a full disk, and has what it acknowledged', async () => {
    const name = aTopicName();
    await kafka.apply({ name, partitions: 1, replicationFactor: 1, config: {} });
    const producer = kafkaClient(kafka.bootstrapServers).producer({ allowAutoTopicCreation: false });
    await producer.connect();
    await producer.send({ topic: name, acks: -1, messages: [{ key: 'a', value: 'before' }] });
    await producer.disconnect();

    const properties = join(dir, 'kafka/broker-1/server.properties');
    await rm(properties);
    await mkdir(properties); // its settings cannot be written: so no start succeeds
    reported.length = 0;
    process.kill(Number(await readFile(join(dir, 'kafka/broker-1/pid'), 'utf8')), 'SIGKILL');
    while (reported.length < 2) await wait(50);
    await wait(1_500); // meanwhile it was tried again, and nothing more is said
    expect(reported).toEqual([
      'Kafka: it has ended (SIGKILL); it is started again, for as long as it takes',
      expect.stringContaining('Kafka: EISDIR'),
    ]);

    await rm(properties, { recursive: true });
    const admin = kafkaClient(kafka.bootstrapServers).admin();
    const offsets = await patiently(async () => {
      await admin.connect();
      return admin.fetchTopicOffsets(name);
    });
    await admin.disconnect();
    expect(offsets).toEqual([{ partition: 0, offset: '1', high: '1', low: '0' }]);
  });
});
