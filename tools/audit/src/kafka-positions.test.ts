import { batchesOf, recordsOf } from '@acme/lambda-kit';
import { aKafkaBatch } from '@acme/lambda-kit/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aLake, noon } from './a-lake.fixture.ts';
import { audit } from './audit.ts';
import { sinks as all } from './sinks.ts';

const sinks = all.filter(({ consumer }) => consumer === 'lake-loader');

const lakes: ReturnType<typeof aLake>[] = [];
afterEach(() => lakes.splice(0).forEach((lake) => lake.close()));

/** Two partitions, with the same offsets in each: one event a record, one of them bad to the loader. */
const event = (first: readonly string[], second: readonly string[]) => {
  const zero = aKafkaBatch(first, { arrivedAtMs: noon, partition: 0 });
  const one = aKafkaBatch(second, { arrivedAtMs: noon, partition: 1 });
  return { ...zero, records: { ...zero.records, ...one.records } };
};

const aKafkaLake = async (receipted: ReturnType<typeof event>, there: ReturnType<typeof event>) => {
  const lake = aLake();
  lakes.push(lake);
  await lake.call('request-1', recordsOf(receipted));
  const taken = [];
  for (const batch of batchesOf(there)) {
    lake.see(batch);
    taken.push(await lake.take(batch));
  }
  return { lake, taken };
};

describe('an audit of Kafka positions', () => {
  it('tells partitions apart whose offsets are the same, and adds them up', async () => {
    const all = event(['a', 'b'], ['c', '!d']);
    const { lake } = await aKafkaLake(all, all);
    const { isRight, findings, hours } = await audit(lake.stores, sinks);
    expect({ isRight, findings }).toEqual({ isRight: true, findings: [] });
    expect(hours.at(-1)).toMatchObject({
      stream: { records: 4, events: 4, byOthers: 0 },
      sinks: { 'lake-loader': { in: 4, good: 3, bad: 1, aside: 1, distinct: 3, landed: 3, repeated: 0 } },
    });
  });

  it('takes the second copy of an event, which a lost answer leaves on the topic, for an event by others', async () => {
    const { lake } = await aKafkaLake(event(['a'], ['c']), event(['a'], ['c', 'c']));
    const { isRight, hours } = await audit(lake.stores, sinks);
    expect(isRight).toBe(true);
    expect(hours.at(-1)).toMatchObject({
      stream: { records: 3, events: 3, byOthers: 1 },
      sinks: { 'lake-loader': { in: 3, good: 3, distinct: 2, landed: 2, repeated: 1 } },
    });
  });

  it('names what was accepted and never seen on its partition', async () => {
    const { lake } = await aKafkaLake(event(['a', 'b'], ['c']), event(['a'], ['c']));
    const { findings } = await audit(lake.stores, sinks);
    expect(findings).toEqual([
      { where: 'stream', what: 'accepted events that the auditor has not seen on the stream', count: 1, names: ['b'] },
    ]);
  });
});
