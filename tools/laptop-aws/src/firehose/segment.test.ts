import { appendFile, mkdtemp, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodedBytes, type Frame } from './frames.ts';
import { Segment } from './segment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firehose-segment-'));
});
afterEach(() => rm(folder, { recursive: true }));

const frame = (text: string): Frame => ({ records: 1, data: Buffer.from(text) });
const bytesOf = (...texts: string[]): number => texts.reduce((sum, text) => sum + encodedBytes(frame(text)), 0);

/** What a kill leaves of a log that was written in these writes. */
const left = async (...writes: string[][]): Promise<string> => {
  const segment = await Segment.create(folder, Date.parse('2026-11-21T10:00:00Z'));
  for (const texts of writes) await segment.append(texts.map(frame));
  await segment.close();
  return segment.file;
};

const recovered = async (): Promise<{ texts: string[]; torn: number[] }> => {
  const torn: number[] = [];
  const texts: string[] = [];
  for (const segment of await Segment.recover(folder, (_, wholeBytes) => torn.push(wholeBytes)))
    for await (const data of segment.payload()) texts.push(data.toString());
  return { texts, torn };
};

const spoil = async (file: string, at: number): Promise<void> => {
  const handle = await open(file, 'r+');
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
  await handle.write(Buffer.from([(buffer[0] as number) ^ 0x10]), 0, 1, at);
  await handle.close();
};

describe('a log of Firehose after a crash', () => {
  it.each([
    ['half a frame', async (file: string) => truncate(file, (await stat(file)).size - 2), ['a', 'b']],
    ['half a header', (file: string) => appendFile(file, Buffer.from([9, 0, 0])), ['a', 'b', 'c', 'd']],
    ['garbage', (file: string) => appendFile(file, Buffer.alloc(3000, 0xa5)), ['a', 'b', 'c', 'd']],
    ['zeros', (file: string) => appendFile(file, Buffer.alloc(3000)), ['a', 'b', 'c', 'd']],
    // A power loss may keep the end of a write and not its beginning.
    ['a last write without its first bytes', (file: string) => spoil(file, bytesOf('a', 'b') + 1), ['a', 'b']],
  ])(
    'is cut behind its last acknowledged write when it ends with %s, and the file is kept as it was',
    async (_, tear, whole) => {
      const file = await left(['a'], ['b'], ['c', 'd']);
      await tear(file);
      const sizeBytes = (await stat(file)).size;
      // Of "half a frame", c is whole: it may be delivered, acknowledged or not.
      const { texts, torn } = await recovered();
      expect(texts.slice(0, whole.length)).toEqual(whole);
      expect(torn).toEqual([bytesOf(...texts)]);
      expect((await stat(`${file}.torn`)).size).toBe(sizeBytes);
      expect((await stat(file)).size).toBe(bytesOf(...texts));
    },
  );

  const inFrame = encodedBytes(frame('b'));
  it.each(Array.from({ length: inFrame }, (_, at) => at))(
    'stops the start when byte %d of an acknowledged record has changed, naming file, place and what to do',
    async (at) => {
      const file = await left(['a'], ['b'], ['c', 'd'], ['e']);
      await spoil(file, bytesOf('a') + at);
      await expect(recovered()).rejects.toThrow(
        `Firehose's log ${file} is damaged at byte ${bytesOf('a')}: the record there fails its checksum. ` +
          `Restore the file from a copy; or give up what follows in this file and start again after ` +
          `"truncate -s ${bytesOf('a')} '${file}'"; or start with an empty --dir`,
      );
      expect(await readdir(folder)).toHaveLength(1);
      await truncate(file, bytesOf('a'));
      expect(await recovered()).toEqual({ texts: ['a'], torn: [] });
    },
  );

  it('is delivered under the name that the process before would have given it: a repeated delivery overwrites', async () => {
    const segment = await Segment.create(folder, Date.parse('2026-11-21T10:00:00Z'));
    await segment.append([frame('a')]);
    await segment.close();
    const [again] = await Segment.recover(folder, () => undefined);
    expect([again?.id, again?.arrival]).toEqual([segment.id, segment.arrival]);
  });

  it('is read when an older version wrote it, and there too a changed byte is no torn end', async () => {
    const older = (text: string): Buffer => {
      const header = Buffer.alloc(12);
      header.writeUInt32LE(text.length, 0);
      header.writeUInt32LE(crc32(text), 4);
      header.writeUInt32LE(1, 8);
      return Buffer.concat([header, Buffer.from(text)]);
    };
    const file = join(folder, '1795258800000-00000000-0000-4000-8000-000000000000.log');
    await writeFile(file, Buffer.concat(['a', 'b', 'c'].map(older)));
    expect(await recovered()).toEqual({ texts: ['a', 'b', 'c'], torn: [] });
    await spoil(file, older('a').length + 12);
    await expect(recovered()).rejects.toThrow('is damaged at byte 13');
  });
});
