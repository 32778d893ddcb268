import { describe, expect, it } from '@jest/globals';
import { pace } from './pace.ts';

const aPace = () => {
  let nowMs = 1_000;
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    nowMs += ms;
  };
  return { ...pace(4, () => nowMs, sleep), slept, wait: (ms: number) => void (nowMs += ms) };
};

describe('the pace of frames', () => {
  it('lets a first frame go at once, and one that comes late', async () => {
    const { due, sent, slept, wait } = aPace();
    await due('a');
    sent('a');
    wait(250);
    await due('a');
    expect(slept).toEqual([]);
  });

  it('holds a frame back that comes too early', async () => {
    const { due, sent, slept, wait } = aPace();
    sent('a');
    wait(100);
    await due('a');
    expect(slept).toEqual([150]);
  });

  it('does not let a shard wait for another, nor after a batch that nobody was sent', async () => {
    const { due, sent, slept } = aPace();
    sent('a');
    await due('b');
    await due('b');
    expect(slept).toEqual([]);
  });
});
