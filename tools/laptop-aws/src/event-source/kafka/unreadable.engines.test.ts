// Batches that nobody can read, on a real broker: the mapping tells of them, puts a record in their place, and goes on.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { kafkaClient } from '../../kafka/client.ts';
import { mostBytes } from '../../kafka/codecs.ts';
import { readTopic } from '../../kafka/read-topic.ts';
import { aCluster, aTopicName, type TestCluster } from '../../kafka/cluster.fixture.ts';
import { aKafkaMapping, committed, kafkaSourcesFor, makeTopic, valuesOf, write } from './kafka-mapping.fixture.ts';

describe('a batch that cannot be read', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await aCluster();
  });
  afterAll(() => cluster.close());

  const packed = async (topic: string, value: Buffer): Promise<void> => {
    const producer = kafkaClient(cluster.bootstrapServers).producer({ allowAutoTopicCreation: false });
    await producer.connect();
    await producer.send({ topic, acks: -1, compression: kafkajs.CompressionTypes.ZSTD, messages: [{ value }] });
    await producer.disconnect();
  };

  /** What two mappings give to their function, say and commit, what the terminal is told, and what the audit's reader gets. */
  const run = async (topic: string) => {
    const { bootstrapServers } = cluster;
    const given: string[] = [];
    const said: string[] = [];
    const told: string[] = [];
    const read: string[] = [];
    const sources = kafkaSourcesFor((event) => void given.push(...valuesOf(event)), {
      log: (line) => said.push(line),
      report: (line) => told.push(line),
    });
    await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic }));
    await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic, uuid: 'other', groupId: 'other' }));
    sources.start();
    await sources.drained();
    await sources.stop();
    await readTopic(bootstrapServers, topic, ({ value }) => read.push(value.toString()));
    return { given, said, told, read, committed: await committed(bootstrapServers, topic) };
  };

  it('because it is too large has its place named, and what was written after it arrives', async () => {
    const topic = aTopicName();
    const { bootstrapServers } = cluster;
    await makeTopic(bootstrapServers, topic);
    await write(bootstrapServers, topic, [{ value: 'a' }, { value: 'b' }]);
    await packed(topic, Buffer.alloc(mostBytes + 1));
    await write(bootstrapServers, topic, [{ value: 'c' }]);
    const { given, said, told, read, committed: offsets } = await run(topic);
    const text = `a batch that cannot be read \\(topic ${topic}, partition 0, offsets 2 to 2, \\d+ bytes\\): it cannot be unpacked: .*${mostBytes}`;
    const standIn = expect.stringMatching(`^${text}`);
    expect(given.sort()).toEqual(['a', 'a', standIn, standIn, 'b', 'b', 'c', 'c']);
    expect(read).toEqual(['a', 'b', standIn, 'c']);
    const line = expect.stringMatching(`^event source loader ${topic}: ${text}.*; goes on behind it$`);
    // Beside what it says of a broker that is still starting.
    expect(said.filter((each) => each.includes('cannot be read'))).toEqual([line, line]);
    expect(told).toEqual([expect.stringMatching(`^${text}.*; its place goes to the quarantine of each consumer$`)]);
    expect(offsets).toEqual([4]);
  });

  it('because a bit of it has flipped on the broker’s disk is told from its neighbours', async () => {
    const topic = aTopicName();
    const { bootstrapServers } = cluster;
    await makeTopic(bootstrapServers, topic);
    for (const value of ['first', 'broken', 'last']) await write(bootstrapServers, topic, [{ value }]);
    await cluster.broker(1).close();
    const [log] = readdirSync(cluster.dir, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.includes(`${topic}-0`) && file.endsWith('.log'),
    );
    const file = join(cluster.dir, log as string);
    const bytes = readFileSync(file);
    bytes.write('bRoken', bytes.indexOf('broken'));
    writeFileSync(file, bytes);
    await cluster.restart(1);

    const { given, said, told, committed: offsets } = await run(topic);
    const text = `a batch that cannot be read \\(topic ${topic}, partition 0, offsets 1 to 1, \\d+ bytes\\): its checksum does not match: it is damaged`;
    const standIn = expect.stringMatching(text);
    expect(given.sort()).toEqual([standIn, standIn, 'first', 'first', 'last', 'last']);
    expect(told).toEqual([standIn]);
    expect(said).toContainEqual(expect.stringMatching(text)); // beside what it says of the broker that was away
    expect(offsets).toEqual([3]);
  });
});
