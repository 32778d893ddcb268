import { describe, expect, it } from '@jest/globals';
import kafkajs, { type Message, type ProducerRecord, type RecordMetadata } from 'kafkajs';
import { kafkaSink } from './kafka-sink.ts';

const records = ['a', 'b', 'c', 'd'].map((key, index) => ({ key, data: Buffer.from(`${index}`), ids: [`e-${index}`] }));
/** a and c fall into partition 0, b into 1, d into 2. */
const partitions: Readonly<Record<string, number>> = { a: 0, b: 1, c: 0, d: 2 };
const partitionOf = ({ key }: Message) => partitions[String(key)];
const answering = (answer: () => Partial<RecordMetadata>[]) => {
  const asked: ProducerRecord[] = [];
  const send = async (record: ProducerRecord) => {
    asked.push(record);
    return answer() as RecordMetadata[];
  };
  return { asked, sink: kafkaSink('events', { producer: async () => ({ send }), partitionOf }) };
};
/** What kafkajs throws when its own tries are used up. */
const afterTries = (cause: Error) =>
  Object.assign(new kafkajs.KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 4, retryTime: 1 }), { cause });
const failing = (error: Error) =>
  answering(() => {
    throw error;
  }).sink(records);

describe('a topic as a sink', () => {
  it('asks for all in-sync replicas, one message a record, and tells where each lies', async () => {
    const { asked, sink } = answering(() => [
      { partition: 2, baseOffset: '7' },
      { partition: 0, baseOffset: '40' },
      { partition: 1, baseOffset: '0' },
    ]);
    expect(await sink(records)).toEqual([
      { shard: 'events-0', sequence: '40' },
      { shard: 'events-1', sequence: '0' },
      { shard: 'events-0', sequence: '41' },
      { shard: 'events-2', sequence: '7' },
    ]);
    expect(asked).toMatchObject([
      { topic: 'events', acks: -1, messages: records.map(({ key, data }) => ({ key, value: data })) },
    ]);
  });

  it('takes the records of a partition that is not in the answer for refused', async () => {
    const { sink } = answering(() => [{ partition: 1, baseOffset: '3' }, { partition: 2 }]);
    expect(await sink(records)).toEqual([undefined, { shard: 'events-1', sequence: '3' }, undefined, undefined]);
  });

  it('takes all for refused when the call failed for a reason that passes', async () => {
    const noLeader = new kafkajs.KafkaJSError('no leader');
    for (const error of [noLeader, afterTries(noLeader)])
      expect(await failing(error)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('fails when trying again cannot help', async () => {
    const denied = new kafkajs.KafkaJSNonRetriableError('Not authorized to access topics');
    for (const error of [denied, afterTries(denied)]) await expect(failing(error)).rejects.toThrow('Not authorized');
    await expect(failing(new TypeError('not a function'))).rejects.toThrow(TypeError);
  });
});
