import { afterEach, expect, it, jest } from '@jest/globals';
import { inFolder } from '../kinesis.fixture.ts';
import { headerBytes, writeFrame } from './frame.ts';
import { ShardLog } from './shard-log.ts';

afterEach(() => void jest.restoreAllMocks());

const frameOf = (text: string): Buffer => {
  const frame = Buffer.alloc(headerBytes + 3 + text.length);
  writeFrame(frame, 0, 'key', 3, Buffer.from(text).toString('base64'), text.length);
  return frame;
};

it('arrivals never go back, whatever the clock does, over restarts too', () =>
  inFolder(async (dir) => {
    const noon = Date.UTC(2026, 10, 21, 12);
    const clock = jest.spyOn(Date, 'now');
    let log = await ShardLog.open(dir, 0, 0, { fsync: 'none' });
    for (const ms of [noon, noon - 25_000, noon + 1]) {
      clock.mockReturnValue(ms);
      await log.append(frameOf('x'), 1);
    }
    await log.close();
    clock.mockReturnValue(noon - 60_000);
    log = await ShardLog.open(dir, 0, 0, { fsync: 'none' });
    await log.append(frameOf('x'), 1);
    const arrivals = (await log.read(0, { records: 10, bytes: 1e6 })).map(({ arrivalMs }) => arrivalMs);
    expect([
      ...arrivals,
      ...(await log.read(3, { records: 10, bytes: 1e6 })).map(({ arrivalMs }) => arrivalMs),
    ]).toEqual([noon, noon, noon + 1, noon + 1]);
    await log.close();
  }));
