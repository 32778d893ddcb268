import { describe, expect, it } from '@jest/globals';
import { WriteQueue } from './write-queue.ts';

const frame = (text: string): Buffer => Buffer.from(text);

describe('the queue of writes', () => {
  it('has one write in flight, and what comes meanwhile goes with the next one, each told its own place', async () => {
    const writes: string[] = [];
    let end = 10;
    const queue = new WriteQueue(async (buffers, counts) => {
      writes.push(Buffer.concat([...buffers]).toString());
      const firstIndex = end;
      end += counts.reduce((sum, count) => sum + count, 0);
      await new Promise((resolve) => setImmediate(resolve));
      return { prefix: 'p', firstIndex };
    });
    const places = await Promise.all([
      queue.push(frame('a'), 1),
      queue.push(frame('bb'), 2),
      queue.push(frame('c'), 1),
    ]);
    expect(writes).toEqual(['a', 'bbc']);
    expect(places.map(({ firstIndex }) => firstIndex)).toEqual([10, 11, 13]);
  });

  it('refuses what waits for a write that fails, with the reason and what to do, and tries what comes later', async () => {
    let full = true;
    const queue = new WriteQueue(async () => {
      if (full) throw new Error('ENOSPC: no space left on device, write');
      return { prefix: 'p', firstIndex: 0 };
    });
    const message =
      "cannot write to the stream's log (ENOSPC: no space left on device, write): the stream takes no records until it " +
      'can; free disk space if it is full';
    const ended = await Promise.allSettled([queue.push(frame('a'), 1), queue.push(frame('b'), 1)]);
    expect(ended.map((each) => each.status === 'rejected' && (each.reason as Error).message)).toEqual([
      message,
      message,
    ]);
    full = false;
    expect(await queue.push(frame('c'), 1)).toEqual({ prefix: 'p', firstIndex: 0 });
    await queue.close();
    await expect(queue.push(frame('d'), 1)).rejects.toThrow('the log is closed');
  });
});
