import { describe, expect, it } from '@jest/globals';
import { anEntry, aStream, withKinesis } from '../kinesis/testing.ts';
import type { Shard } from '../kinesis/shard.ts';
import { ShardReader } from './shard-reader.ts';

describe('a shard’s reader', () => {
  it('goes on at the oldest record when retention was faster, and tells how many it missed', () =>
    withKinesis(async (kinesis) => {
      const stream = await kinesis.create(aStream());
      const { log } = stream.shards[0] as Shard;
      await stream.put([anEntry('1'), anEntry('2')]);
      await log.trim(Date.now() + 1);
      await stream.put([anEntry('3')]);
      const skipped: number[] = [];
      const reader = new ShardReader(log, 0, (records) => skipped.push(records));
      expect(await reader.fetch()).toBe(true);
      expect([skipped, reader.peek()?.index]).toEqual([[2], 2]);
      reader.take();
      expect(await reader.fetch()).toBe(false);
    }));
});
