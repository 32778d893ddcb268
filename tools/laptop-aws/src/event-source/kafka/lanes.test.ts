import { describe, expect, it } from '@jest/globals';
import { Limiter } from '../limiter.ts';
import { type Given, Lanes } from './lanes.ts';
import { PartitionLane } from './partition-lane.ts';
import { KafkaRecord } from './record.ts';
import { aKafkaMapping } from './kafka-mapping.fixture.ts';

const settings = aKafkaMapping({ bootstrapServers: '127.0.0.1:9092', topic: 'clicks' });
const record = (offset: number): KafkaRecord =>
  new KafkaRecord({
    ...{ key: null, value: Buffer.from('v'), timestamp: '0', attributes: 0, headers: {} },
    offset: String(offset),
  });
const given = (only: Partial<Given>): Given => ({
  partition: 0,
  committed: undefined,
  starting: 0,
  bounds: { low: 0, high: 100 },
  ...only,
});

/** Lanes whose function never answers, so that what is begun stays in flight. */
const lanes = () => {
  const said: string[] = [];
  const opened: [number, number][] = [];
  const never = new Promise<never>(() => undefined);
  return {
    said,
    opened,
    lanes: new Lanes({
      say: (line) => said.push(line),
      open: (partition, from) => {
        opened.push([partition, from]);
        return new PartitionLane({
          ...{ settings, partition, from, wants: undefined, destination: undefined, limiter: new Limiter(() => 8) },
          functions: { invoke: () => never },
          tried: () => undefined,
          backoffMs: () => 0,
          ageOf: () => 0,
          moved: () => undefined,
          hasRoom: () => undefined,
          say: () => undefined,
        });
      },
    }),
  };
};

describe('the partitions that a group gives', () => {
  it('begin at what is committed, or at the start where nothing is', async () => {
    const { lanes: all, opened } = lanes();
    const asked = await all.give([given({ committed: 7 }), given({ partition: 1, starting: 40 })]);
    expect(opened).toEqual([
      [0, 7],
      [1, 40],
    ]);
    expect([...asked]).toEqual([[1, 40]]);
  });

  it('begin at the oldest record when what was committed has expired, or lies behind the end', async () => {
    const { lanes: all, opened, said } = lanes();
    const bounds = { low: 20, high: 30 };
    const asked = await all.give([given({ committed: 7, bounds }), given({ partition: 1, committed: 31, bounds })]);
    expect([opened, [...asked]]).toEqual([
      [
        [0, 20],
        [1, 20],
      ],
      [
        [0, 20],
        [1, 20],
      ],
    ]);
    expect(said).toEqual([
      'partition 0: 13 records expired before they were read',
      'partition 1: the group has committed 31, but the topic ends at 30 (was it made anew?); goes on at the oldest record',
    ]);
  });

  it('keep what they hold when they are given again, and are fetched from where they are', async () => {
    const { lanes: all, opened } = lanes();
    await all.give([given({ committed: 5 })]);
    expect(all.get(0)?.accept([record(5), record(6)], 5, 7)).toBe(true);
    expect([...(await all.give([given({ committed: 5 })]))]).toEqual([[0, 7]]);
    expect(opened).toHaveLength(1);
  });

  it('begin anew when another member has gone further, and go when they are given to it', async () => {
    const { lanes: all, opened } = lanes();
    await all.give([given({ committed: 5 }), given({ partition: 1, committed: 5 })]);
    await all.give([given({ committed: 9 })]);
    expect([opened.at(-1), all.get(1)]).toEqual([[0, 9], undefined]);
  });

  it('take no records but the next: what was asked for behind them is not theirs', async () => {
    const { lanes: all } = lanes();
    await all.give([given({ committed: 5 })]);
    const lane = all.get(0) as PartitionLane;
    expect([lane.accept([record(8)], 8, 9), lane.expected]).toEqual([false, 5]);
    expect([lane.accept([record(4), record(5)], 3, 6), lane.expected]).toEqual([true, 6]);
    expect([lane.accept([record(4)], 3, 5), lane.expected]).toEqual([true, 6]);
  });
});
