import { describe, expect, it } from '@jest/globals';
import { PartitionQueue } from './partition-queue.ts';
import { KafkaRecord } from './record.ts';

const record = (offset: number, bytes = 1): KafkaRecord =>
  new KafkaRecord({
    ...{ key: null, timestamp: '0', attributes: 0, headers: {} },
    value: Buffer.alloc(bytes),
    offset: String(offset),
  });

const taken = (queue: PartitionQueue): number[] => {
  const offsets: number[] = [];
  for (let next = queue.peek(); next; next = queue.peek()) {
    offsets.push(next.index);
    queue.take();
  }
  return offsets;
};

describe('the queue of a partition', () => {
  it('gives records in order, passes over those that nobody wants, and knows its place', async () => {
    const queue = new PartitionQueue(
      5,
      ({ index }) => index !== 6,
      () => undefined,
    );
    expect([queue.position, queue.end, await queue.fetch()]).toEqual([5, 5, false]);
    queue.push([record(5), record(6), record(9)], 12);
    expect([queue.position, queue.end, await queue.fetch()]).toEqual([5, 12, true]);
    expect(taken(queue)).toEqual([5, 9]);
    expect([queue.position, await queue.fetch()]).toEqual([12, false]);
  });

  it('says that there is more', async () => {
    const queue = new PartitionQueue(0, undefined, () => undefined);
    const { appended } = queue;
    queue.push([record(0)], 1);
    await appended;
    expect(taken(queue)).toEqual([0]);
  });

  it('is full of many bytes, until half of them are taken, and then says so once', () => {
    let rooms = 0;
    const queue = new PartitionQueue(0, undefined, () => rooms++);
    const megabyte = 1024 * 1024;
    queue.push(
      [0, 1, 2].map((offset) => record(offset, megabyte)),
      3,
    );
    expect(queue.full).toBe(false);
    queue.push([record(3, megabyte)], 4);
    expect(queue.full).toBe(true);
    queue.take();
    expect([queue.full, rooms]).toEqual([true, 0]);
    queue.take();
    expect([queue.full, rooms]).toEqual([false, 1]);
    expect([taken(queue), rooms]).toEqual([[2, 3], 1]);
  });
});
