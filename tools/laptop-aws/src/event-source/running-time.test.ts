import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutSum } from '../disk/summed-text.ts';
import { inFolder } from '../kinesis/kinesis.fixture.ts';
import { RunningTime } from './running-time.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

beforeEach(() => {
  jest.useFakeTimers({
    now: Date.parse('2026-11-21T10:00:00Z'),
    doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
  });
});
afterEach(() => void jest.useRealTimers());

const open = (file: string): Promise<RunningTime> =>
  RunningTime.open(file, (error) => {
    throw error;
  });

const off = (ms: number): void => jest.setSystemTime(Date.now() + ms);

describe('the time that the platform has run', () => {
  it('leaves out when it was off or asleep, over several starts, and a minute at most of a killed one', () =>
    inFolder(async (dir) => {
      const file = join(dir, 'time.json');
      const first = await open(file);
      const bornMs = Date.now();
      first.start();
      jest.advanceTimersByTime(10 * minuteMs);
      await first.stop();
      off(3 * dayMs);

      const second = await open(file);
      second.start();
      jest.advanceTimersByTime(5 * minuteMs);
      off(dayMs); // asleep
      expect(second.since(bornMs)).toBe(15 * minuteMs);
      jest.advanceTimersByTime(2.5 * minuteMs);
      expect(second.since(bornMs)).toBe(17.5 * minuteMs);
      await second.stop();
      const saved = await readFile(file, 'utf8');

      const third = await open(file);
      third.start();
      jest.advanceTimersByTime(0.5 * minuteMs);
      await third.stop();
      await writeFile(file, saved); // as a kill before the first beat leaves it
      off(3 * dayMs);
      const fourth = await open(file);
      expect(fourth.since(bornMs)).toBe(17.5 * minuteMs);
      expect(fourth.since(Date.now() - minuteMs)).toBe(0);
      await fourth.stop();
    }));

  it('forgets what makes no difference to the oldest record that may still be sent', () =>
    inFolder(async (dir) => {
      const file = join(dir, 'time.json');
      const offOnce = { fromMs: Date.now() - 9 * dayMs, toMs: Date.now() - 8 * dayMs };
      await writeFile(
        file,
        JSON.stringify({
          aliveMs: Date.now(),
          off: [offOnce, { fromMs: offOnce.toMs + dayMs + 1, toMs: offOnce.toMs + dayMs + 2 }],
        }),
      );
      const time = await open(file);
      await time.stop();
      expect(JSON.parse(withoutSum(await readFile(file, 'utf8')) ?? '').off).toEqual([
        { fromMs: offOnce.toMs + dayMs + 1, toMs: offOnce.toMs + dayMs + 2 },
      ]);
    }));

  it('is named with what to do when its file is damaged', () =>
    inFolder(async (dir) => {
      const file = join(dir, 'time.json');
      await writeFile(file, '{"aliveMs":17');
      await expect(open(file)).rejects.toThrow(`${file} is damaged: move it away to start without what it held`);
    }));
});
