import { describe, expect, it, jest } from '@jest/globals';
import { appendFile, copyFile, type FileHandle, open, readdir, rename, stat, truncate } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inFolder } from '../kinesis.fixture.ts';
import { DamagedLog } from '../../disk/damaged-log.ts';
import { headerBytes, writeFrame } from './frame.ts';
import { ShardLog, type LogOptions } from './shard-log.ts';
import { parseSequenceNumber } from './sequence-number.ts';

const openLog = (dir: string, options: Partial<LogOptions> = {}): Promise<ShardLog> =>
  ShardLog.open(dir, 0, 0, { fsync: 'none', ...options });

const frames = (...texts: string[]): Buffer =>
  Buffer.concat(
    texts.map((text) => {
      const data = Buffer.from(text);
      const frame = Buffer.alloc(headerBytes + 3 + data.length);
      writeFrame(frame, 0, 'key', 3, data.toString('base64'), data.length);
      return frame;
    }),
  );

const append = (log: ShardLog, ...texts: string[]) => log.append(frames(...texts), texts.length);

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, each) => `record ${from + each} ${'.'.repeat(1000)}`);

const texts = async (log: ShardLog, from = log.start): Promise<string[]> => {
  const found: string[] = [];
  for (let index = from; ;) {
    const records = await log.read(index, { records: 100, bytes: 1e6 });
    if (records.length === 0) return found;
    found.push(...records.map(({ data64 }) => Buffer.from(data64, 'base64').toString()));
    index = (records.at(-1)?.index as number) + 1;
  }
};

const logFile = async (dir: string): Promise<string> =>
  join(
    dir,
    (await readdir(dir))
      .filter((name) => name.endsWith('.log'))
      .sort()
      .at(-1) as string,
  );

describe('a shard’s log', () => {
  it('gives back what was put, in order, over restarts', () =>
    inFolder(async (dir) => {
      for (const boot of ['a', 'b', 'c']) {
        const log = await openLog(dir);
        await Promise.all([append(log, `${boot}1`, `${boot}2`), append(log, `${boot}3`)]);
        await log.close();
      }
      const log = await openLog(dir);
      expect(await texts(log)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'c2', 'c3']);
      const numbers = (await log.read(0, { records: 10, bytes: 1e6 })).map(({ sequenceNumber }) => sequenceNumber);
      expect(numbers).toEqual([...new Set(numbers)].sort());
      await log.close();
    }));

  it('counts on from the last boot, also when the clock went back since', () =>
    inFolder(async (dir) => {
      const before = await openLog(dir);
      await append(before, 'a');
      await before.close();
      const [name = ''] = (await readdir(dir)).filter((each) => each.endsWith('.log'));
      await rename(join(dir, name), join(dir, name.replace(/^\d{14}/, '99990000000000')));
      const log = await openLog(dir);
      await append(log, 'b');
      const numbers = (await Promise.all([0, 1].map((index) => log.read(index, { records: 1, bytes: 1 })))).map(
        ([record]) => record?.sequenceNumber as string,
      );
      expect(numbers).toEqual([...numbers].sort());
      expect(numbers[1]?.slice(0, 16)).toBe('4999990000000001');
      await log.close();
    }));

  it('has everything behind a place of a boot that wrote nothing, also when the clock went back after it', () =>
    inFolder(async (dir) => {
      const nowMs = Date.now();
      const clock = jest.spyOn(Date, 'now').mockReturnValue(nowMs);
      const idle = await openLog(dir);
      const kept = idle.sequenceNumberAt(idle.start);
      await idle.close();
      clock.mockReturnValue(nowMs - 45_000);
      const writing = await openLog(dir);
      await append(writing, 'a');
      await writing.close();
      clock.mockRestore();
      const log = await openLog(dir);
      const place = parseSequenceNumber(kept, 0) as { epoch: number; index: number };
      expect(await texts(log, log.indexOf(place))).toEqual(['a']);
      await log.close();
    }));

  it('has nothing of a write that the disk took half of, and goes on when there is room', () =>
    inFolder(async (dir) => {
      const log = await openLog(dir, { fsync: 'each' });
      await append(log, 'a', 'b');
      const handle = await open(join(dir, 'any'), 'w');
      const files = Object.getPrototypeOf(handle) as FileHandle;
      await handle.close();
      const full = jest.spyOn(files, 'writev').mockImplementation(async function (this: FileHandle, buffers, at) {
        const [first] = buffers as [Buffer];
        await this.write(first, 0, first.length >> 1, at as number);
        throw new Error('ENOSPC: no space left on device, write');
      });
      for (let each = 0; each < 2; each++)
        await expect(append(log, ...numbered(0, 300))).rejects.toThrow('free disk space');
      full.mockRestore();
      expect(await texts(log)).toEqual(['a', 'b']);
      await append(log, 'c', ...numbered(3, 300));
      await log.close();
      const again = await openLog(dir);
      expect(await texts(again)).toEqual(['a', 'b', 'c', ...numbered(3, 300)]);
      await again.close();
    }));

  it('reads from disk what is behind its window in memory, at most as much as was asked for', () =>
    inFolder(async (dir) => {
      const log = await openLog(dir, { segmentBytes: 300_000, recentBytes: 20_000 });
      for (let from = 0; from < 1000; from += 50) await append(log, ...numbered(from, from + 50));
      expect(await texts(log)).toEqual(numbered(0, 1000));
      expect((await readdir(dir)).filter((name) => name.endsWith('.log')).length).toBeGreaterThan(2);
      expect((await log.read(3, { records: 5, bytes: 1e6 })).map(({ index }) => index)).toEqual([3, 4, 5, 6, 7]);
      expect((await log.read(3, { records: 100, bytes: 2500 })).length).toBe(2);
      expect((await log.read(995, { records: 100, bytes: 1 })).map(({ index }) => index)).toEqual([995]);
      await log.close();
    }));

  it('finds a record by the time of its arrival', () =>
    inFolder(async (dir) => {
      const log = await openLog(dir);
      await append(log, ...numbered(0, 400));
      const middleMs = Date.now() + 1;
      while (Date.now() < middleMs);
      await append(log, ...numbered(400, 500));
      expect(await log.indexAt(middleMs)).toBe(400);
      expect(await log.indexAt(0)).toBe(0);
      expect(await log.indexAt(Date.now() + 1000)).toBe(500);
      await log.close();
    }));

  it('opens closed segments by their saved index, without reading them', () =>
    inFolder(async (dir) => {
      const before = await openLog(dir);
      await append(before, ...numbered(0, 10));
      await before.close();
      const file = await logFile(dir);
      const handle = await open(file, 'r+');
      await handle.write('damage', 500); // would be found by reading
      await handle.close();
      const log = await openLog(dir);
      expect(log.end).toBe(10);
      await expect(texts(log)).rejects.toThrow(DamagedLog);
      await log.close();
    }));

  it('deletes segments whose every record is too old, and goes on with greater sequence numbers', () =>
    inFolder(async (dir) => {
      const log = await openLog(dir, { segmentBytes: 10_000 });
      for (let from = 0; from < 100; from += 10) await append(log, ...numbered(from, from + 10));
      await log.trim(0);
      expect(log.start).toBe(0);
      await log.trim(Date.now() + 1);
      expect([log.start, log.end, await readdir(dir)]).toEqual([100, 100, ['epoch']]);
      await append(log, 'later');
      expect(await texts(log)).toEqual(['later']);
      await log.close();
    }));
});

describe('a shard’s log after a crash', () => {
  it.each([
    ['half a frame', async (file: string) => truncate(file, (await stat(file)).size - 5), 4],
    ['garbage', (file: string) => appendFile(file, Buffer.alloc(3000, 0xa5)), 5],
    ['zeros', (file: string) => appendFile(file, Buffer.alloc(3000)), 5],
    ['a header without its record', (file: string) => appendFile(file, frames('lost').subarray(0, headerBytes)), 5],
  ])('cuts %s off its end and goes on', (_, damage, whole) =>
    inFolder(async (dir) => {
      const file = await crashed(dir, damage);
      const log = await openLog(dir);
      expect(await texts(log)).toEqual(['1', '2', '3', '4', '5'].slice(0, whole));
      await append(log, 'after');
      expect((await texts(log)).slice(whole)).toEqual(['after']);
      await log.close();
      expect((await stat(file)).size).toBe(frames('1').length * whole);
    }),
  );

  it('also cuts a last write of which a power loss kept only the end', () =>
    inFolder(async (dir) => {
      await crashed(dir, (file) => spoil(file, frames('1').length * 3 + headerBytes)); // '4', written with '5'
      const log = await openLog(dir);
      expect(await texts(log)).toEqual(['1', '2', '3']);
      await log.close();
    }));

  it('refuses a bad record that was acknowledged, naming file, place and what to do', () =>
    inFolder(async (dir) => {
      const file = await crashed(dir, (name) => spoil(name, frames('1').length + headerBytes)); // '2'
      const at = frames('1').length;
      await expect(openLog(dir)).rejects.toThrow(
        `the stream's log ${file} is damaged at byte ${at}: the record there fails its checksum. ` +
          `Restore the file from a copy; or give up what follows in this file and start again after ` +
          `"truncate -s ${at} '${file}'"; or start with an empty --dir`,
      );
      await truncate(file, at);
      const log = await openLog(dir);
      expect(await texts(log)).toEqual(['1']);
      await log.close();
    }));

  it('never takes a new record at a lost place for one that was seen there', () =>
    inFolder(async (dir) => {
      const file = await crashed(dir, async () => undefined);
      const before = await openLog(dir);
      const [lost] = await before.read(4, { records: 1, bytes: 1 });
      await before.close();
      const length = frames('1').length;
      await truncate(file, length * 3); // a power loss without fsync
      const log = await openLog(dir);
      await append(log, 'new 4', 'new 5');
      const again = await log.read(4, { records: 1, bytes: 1 });
      expect(again.map(({ index, data64 }) => [index, Buffer.from(data64, 'base64').toString()])).toEqual([
        [4, 'new 5'],
      ]);
      expect((again[0]?.sequenceNumber as string) > (lost?.sequenceNumber as string)).toBe(true);
      const behindLost = parseSequenceNumber(lost?.nextSequenceNumber as string, 0);
      expect(log.lost(behindLost as { epoch: number; index: number })).toBe(true);
      expect(await texts(log, log.indexOf(behindLost as { epoch: number; index: number }))).toEqual(['new 4', 'new 5']);
      await log.close();
    }));
});

/** What a kill leaves of a log of records 1 to 5, the last two in one write; `damage` is done to its file. */
const crashed = async (dir: string, damage: (file: string) => Promise<void>): Promise<string> => {
  const log = await openLog(join(dir, 'alive'));
  await append(log, '1');
  await append(log, '2', '3');
  await append(log, '4', '5');
  const alive = await logFile(join(dir, 'alive'));
  const file = join(dir, basename(alive));
  await copyFile(alive, file);
  await log.close();
  await damage(file);
  return file;
};

const spoil = async (file: string, at: number): Promise<void> => {
  const handle = await open(file, 'r+');
  await handle.write('\u0007', at);
  await handle.close();
};
