import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { frameBack, frameLength, isFrame } from './frame.ts';
import { Segment } from './segment.ts';

const namePattern = /^(\d{14})-(\d{16})\.log$/;

/** A segment's file: boot epoch and index of its first record. */
export const segmentFile = (dir: string, epoch: number, firstIndex: number): string =>
  join(dir, `${String(epoch).padStart(14, '0')}-${String(firstIndex).padStart(16, '0')}.log`);

const indexFile = (segment: Segment): string => segment.file.replace(/\.log$/, '.index.json');

const SavedIndex = z.object({
  count: z.int(),
  bytes: z.int(),
  lastArrivalMs: z.number(),
  marks: z.array(z.object({ index: z.int(), offset: z.int(), arrivalMs: z.number() })),
});

/**
 * The segments of a shard, oldest first. Segments that were closed come with their saved index and are not read; of
 * the one that was being written when the log last ended, an unfinished write at its end is cut off.
 *
 * @throws DamagedLog when an acknowledged record is not whole
 */
export const openSegments = async (dir: string): Promise<Segment[]> => {
  const names = (await readdir(dir)).filter((name) => namePattern.test(name)).sort();
  const segments: Segment[] = [];
  for (const [at, name] of names.entries()) {
    const [, epoch, firstIndex] = namePattern.exec(name) ?? [];
    const segment = new Segment(join(dir, name), Number(epoch), Number(firstIndex));
    if (!(await takeSavedIndex(segment))) await recover(segment, at === names.length - 1);
    segments.push(segment);
  }
  return segments.filter((segment) => segment.count > 0);
};

/** Saves what opening a closed segment needs, so that it need not be read again. Not synced: without it, it is read. */
export const saveIndex = async (segment: Segment): Promise<void> => {
  const { count, bytes, lastArrivalMs, marks } = segment;
  const file = indexFile(segment);
  await writeFile(`${file}.new`, JSON.stringify({ count, bytes, lastArrivalMs, marks }));
  await rename(`${file}.new`, file);
};

export const removeSegment = async (segment: Segment): Promise<void> => {
  await rm(segment.file, { force: true });
  await rm(indexFile(segment), { force: true });
};

const takeSavedIndex = async (segment: Segment): Promise<boolean> => {
  const text = await readFile(indexFile(segment), 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const saved = SavedIndex.safeParse(jsonOr(text));
  if (!saved.success || saved.data.bytes !== (await stat(segment.file)).size) return false;
  const { count, bytes, lastArrivalMs, marks } = saved.data;
  Object.assign(segment, { count, bytes, lastArrivalMs });
  segment.marks.push(...marks);
  return true;
};

/** An index that cannot be read is as good as none: the segment is read instead. */
const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const recover = async (segment: Segment, mayEndEarly: boolean): Promise<void> => {
  const bytes = await readFile(segment.file);
  const end = segment.takeFrames(bytes);
  if (end < bytes.length) {
    if (!mayEndEarly || laterWriteAfter(bytes, end)) throw segment.damagedAt(end);
    await cut(segment.file, end);
  }
  if (segment.count > 0) await saveIndex(segment);
  else await removeSegment(segment);
};

const cut = async (file: string, end: number): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.truncate(end);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Whether a whole frame of a later write follows: then the write with the bad frame had been acknowledged. */
const laterWriteAfter = (bytes: Buffer, bad: number): boolean => {
  for (let at = bad + 1; at < bytes.length;) {
    if (!isFrame(bytes, at)) {
      at++;
      continue;
    }
    if (at - frameBack(bytes, at) > bad) return true;
    at += frameLength(bytes, at);
  }
  return false;
};
