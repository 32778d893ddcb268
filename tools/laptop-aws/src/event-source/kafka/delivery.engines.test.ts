// Event source mappings on a real Kafka: what a function gets, and what becomes of what it does not take.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCluster, aTopicName, type TestCluster } from '../../kafka/cluster.fixture.ts';
import { failureObject, type Failure } from '../failure-record.ts';
import { type Answer, failed } from '../kinesis-mapping.fixture.ts';
import type { KafkaMappingSettings } from './settings.ts';
import {
  aKafkaMapping,
  committed,
  failedAtValue,
  type KafkaEvent,
  kafkaSourcesFor,
  makeTopic,
  type Message,
  pairsOf,
  valuesOf,
  write,
} from './kafka-mapping.fixture.ts';

const onFailure = 'arn:aws:s3:::failures';

describe('a mapping of a Kafka topic', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await aCluster();
  });
  afterAll(() => cluster.close());

  /** Writes records, runs a mapping until all are done or given up, and tells what function and destination saw. */
  const run = async (
    messages: readonly Message[],
    settings: Partial<KafkaMappingSettings>,
    handle: (event: KafkaEvent) => Answer,
    { partitions = 1, topic = aTopicName() } = {},
  ) => {
    const { bootstrapServers } = cluster;
    await makeTopic(bootstrapServers, topic, { partitions });
    await write(bootstrapServers, topic, messages);
    const events: KafkaEvent[] = [];
    const failures: Failure[] = [];
    const handled = (event: KafkaEvent): Answer => {
      events.push(event);
      return handle(event);
    };
    const sources = kafkaSourcesFor(handled, { destinationOf: () => async (failure) => void failures.push(failure) });
    await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic, ...settings }));
    sources.start();
    await sources.drained();
    await sources.stop();
    return { topic, events, failures, committed: await committed(bootstrapServers, topic) };
  };
  const values = (from: number, to: number): Message[] =>
    Array.from({ length: to - from }, (_, each) => ({ key: 'k', value: String(from + each) }));

  it('hands over what Lambda does: keys, values, headers, times, and records without key or value', async () => {
    const messages = [
      { key: 'Zoë', value: '{"a":1}', headers: { trace: 'ab' }, partition: 0 },
      { key: null, value: 'no key', partition: 0 },
      { key: 'gone', value: null, partition: 0 },
    ];
    const { topic, events, committed } = await run(messages, {}, () => undefined);
    const name = `${topic}-0`;
    const times = events.flatMap(({ records }) => records[name]?.map(({ timestamp }) => timestamp) ?? []);
    const common = { topic, partition: 0, timestamp: expect.any(Number), timestampType: 'CREATE_TIME' };
    expect(events).toEqual([
      {
        eventSource: 'SelfManagedKafka',
        bootstrapServers: cluster.bootstrapServers,
        records: {
          [name]: [
            { ...common, offset: 0, key: 'Wm/Dqw==', value: 'eyJhIjoxfQ==', headers: [{ trace: [97, 98] }] },
            { ...common, offset: 1, value: 'bm8ga2V5', headers: [] },
            { ...common, offset: 2, key: 'Z29uZQ==', headers: [] },
          ],
        },
      },
    ]);
    expect(times.every((time) => Math.abs(Date.now() - time) < 600_000)).toBe(true);
    expect(committed).toEqual([3]);
  });

  it('goes through all partitions, each in order, up to the batch size', async () => {
    const messages = Array.from({ length: 200 }, (_, each) => ({ key: `k${each % 11}`, value: String(each) }));
    const { events, committed } = await run(messages, { batchSize: 20 }, () => undefined, { partitions: 4 });
    expect(events.every((event) => valuesOf(event).length <= 20)).toBe(true);
    const seen = events.flatMap(pairsOf);
    // A producer whose call was refused in part sends all of it again, so that a message may lie there twice.
    const first = [...new Map(seen.map(([key, value]) => [Number(value), key]))];
    expect(first.map(([number]) => number).sort((a, b) => a - b)).toEqual(messages.map((_, each) => each));
    for (const [, pairs] of Map.groupBy(first, ([, key]) => key)) {
      const numbers = pairs.map(([number]) => number);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
    expect(committed.reduce((sum, offset) => sum + Math.max(0, offset), 0)).toBe(seen.length);
  });

  it('sends again from the record that the function names, and commits what came before', async () => {
    let refusals = 2;
    const { events, committed } = await run(values(0, 6), {}, (event) =>
      valuesOf(event).includes('3') && refusals-- > 0 ? failedAtValue(event, '3') : undefined,
    );
    expect(events.map(valuesOf)).toEqual([
      ['0', '1', '2', '3', '4', '5'],
      ['3', '4', '5'],
      ['3', '4', '5'],
    ]);
    expect(committed).toEqual([6]);
  });

  it.each([
    ['an offset that is not in the batch', { partition: 'TOPIC-0', offset: 77 }],
    ['another partition', { partition: 'TOPIC-9', offset: 1 }],
    ['a text', 'TOPIC-0-1'],
    ['an older form', { 'topic-partition': 'TOPIC-0', offset: 1 }],
  ])('sends the whole batch again when the report names %s', async (_, identifier) => {
    let refusals = 1;
    const topic = aTopicName();
    const report = JSON.stringify({ batchItemFailures: [{ itemIdentifier: identifier }] }).replace('TOPIC', topic);
    const handle = (): Answer => (refusals-- > 0 ? { payload: report } : undefined);
    const { events } = await run(values(0, 3), {}, handle, { topic });
    expect(events.map(valuesOf)).toEqual([
      ['0', '1', '2'],
      ['0', '1', '2'],
    ]);
  });

  it('splits a batch that fails, and gives up only what fails for good, where the destination is told', async () => {
    const settings = { bisects: true, retries: 0, onFailure };
    const { topic, events, failures, committed } = await run(values(0, 8), settings, (event) =>
      valuesOf(event).includes('5') ? failed : undefined,
    );
    const done = events.filter((event) => !valuesOf(event).includes('5')).flatMap(valuesOf);
    expect(done).toEqual(['0', '1', '2', '3', '4', '6', '7']);
    expect(committed).toEqual([8]);
    const { timestamp: _, requestContext, payload, ...told } = failureObject(failures[0] as Failure);
    expect([failures.length, valuesOf(JSON.parse(payload))]).toEqual([1, ['5']]);
    expect(requestContext).toMatchObject({ condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 });
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
    expect(told).toEqual({
      version: '1.0',
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      KafkaBatchInfo: {
        batchSize: 1,
        bootstrapServers: cluster.bootstrapServers,
        payloadSize: Buffer.byteLength(payload),
        recordsInfo: {
          [`${topic}-0`]: {
            firstRecordOffset: '5',
            lastRecordOffset: '5',
            firstRecordTimestamp: at,
            lastRecordTimestamp: at,
          },
        },
      },
    });
  });

  it('gives up what is too old before it is sent', async () => {
    const topic = aTopicName();
    const { failures, events, committed } = await run(
      [{ value: 'old', partition: 0 }],
      { largestAgeMs: 0, onFailure, windowMs: 20 },
      () => undefined,
      { topic },
    );
    expect(events).toEqual([]);
    expect(failures.map(({ condition }) => condition)).toEqual(['RecordAgeExceeded']);
    expect(committed).toEqual([1]);
  });

  it('holds back no other partition when the records of one fail', async () => {
    const messages = [0, 1].flatMap((partition) =>
      Array.from({ length: 5 }, (_, each) => ({ value: `${partition}-${each}`, partition })),
    );
    const { bootstrapServers } = cluster;
    const topic = aTopicName();
    await makeTopic(bootstrapServers, topic, { partitions: 2 });
    await write(bootstrapServers, topic, messages);
    const done = new Set<string>();
    const all = Promise.withResolvers<void>();
    const sources = kafkaSourcesFor((event) => {
      if (valuesOf(event).some((value) => value.startsWith('0'))) return failed;
      for (const value of valuesOf(event)) done.add(value);
      if (done.size === 10) all.resolve();
      return undefined;
    });
    await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic, batchSize: 2 }));
    sources.start();
    await write(
      bootstrapServers,
      topic,
      Array.from({ length: 5 }, (_, each) => ({ value: `1-later-${each}`, partition: 1 })),
    );
    await all.promise;
    await sources.stop();
    expect(await committed(bootstrapServers, topic)).toEqual([0, 10]);
  });

  it('leaves out what the filters leave out, and commits it', async () => {
    const filters = ['{"value":{"wanted":[true]}}'];
    const messages = [true, false, true].map((wanted) => ({ key: 'k', value: JSON.stringify({ wanted }) }));
    const { events, committed } = await run(
      [...messages, { key: 'k', value: 'no JSON' }],
      { filters },
      () => undefined,
    );
    expect(events.flatMap(valuesOf)).toEqual(['{"wanted":true}', '{"wanted":true}']);
    expect(committed).toEqual([4]);
  });

  it('ends a batch at 6 MB, and gives up a record that alone is larger', async () => {
    const value = 'x'.repeat(700_000);
    const topic = aTopicName();
    await makeTopic(cluster.bootstrapServers, topic, { config: { 'max.message.bytes': 8 * 1024 * 1024 } });
    for (let each = 0; each < 10; each++) await write(cluster.bootstrapServers, topic, [{ key: 'k', value }]);
    await write(cluster.bootstrapServers, topic, [{ key: 'k', value: 'y'.repeat(5 * 1024 * 1024) }]);
    const settings = { windowMs: 1_000, retries: 0, onFailure };
    const { events, failures, committed } = await run(values(0, 1), settings, () => undefined, { topic });
    const sizes = events.map((event) => Buffer.byteLength(JSON.stringify(event)));
    expect(sizes.every((bytes) => bytes <= 6 * 1024 * 1024)).toBe(true);
    expect(events.flatMap(valuesOf).map(({ length }) => length)).toEqual([...Array(10).fill(value.length), 1]);
    expect(failures.map(({ batch }) => batch.records.map(({ dataBytes }) => dataBytes))).toEqual([[5 * 1024 * 1024]]);
    expect(committed).toEqual([12]);
  });

  it('goes on where it was, and begins where it is told to', async () => {
    const { bootstrapServers } = cluster;
    const first = await run(values(0, 3), {}, () => undefined);
    const { topic } = first;
    const seen: string[] = [];
    const read = async (settings: Partial<KafkaMappingSettings>): Promise<string[]> => {
      const sources = kafkaSourcesFor((event) => void seen.push(...valuesOf(event)));
      await sources.defineKafka(aKafkaMapping({ bootstrapServers, topic, ...settings }));
      sources.start();
      await sources.drained();
      await sources.stop();
      return seen.splice(0);
    };
    await write(bootstrapServers, topic, values(3, 5));
    expect(await read({})).toEqual(['3', '4']);
    expect(await read({ groupId: 'late', startAt: 'LATEST' })).toEqual([]);
    await write(bootstrapServers, topic, values(5, 6));
    expect(await read({ groupId: 'late', startAt: 'LATEST' })).toEqual(['5']);
    expect(await read({ groupId: 'at', startAt: { timestampMs: 0 } })).toEqual(['0', '1', '2', '3', '4', '5']);
  });
});
