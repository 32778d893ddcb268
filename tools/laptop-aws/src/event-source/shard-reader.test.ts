import { describe, expect, it } from '@jest/globals';
import { anEntry, aStream, withKinesis } from '../kinesis/kinesis.fixture.ts';
import type { Shard } from '../kinesis/shard.ts';
import { ShardReader } from './shard-reader.ts';

describe('a shard’s reader', () => {
  it('goes on at the oldest record when retention was faster, and tells what it missed', () =>
    withKinesis(async (kinesis) => {
      const stream = await kinesis.create(aStream());
      const { log } = stream.shards[0] as Shard;
      await stream.put([anEntry('1'), anEntry('2')]);
      await log.trim(Date.now() + 1);
      await stream.put([anEntry('3')]);
      const missed: number[][] = [];
      const reader = new ShardReader(log, { from: 0, expired: (from, to) => missed.push([from, to]) });
      expect(await reader.fetch()).toBe(true);
      expect([missed, reader.peek()?.index]).toEqual([[[0, 2]], 2]);
      reader.take();
      expect(await reader.fetch()).toBe(false);
    }));

  it('passes over what is not wanted, and is behind it then', () =>
    withKinesis(async (kinesis) => {
      const stream = await kinesis.create(aStream());
      const { log } = stream.shards[0] as Shard;
      await stream.put([anEntry('1', 'no'), anEntry('2', 'yes'), anEntry('3', 'no')]);
      const reader = new ShardReader(log, {
        from: 0,
        wants: ({ partitionKey }) => partitionKey === 'yes',
        expired: () => undefined,
      });
      await reader.fetch();
      expect([reader.peek()?.index, reader.position]).toEqual([1, 1]);
      reader.take();
      expect([reader.peek(), reader.position]).toEqual([undefined, 3]);
    }));
});
